/* The questionnaire's own words, in the language in use. */

import { form } from "./phone.js";
import { language } from "./words.js";

/** The words of a question. */
export const label = (name) => form.value.label(name, language());

/** The words of a choice. */
export const choice = (name, value) => form.value.choiceLabel(name, value, language());

/** The words of a group of questions. */
export const group = (name) => form.value.groupLabel(name, language());

/** An answer in words: of a list of choices all of them. */
export const answer = (name, value) => (Array.isArray(value) ? value : [value]).map((one) => choice(name, one)).join(", ");
