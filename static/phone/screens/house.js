/* The questions about the house, all on one screen. */

import { addPerson } from "../arriving.js";
import { html } from "../html.js";
import * as said from "../said.js";
import { confirmed, livingHere } from "../visit.js";
import { asks, change, draft, found, state } from "../visiting.js";
import { _ } from "../words.js";
import { Asked } from "./asked.js";
import { Main } from "./parts.js";
import { Same } from "./same.js";
import { Step } from "./step.js";

export function House({ to }) {
  const { house } = found();
  const names = asks(null, house, house);
  const known = names.some((name) => state.value.house[name] !== undefined);
  const back = () => to(draft.value.corrects ? "summary" : "consent");
  // In a house of which nobody is known the first person comes at once: the head, as the button says.
  const empty = !livingHere(found().people).length;
  const next = () => (empty ? to("person", addPerson({ relation: "head" })) : to("people"));
  const same = (is) => { change(confirmed(draft.value, null, is)); if (is) next(); };
  const foot = html`<${Main} label=${empty ? _("Tiếp: chủ hộ") : _("Tiếp: người trong nhà")} onClick=${next} />`;
  return html`<${Step} title=${said.group("house")} back=${back} foot=${foot}>
    ${known && html`<${Same} is=${draft.value.confirmed.house} label=${_("Nhà không đổi")} onPick=${same} />`}
    ${names.map((name) => html`<${Asked} key=${name} person=${null} name=${name} said=${draft.value.house[name]} known=${state.value.house[name]} />`)}
  <//>`;
}
