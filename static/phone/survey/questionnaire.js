/* The questionnaire on the phone: the compiled JSON (fieldapp/survey/questionnaires/README.md) with its rules at hand.

   Twin of fieldapp/survey/questionnaire.py, with its names in JS's case; tests/vectors/calculated.json binds both. */

import { evaluate, isTrue } from "./expression.js";

const NOT_SAID = ["unknown", "refused"];

/** A compiled questionnaire, ready to be asked about answers. */
export function load(raw) {
  const byLanguage = (texts = []) => Object.fromEntries(raw.languages.map((language, place) => [language, texts[place]]));
  const questions = {};
  for (const entry of raw.questions) questions[entry.name] = question(entry, raw.lists[entry.list] ?? [], byLanguage);
  const ofGroup = {};
  for (const group of Object.keys(raw.groups)) ofGroup[group] = Object.values(questions).filter((one) => one.group === group);

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
    for (const { name, relevant } of ofGroup[group]) {
      if (!relevant || isTrue(evaluate(relevant, known))) names.push(name);
      else known[name] = null;
    }
    return names;
  }

  /** The values without those whose question does not apply. */
  function counted(group, values, year, house) {
    const names = applying(group, values, year, house);
    return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name) || !questions[name]));
  }

  /** Whether a value meets its question's constraint; values holds the others, "today" and "year". */
  function holds(name, value, values) {
    const { constraint } = questions[name];
    return !constraint || isTrue(evaluate(constraint, { ...values, ".": value }));
  }

  return {
    name: raw.name, version: raw.version, title: raw.title, languages: raw.languages, questions, ofGroup, services: raw.services,
    groups: Object.fromEntries(Object.entries(raw.groups).map(([name, group]) => [name, byLanguage(group.label)])),
    consent: { name: raw.consent.name, texts: byLanguage(raw.consent.text), sha256: byLanguage(raw.consent.sha256) },
    calculated, applying, counted, holds,
    /** The values that a visit may name for a service that was done, such as bank or wallet. */
    options: (service) => raw.services[service].options ?? [],
  };
}

function question(entry, list, byLanguage) {
  const rows = list.filter(([choice]) => entry.group !== "help" || !NOT_SAID.includes(choice));
  return {
    name: entry.name, group: entry.group, type: entry.type, required: Boolean(entry.required),
    relevant: entry.relevant, constraint: entry.constraint,
    labels: byLanguage(entry.label), hints: byLanguage(entry.hint), messages: byLanguage(entry.message),
    choices: rows.map(([choice]) => choice),
    choiceLabels: Object.fromEntries(rows.map(([choice, ...texts]) => [choice, byLanguage(texts)])),
  };
}

/** A calculated value as an answer would be: NaN is nothing. */
function plain(value) {
  return Number.isNaN(value) ? "" : value;
}
