/* The first step: what happened at this door. One tap goes on. */

import { Choice } from "../form.js";
import { html } from "../html.js";
import { form } from "../phone.js";
import { go } from "../route.js";
import * as said from "../said.js";
import { SURVEYED } from "../visit.js";
import { change, close, draft, state } from "../visiting.js";
import { _ } from "../words.js";
import { headOf } from "./household.js";
import { Second } from "./parts.js";
import { leave, Step } from "./visit.js";

export function Outcome({ to }) {
  const { found, household } = draft.value;
  const pick = (outcome, looking) => {
    change({ ...draft.value, outcome });
    if (looking) return;
    if (SURVEYED.includes(outcome)) to("consent");
    else to(outcome === "absent" ? "return" : "summary");
  };
  const back = () => { close(); if (found) go("list"); else go("household", household); };
  const under = found ? [_("Hộ mới"), found.address].filter(Boolean).join(" · ") : headOf(state.value)?.name;
  const drop = html`<${Second} label=${_("Bỏ lượt đến này")} icon="cross" onClick=${leave} />`;
  return html`<${Step} title=${_("Kết quả lượt đến")} under=${under} back=${back} foot=${drop}>
    <fieldset class="question">
      <legend>${said.label("outcome")}</legend>
      <div class="choices big">
        ${form.value.questions.get("outcome").choices.map((outcome) => html`<${Choice}
          key=${outcome} name="outcome" value=${outcome} label=${said.choice("outcome", outcome)}
          checked=${draft.value.outcome === outcome} onPick=${pick} />`)}
      </div>
    </fieldset>
  <//>`;
}
