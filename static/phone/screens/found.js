/* A household found at the door: in which village, and where. The visit does the rest. */

import { Choice, Field } from "../form.js";
import { html, useState } from "../html.js";
import { villages } from "../phone.js";
import { go, goInstead } from "../route.js";
import { openFound } from "../visiting.js";
import { _ } from "../words.js";
import { Begin } from "./begin.js";
import { Screen } from "./parts.js";

export function Found({ parts: [signUp = null] }) {
  const only = villages.value.length === 1 ? villages.value[0].id : null;
  const [picked, setVillage] = useState(null);
  const village = picked ?? only;
  const [address, setAddress] = useState("");
  const back = () => (signUp ? go("signup", signUp) : go("list"));
  const met = () => goInstead("visit", openFound(village, address, { signUp, outcome: "done" }), "consent");
  const not = () => goInstead("visit", openFound(village, address, { signUp }), "outcome");
  const foot = html`<${Begin} onMet=${met} onNot=${not} disabled=${village === null} />`;
  return html`<${Screen} title=${_("Hộ mới")} under=${_("Hộ chưa có trong danh sách")} back=${back} foot=${foot}>
    <fieldset class="question"><legend>${_("Thôn")}</legend><div class="choices">
      ${villages.value.map((one) => html`<${Choice} key=${one.id} name="village" value=${one.id} icon="house" label=${one.name}
        checked=${village === one.id} onPick=${setVillage} />`)}
    </div></fieldset>
    <${Field} id="address" label=${_("Ngõ, xóm, số nhà")} value=${address} onAnswer=${setAddress} hint=${_("Ví dụ: Ngõ 3. Bỏ trống cũng được.")} />
  <//>`;
}
