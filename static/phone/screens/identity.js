/* Who a person is: name, year of birth or age (one gives the other), sex, relation. Of somebody new it is asked whether they
   are not known already. */

import { Field } from "../form.js";
import { html, useState } from "../html.js";
import { form, today } from "../phone.js";
import * as says from "../said.js";
import { folded, nameProblem } from "../survey/text.js";
import { _ } from "../words.js";
import { Alike } from "./alike.js";
import { answerer, Asked } from "./asked.js";
import { flagWords } from "./flags.js";
import { Second } from "./parts.js";

export function Identity({ id, said, known, isNew, to }) {
  const onAnswer = answerer(id);
  const year = Number(today().slice(0, 4));
  const born = said.birth_year ?? known.birth_year ?? null;
  const name = said.name ?? known.name ?? "";
  const giveName = (text) => onAnswer("name", text || undefined);
  const problem = name ? nameProblem(name) : null;
  return html`<div class="identity">
    <${Field} id=${`${id}-name`} label=${says.label("name")} value=${name} onAnswer=${giveName}
      autocapitalize="words" enterkeyhint="next" warning=${problem && flagWords(problem)} />
    <${Born} id=${id} born=${born} year=${year} isNew=${isNew} onAnswer=${onAnswer} />
    ${isNew && name && born && html`<${Alike} key=${`${folded(name)} ${born}`} id=${id} name=${name} born=${born} to=${to} />`}
    ${["sex", "relation"].map((one) => html`<${Asked} key=${one} person=${id} name=${one} said=${said[one]} known=${known[one]} />`)}
  </div>`;
}

// Whichever of the two is written gives the other: elders know the year, parents of small children the age.
function Born({ id, born, year, isNew, onAnswer }) {
  const [wrong, setWrong] = useState(false);
  const give = (which, text) => {
    const number = /^\d+$/.test(text) ? Number(text) : null;
    const given = number === null ? undefined : which === "age" ? year - number : number;
    const fits = given === undefined ? text === "" : form.value.holds("birth_year", given, { year, today: today() });
    setWrong(!fits && (which === "age" || text.length >= 4));
    onAnswer("birth_year", fits ? given : undefined);
  };
  const giveYear = (text) => give("year", text);
  const giveAge = (text) => give("age", text);
  // Half a year stands in the field, and is nobody's.
  const leaveYear = (event) => setWrong(event.target.value !== String(born ?? ""));
  const age = born === null ? "" : year - born;
  const newborn = () => onAnswer("birth_year", year);
  const message = wrong && says.message("birth_year");
  return html`<div class="pair">
    <${Field} id=${`${id}-year`} label=${says.label("birth_year")}
      inputmode="numeric" maxlength="4" value=${born ?? ""} onAnswer=${giveYear} onChange=${leaveYear} warning=${message} />
    <${Field} id=${`${id}-age`} label=${_("hoặc tuổi")}
      inputmode="numeric" maxlength="3" value=${age} onAnswer=${giveAge} />
    ${isNew && born === null && html`<${Second} label=${_("Mới sinh năm nay")} onClick=${newborn} />`}
  </div>`;
}
