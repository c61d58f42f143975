/* The questions about the house, all on one screen. */

import { Question } from "../form.js";
import { html } from "../html.js";
import * as said from "../said.js";
import { answered, confirmed } from "../visit.js";
import { asks, change, draft, found, state } from "../visiting.js";
import { _ } from "../words.js";
import { Help } from "./help.js";
import { headOf } from "./household.js";
import { Main } from "./parts.js";
import { Same } from "./same.js";
import { Step } from "./visit.js";

export function House({ to }) {
  const { house } = found();
  const names = asks(null, house, house);
  const known = names.some((name) => state.value.house[name] !== undefined);
  const back = () => to("consent");
  const next = () => to("people");
  const same = (is) => { change(confirmed(draft.value, null, is)); if (is) to("people"); };
  const foot = html`<${Main} label=${_("Tiếp: người trong nhà")} onClick=${next} />`;
  return html`<${Step} title=${said.group("house")} under=${headOf(found())?.name} back=${back} foot=${foot}>
    ${known && html`<${Same} is=${draft.value.confirmed.house} label=${_("Nhà không đổi")} onPick=${same} />`}
    ${names.map((name) => {
      const answer = (value) => change(answered(draft.value, null, name, value));
      return html`<${Question} key=${name} name=${name} id=${`house-${name}`} value=${draft.value.house[name]}
        known=${state.value.house[name]} onAnswer=${answer}><${Help} person=${null} field=${name} value=${house[name]} /><//>`;
    })}
  <//>`;
}
