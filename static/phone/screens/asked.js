/* One question of the open visit, with the help that mends what it shows.

   It is drawn again only when its own answer changes (its properties are compared one by one), so that an answer costs
   the same with three people in the house and with thirty. */

import { Question } from "../form.js";
import { html } from "../html.js";
import { form } from "../phone.js";
import { answered } from "../visit.js";
import { change, draft } from "../visiting.js";
import { Help } from "./help.js";

const HOUSE = (name, value) => change(answered(draft.value, null, name, value));
const ofPeople = new Map();

/** What takes an answer (name, value) about a person (null: the house); the same function each time. */
export function answerer(person) {
  if (person === null) return HOUSE;
  if (!ofPeople.has(person)) ofPeople.set(person, (name, value) => change(answered(draft.value, person, name, value)));
  return ofPeople.get(person);
}

/** person: null for the house; said: the answer of this visit; known: the one from before. */
export function Asked({ person, name, said, known }) {
  if (!form.value.questions.has(name)) return null;
  return html`<${Question} id=${`${person ?? "house"}-${name}`} name=${name} value=${said} known=${known} onAnswer=${answerer(person)}>
    <${Help} person=${person} field=${name} value=${said === undefined ? known : said} />
  <//>`;
}
