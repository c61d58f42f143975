/* A visit while it is being made: what the draft holds, and the bodies of the events it becomes. Pure.

   A draft is a plain record that is kept after each answer. Values are stated only when somebody said them now; what
   is known from before stays in the household's state and is shown as such; "không đổi" is kept as confirmed, never
   as stated. */

import { asLeft, EFFECTS } from "./survey/service.js";

export const SURVEYED = ["done", "partly"];
export const IDENTITY = ["name", "birth_year", "sex", "relation", "residence"];
const GONE = new Set(["left", "deceased"]);

/** A new draft. found: {village, address} when the household was found at the door, else null; signUp: the id of the wish from the public page that it answers. */
export function newDraft({ id, household, at, questionnaire, found = null, signUp = null }) {
  return {
    id, household, at, questionnaire, found, outcome: null, respondent: null, consent: null,
    house: {}, people: {}, added: [], confirmed: { house: false, people: {} }, help: [], return_on: null, seconds: 0, sign_up: signUp,
  };
}

/** The draft with one answer; undefined takes the answer back. person: null for the house. */
export function answered(draft, person, name, value) {
  const said = person === null ? draft.house : (draft.people[person] ?? {});
  const { [name]: _before, ...others } = said;
  const after = value === undefined ? others : { ...others, [name]: value };
  if (person === null) return { ...draft, house: after };
  return { ...draft, people: { ...draft.people, [person]: after } };
}

/** The draft with the whole house (person: null) or a whole person confirmed, or no longer confirmed. */
export function confirmed(draft, person, is = true) {
  if (person === null) return { ...draft, confirmed: { ...draft.confirmed, house: is } };
  return { ...draft, confirmed: { ...draft.confirmed, people: { ...draft.confirmed.people, [person]: is } } };
}

/** The draft with everything that is known confirmed: a revisit where nothing changed. */
export function allConfirmed(draft, state) {
  const people = Object.fromEntries(livingHere(state.people).map((person) => [person, true]));
  return { ...draft, outcome: "done", confirmed: { house: true, people } };
}

/** The draft with a person added. */
export function withPerson(draft, id, fields) {
  return { ...draft, people: { ...draft.people, [id]: fields }, added: [...draft.added, id] };
}

/** The draft with the help that was given; help of the same service for the same person is replaced, result null removes it. */
export function helped(draft, help) {
  const others = draft.help.filter((one) => one.person !== help.person || one.service !== help.service);
  return { ...draft, help: help.result ? [...others, help] : others };
}

/** The house and people as they stand with the draft's answers over what is known: {house, people}. */
export function asFound(draft, state) {
  const people = {};
  for (const [id, known] of Object.entries(state.people)) people[id] = known;
  for (const [id, said] of Object.entries(draft.people)) people[id] = { ...people[id], ...said };
  return { house: { ...state.house, ...draft.house }, people };
}

/** The ids of the people who still live here, in the order in which they are known. */
export function livingHere(people) {
  return Object.keys(people).filter((id) => !GONE.has(people[id].residence));
}

/** The answer as the draft's help leaves it. */
export function afterHelp(draft, person, field, value) {
  return draft.help
    .filter((help) => help.person === person && help.result === "done" && EFFECTS[help.service]?.field === field)
    .reduce((current, help) => asLeft(EFFECTS[help.service], current, help.value), value);
}

/** Whether the consent that stands with the household covers this text, so that it need not be asked again. */
export function consentStands(state, text) {
  return Boolean(state.consent?.given && state.consent.text === text);
}

/** The people who were added and of whom nothing was said: they were not meant. */
export function unnamed(draft) {
  return draft.added.filter((id) => !draft.people[id]?.name);
}

/** The draft without a person who was added in it. */
export function withoutPerson(draft, id) {
  const { [id]: _gone, ...people } = draft.people;
  const { [id]: _also, ...sure } = draft.confirmed.people;
  return {
    ...draft, people, added: draft.added.filter((one) => one !== id), confirmed: { ...draft.confirmed, people: sure },
    help: draft.help.filter((help) => help.person !== id), respondent: draft.respondent === id ? null : draft.respondent,
  };
}

/** The outcome as it will be kept: a `no` to the consent is a refusal. */
export function outcomeOfDraft(draft) {
  return draft.consent?.given === false ? "refused" : draft.outcome;
}

/** The events that the draft becomes: [[kind, id, base, body]], a `register` first when the household was found at the door.

    asks(person, values, house): the names of the questions that apply (person: null for the house); defaults: question → what
    stands until somebody says otherwise, once anything is said of the house or person. */
export function eventsOf(draft, state, asks, defaults = {}) {
  const outcome = outcomeOfDraft(draft);
  const surveyed = SURVEYED.includes(outcome);
  const events = [];
  if (draft.found) {
    // Without consent nobody's name is kept.
    const people = surveyed ? draft.added.map((id) => ({ id, ...identityOf(draft.people[id]) })) : [];
    const body = { village: draft.found.village, address: draft.found.address || null, source: "door", people };
    events.push(["register", draft.household, [], body]);
  }
  events.push(["visit", draft.id, draft.found ? [draft.household] : state.heads, visitBody(draft, state, asks, outcome, defaults)]);
  return events;
}

/** A visit's body without its empty parts: what is absent was not said either, and each byte is paid for on 2G. */
export function lean(body) {
  const parts = Object.entries(body).map(([name, part]) => [name, isTable(part) ? lean(part) : part]);
  return Object.fromEntries(parts.filter(([, part]) => !isEmpty(part)));
}

const isTable = (part) => part !== null && typeof part === "object" && !Array.isArray(part);
const isEmpty = (part) => part === null || (typeof part === "object" && !Object.keys(part).length);

function visitBody(draft, state, asks, outcome, defaults) {
  const surveyed = SURVEYED.includes(outcome);
  const body = {
    outcome, respondent: surveyed || draft.consent ? draft.respondent : null, consent: draft.consent,
    house: {}, people: {}, confirmed: { house: [], people: {} }, help: [],
    return_on: draft.return_on, seconds: Math.round(draft.seconds), sign_up: draft.sign_up,
  };
  if (!surveyed) return body;
  const found = asFound(draft, state);
  body.help = draft.help;
  [body.house, body.confirmed.house] =
    said(draft.house, state.house, asks(null, found.house, found.house), draft.confirmed.house, defaults);
  for (const id of Object.keys(found.people)) {
    const fields = asks(id, found.people[id], found.house).filter((name) => !IDENTITY.includes(name));
    const known = state.people[id] ?? {};
    const [stated, kept] = said(draft.people[id] ?? {}, known, fields, Boolean(draft.confirmed.people[id]), defaults);
    // Who a new person is stands in the register when the household is new too, and is not said twice.
    if (!draft.found) Object.assign(stated, changedIdentity(draft.people[id] ?? {}, known));
    if (Object.keys(stated).length && fields.includes("answered_by") && draft.respondent)
      stated.answered_by ??= draft.respondent === id ? "self" : "proxy";
    if (Object.keys(stated).length) body.people[id] = stated;
    if (kept.length) body.confirmed.people[id] = kept;
  }
  return body;
}

// Only questions that still apply are stated or confirmed: an answer about 4G leaves with the phone.
function said(answers, known, asked, whole, defaults) {
  const stated = Object.fromEntries(asked.filter((name) => answers[name] !== undefined).map((name) => [name, answers[name]]));
  if (Object.keys(stated).length)
    for (const name of asked) if (name in defaults && !(name in stated) && (known[name] ?? null) === null) stated[name] = defaults[name];
  const kept = whole ? asked.filter((name) => !(name in stated) && known[name] !== undefined && known[name] !== null) : [];
  return [stated, kept];
}

function identityOf(fields) {
  return Object.fromEntries(IDENTITY.map((name) => [name, fields[name] ?? null]));
}

function changedIdentity(fields, known) {
  return Object.fromEntries(
    IDENTITY.filter((name) => fields[name] !== undefined && fields[name] !== null && fields[name] !== known[name])
      .map((name) => [name, fields[name]]),
  );
}
