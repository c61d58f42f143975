/* The second step: the words to read aloud in the language of the house, and the house's own yes or no. Nothing is preselected, silence is not
   consent. A consent that stands for this text is shown with its day and may be taken back. */

import { dayInWords } from "../clock.js";
import { Aloud, Choice } from "../form.js";
import { html, useState } from "../html.js";
import { form } from "../phone.js";
import * as said from "../said.js";
import { asFound, consentStands, livingHere } from "../visit.js";
import { change, draft, state } from "../visiting.js";
import { _, language } from "../words.js";
import { Banner, Main, Second } from "./parts.js";
import { Step } from "./step.js";

const GROWN_UP = 18;
const OTHER = "other_adult";

// The house's language, as it was chosen last: the next house often speaks the same.
let readIn = null;

export function Consent({ to }) {
  const own = form.value.consentLanguages;
  const languages = own.includes(language()) ? own : [...own, language()];
  const [spoken, speak] = useState(languages.includes(readIn) ? readIn : language());
  const text = said.consentText(spoken);
  const choose = (code) => { readIn = code; speak(code); };
  const stands = consentStands(state.value, text.name);
  const [asking, ask] = useState(!stands || draft.value.consent !== null);
  const back = () => to("outcome");
  const next = () => to("house");
  const pick = (answer, looking) => {
    const given = answer === "yes";
    change({ ...draft.value, consent: { given, text: text.name, sha256: text.sha256, purposes: ["survey"], method: "spoken" } });
    if (!looking) to(given ? "house" : "summary");
  };
  const again = () => ask(true);
  const given = draft.value.consent?.given;
  const foot = (!asking || given) && html`<${Main} label=${_("Tiếp: hỏi về nhà")} onClick=${next} />`;
  return html`<${Step} title=${asking ? _("Đọc to cho nhà nghe") : said.label("consent")} back=${back} foot=${foot || null}>
    <${Respondent} />
    ${asking
      ? html`${languages.length > 1 && html`<div class="choices tongues" role="radiogroup" aria-label=${_("Tiếng để đọc")}>
          ${languages.map((code) => html`<${Choice} key=${code} name="tongue" value=${code} icon="sound" label=${form.value.languageName(code)} checked=${code === spoken} onPick=${choose} />`)}
        </div>`}
        <${Aloud} text=${text.text} language=${spoken} />
        <div class="aloud" lang=${spoken}>${text.text.split("\n").map((line) => html`<p key=${line}>${line}</p>`)}</div>
        <fieldset class="question"><legend>${said.label("consent")}</legend>
          <div class="choices big">
            <${Choice} name="consent" value="yes" label=${said.choice("consent", "yes")} checked=${given === true} onPick=${pick} />
            <${Choice} name="consent" value="no" label=${said.choice("consent", "no")} checked=${given === false} onPick=${pick} />
          </div>
        </fieldset>`
      : html`<${Standing} onAsk=${again} />`}
  <//>`;
}

function Standing({ onAsk }) {
  const since = _("Đã đồng ý ngày %(day)s.", { day: dayInWords(state.value.consent.day) });
  return html`<${Banner} kind="good" icon="check"><p>${since}</p>
    <p>${_("Không cần hỏi lại. Nếu nhà muốn rút lại thì bấm nút dưới.")}</p><//>
    <${Second} label=${_("Hỏi lại hoặc rút lại")} icon="edit" onClick=${onAsk} />`;
}

function Respondent() {
  const { people } = asFound(draft.value, state.value);
  const thisYear = Number(draft.value.at.slice(0, 4));
  const grownUp = livingHere(people).filter((id) => !people[id].birth_year || thisYear - people[id].birth_year >= GROWN_UP);
  const pick = (respondent) => change({ ...draft.value, respondent: draft.value.respondent === respondent ? null : respondent });
  return html`<fieldset class="question"><legend>${said.label("respondent")}</legend>
    <div class="choices">
      ${grownUp.map((id) => html`<${Choice} key=${id} name="respondent" value=${id} icon="person"
        label=${people[id].name ?? _("Chưa rõ tên")} checked=${draft.value.respondent === id} onPick=${pick} />`)}
      <${Choice} name="respondent" value=${OTHER} icon="person" label=${_("Người lớn khác")}
        checked=${draft.value.respondent === OTHER} onPick=${pick} />
    </div>
  </fieldset>`;
}
