/* One question of the open visit, with the help that mends what it shows.

   It is drawn again only when its own answer changes (its properties are compared one by one), so that an answer costs
   the same with three people in the house and with thirty. */

import { Field, Question } from "../form.js";
import { html, useState } from "../html.js";
import { form } from "../phone.js";
import * as says from "../said.js";
import { answered } from "../visit.js";
import { change, draft, holds } from "../visiting.js";
import { Help } from "./help.js";

/** What takes an answer (name, value) about a person (null: the house). */
export const answerer = (person) => (name, value) => change(answered(draft.value, person, name, value));

/** person: null for the house; said: the answer of this visit; known: the one from before. */
export function Asked({ person, name, said, known }) {
  const [wrong, setWrong] = useState(false);
  const question = form.value.questions.get(name);
  if (!question) return null;
  const written = !question.type.startsWith("select");
  // What breaks the question's rule is not taken, and the rule is told; half a number that was written is no answer yet.
  const take = (_name, value) => {
    const fits = value === undefined || holds(person, name, value);
    setWrong(!fits);
    if (fits || written) answerer(person)(name, fits ? value : undefined);
    return fits;
  };
  const id = `${person ?? "house"}-${name}`;
  const value = said === undefined && (known ?? null) === null ? question.default : said;
  const warning = wrong && says.message(name);
  if (written) return html`<${Written} id=${id} name=${name} type=${question.type} value=${value ?? known} warning=${warning} take=${take} />`;
  return html`<${Question} id=${id} name=${name} value=${value} known=${known} onAnswer=${question.constraint ? take : answerer(person)}>
    ${warning && html`<p class="warning" role="status">${warning}</p>`}
    <${Help} person=${person} field=${name} value=${said === undefined ? known : said} />
  <//>`;
}

// What is written and not chosen: a text, a whole number, a day.
function Written({ id, name, type, value, warning, take }) {
  const isNumber = type === "integer";
  const write = (text) => {
    const given = isNumber ? text.replace(/\D/g, "") : text;
    take(name, given === "" ? undefined : isNumber ? Number(given) : given);
  };
  return html`<${Field} id=${id} label=${says.asked(name)} hint=${says.hint(name)} value=${value} onAnswer=${write} warning=${warning}
    type=${type} inputmode=${isNumber ? "numeric" : null} maxlength=${isNumber ? 9 : 500} />`;
}
