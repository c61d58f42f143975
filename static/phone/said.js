/* The questionnaire's own words, in the language in use. */

import { dayInWords } from "./clock.js";
import { form } from "./phone.js";
import { _, language } from "./words.js";

// The form that ships speaks Vietnamese; its words in another language come with that language's.
const inWords = (text, spoken = language()) => (form.value.languages.includes(spoken) ? text : _(text));

/** The words of a question. */
export const label = (name) => inWords(form.value.label(name, language()));

/** The words of a question as it is asked: a star where it must not be passed over. */
export const asked = (name) => label(name) + (form.value.questions.get(name).required ? " *" : "");

/** What stands under a question, "" when nothing does. */
export const hint = (name) => inWords(form.value.hint(name, language()));

/** What is said when an answer breaks the question's rule. */
export const message = (name) => inWords(form.value.message(name, language()));

/** The words of a choice. */
export const choice = (name, value) => inWords(form.value.choiceLabel(name, value, language()));

/** The words of a group of questions. */
export const group = (name) => inWords(form.value.groupLabel(name, language()));

/** An answer in words: of a list of choices all of them. */
export function answer(name, value) {
  if (form.value.questions.get(name).type === "date") return dayInWords(value);
  return (Array.isArray(value) ? value : [value]).map((one) => (typeof one === "number" ? one : choice(name, one))).join(", ");
}

/** The words of consent in a language, and the hash that the visit keeps of them. */
export function consentText(spoken) {
  const { name, text, sha256 } = form.value.consentText(spoken);
  return { name, text: inWords(text, spoken), sha256: inWords(sha256, spoken) };
}
