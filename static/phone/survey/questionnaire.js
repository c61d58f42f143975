/* The questionnaire on the phone: the compiled JSON (fieldapp/survey/questionnaires/README.md) with its rules at hand.

   Twin of fieldapp/survey/questionnaire.py; tests/vectors/calculated.json binds both. */

import { evaluate, isTrue } from "./expression.js";

const NOT_SAID = ["unknown", "refused"];
const ALONE = ["none", ...NOT_SAID];

/** A compiled questionnaire, ready to be asked about answers. `questions`: a Map of {name, group, type, choices, …}. */
export function questionnaire(raw) {
  const questions = new Map(raw.questions.map((entry) => [entry.name, question(entry, raw.lists[entry.list] ?? [], raw.retired?.[entry.list] ?? [])]));
  const ofGroup = (group) => [...questions.values()].filter((one) => one.group === group);
  const inLanguage = (texts, language) => (texts ? texts[raw.languages.indexOf(language)] ?? texts[0] : "");

  /** Age, retirement_age and working_age ("yes", "no") in the year of a visit; "" for what can't be known. */
  function calculated(values, year) {
    const known = { ...values, year };
    const found = {};
    for (const { name, tree } of raw.calculated) found[name] = known[name] = plain(evaluate(tree, known));
    return found;
  }

  /** Names of the group's questions that apply, in order; a value whose own question does not apply counts as missing. */
  function applying(group, values, year, house = {}) {
    const known = { ...house, ...values, ...calculated(values, year), year };
    const names = [];
    for (const { name, relevant, retired } of ofGroup(group)) {
      if (!retired && (!relevant || isTrue(evaluate(relevant, known)))) names.push(name);
      else known[name] = null;
    }
    return names;
  }

  /** Whether a value meets its question's constraint; values holds the others, "today" and "year". */
  function holds(name, value, values) {
    const { constraint } = questions.get(name);
    return !constraint || isTrue(evaluate(constraint, { ...values, ".": value }));
  }

  function choiceLabel(name, choice, language) {
    const row = questions.get(name).rows.find(([one]) => one === choice);
    return row ? inLanguage(row.slice(1), language) : choice;
  }

  return {
    name: raw.name, languages: raw.languages, questions, ofGroup, consent: raw.consent,
    defaults: Object.fromEntries(raw.questions.map((one) => [one.name, one.default]).filter(([, value]) => value !== undefined)),
    calculated, applying, holds, choiceLabel,
    label: (name, language) => inLanguage(questions.get(name).label, language),
    hint: (name, language) => inLanguage(questions.get(name).hint, language),
    message: (name, language) => inLanguage(questions.get(name).message, language),
    groupLabel: (name, language) => inLanguage(raw.groups[name].label, language),
    /** What is read aloud before the first question, and the hash that the visit keeps of it. */
    consentText: (language) => ({
      name: raw.consent.name, text: inLanguage(raw.consent.text, language), sha256: inLanguage(raw.consent.sha256, language),
    }),
    /** The languages in which there is a text to read aloud. */
    consentLanguages: raw.languages.filter((_language, i) => raw.consent.text[i]),
    /** The name of a language as the questionnaire's author gave it, else as its own speakers write it. */
    languageName: (code) => raw.language_names?.[raw.languages.indexOf(code)] ?? new Intl.DisplayNames([code], { type: "language" }).of(code),
    /** The values that a visit may name for a service that was done, such as bank or wallet. */
    options: (service) => raw.services[service]?.options ?? [],
  };
}

/** A list of choices after a tap on one: none, unknown and refused stand alone, a second tap takes a choice away. */
export function toggled(list, choice) {
  const chosen = list ?? [];
  if (chosen.includes(choice)) return chosen.filter((other) => other !== choice);
  return ALONE.includes(choice) ? [choice] : [...chosen.filter((other) => !ALONE.includes(other)), choice];
}

// Retired choices keep their words for old answers and are offered no more.
function question(entry, rows, retired) {
  const offered = rows.filter(([choice]) => !retired.includes(choice) && (entry.group !== "help" || !NOT_SAID.includes(choice)));
  return { ...entry, rows, choices: offered.map(([choice]) => choice) };
}

/** A calculated value as an answer would be: NaN is nothing. */
function plain(value) {
  return Number.isNaN(value) ? "" : value;
}
