/* When to come back: one tap for the usual days, a calendar for the others, or not at all. A visit in which nobody was
   asked ends here. */

import { dayAfter, dayInWords } from "../clock.js";
import { Choice } from "../form.js";
import { html } from "../html.js";
import { today } from "../phone.js";
import * as said from "../said.js";
import { SURVEYED } from "../visit.js";
import { change, draft } from "../visiting.js";
import { _ } from "../words.js";
import { Main } from "./parts.js";
import { useSaving } from "./saving.js";
import { Step } from "./step.js";

export function Return({ to }) {
  const { foot, failed } = useSaving();
  const { outcome, return_on: day } = draft.value;
  const surveyed = SURVEYED.includes(outcome);
  const soon = [["1", _("Ngày mai")], ["3", _("3 ngày nữa")], ["7", _("Tuần sau")], ["14", _("Hai tuần nữa")]];
  const pick = (days) => change({ ...draft.value, return_on: days === "none" ? null : dayAfter(today(), Number(days)) });
  const write = (event) => change({ ...draft.value, return_on: event.target.value || null });
  const back = () => to(surveyed ? "people" : "outcome");
  const next = () => to("summary");
  const none = _("Không hẹn");
  const on = html`<${Main} label=${_("Tiếp: xem lại")} onClick=${next} />`;
  return html`<${Step} title=${said.label("return_on")} under=${surveyed ? null : said.choice("outcome", outcome)} back=${back} foot=${surveyed ? on : foot}>
    ${failed}
    <fieldset class="question"><legend>${_("Bao giờ quay lại?")}</legend>
      <div class="choices big">
        ${soon.map(([days, words]) => html`<${Choice} key=${days} name="return" value=${days} icon="calendar"
          label=${`${words} (${dayInWords(dayAfter(today(), Number(days))).slice(0, 5)})`}
          checked=${day === dayAfter(today(), Number(days))} onPick=${pick} />`)}
        <${Choice} name="return" value="none" icon="cross" label=${none} checked=${day === null} onPick=${pick} />
      </div>
    </fieldset>
    <div class="field"><label for="return-day">${_("Ngày khác")}</label>
      <input id="return-day" type="date" min=${today()} value=${day ?? ""} onChange=${write} /></div>
  <//>`;
}
