/* Nobody could be asked: why, in one tap, and then only when to come back. */

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
import { Leave, Step } from "./step.js";

export function Outcome({ to }) {
  const { found, household, corrects } = draft.value;
  const outcomes = form.value.questions.get("outcome").choices.filter((outcome) => !SURVEYED.includes(outcome));
  const pick = (outcome, looking) => {
    change({ ...draft.value, outcome });
    if (!looking) to("return");
  };
  const met = () => { change({ ...draft.value, outcome: "done" }); to("consent"); };
  const back = () => { close(); if (found) go("list"); else go("household", household); };
  const under = found ? [_("Hộ mới"), found.address].filter(Boolean).join(" · ") : headOf(state.value)?.name;
  return html`<${Step} title=${_("Kết quả lượt đến")} under=${under} back=${back}>
    <fieldset class="question">
      <legend>${_("Chưa hỏi được vì sao?")}</legend>
      <div class="choices big">
        ${outcomes.map((outcome) => html`<${Choice}
          key=${outcome} name="outcome" value=${outcome} label=${said.choice("outcome", outcome)}
          checked=${draft.value.outcome === outcome} onPick=${pick} />`)}
      </div>
    </fieldset>
    ${!corrects && html`<${Second} label=${_("Gặp được nhà")} icon="person" onClick=${met} />`}
    <${Leave} />
  <//>`;
}
