/* A visit while it is being made: what the draft holds, and the bodies of the events it becomes. Pure.

   A draft is a plain record that is kept after each answer. Values are stated only when somebody said them now; what
   is known from before stays in the household's state and is shown as such; "không đổi" is kept as confirmed, never
   as stated. */

import { changes } from "./correcting.js";
import { asLeft, EFFECTS } from "./survey/service.js";

export const SURVEYED = ["done", "partly"];
export const IDENTITY = ["name", "birth_year", "sex", "relation", "residence"];
const GONE = new Set(["left", "deceased"]);

/** Whether somebody no longer lives in the house. */
export const isGone = (person) => GONE.has(person.residence);

/** A new draft. found: {village, address} when the household was found at the door, else null; signUp: the id of the wish from the public page that it answers. */
export function newDraft({ id, household, at, questionnaire, found = null, signUp = null, outcome = null }) {
  return {
    id, household, at, questionnaire, found, outcome, respondent: null, consent: null, house: {}, people: {}, added: [], arrived: {},
    confirmed: { house: false, people: {} }, help: [], return_on: null, seconds: 0, sign_up: signUp,
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

/** The draft with somebody who moved here from another house, with what is known of them.

    house: that household; ids: of the two events to come (they left, they are here); names: what may be known of a person. */
export function withArrival(draft, id, { house, ids, names }) {
  const person = house.people[id];
  const values = Object.fromEntries(names.filter((name) => person[name] !== undefined && person[name] !== null).map((name) => [name, person[name]]));
  // Who they are to the head of this house is not known yet.
  delete values.relation;
  const left = isGone(person);
  if (left || !values.residence) values.residence = "permanent";
  return { ...draft, arrived: { ...draft.arrived, [id]: { from: house.id, heads: house.heads, left, ids, values } } };
}

/** The people as they were known before this visit: of this house, and those who came from another. */
export function knownPeople(draft, state) {
  const people = { ...state.people };
  for (const [id, { values }] of Object.entries(draft.arrived ?? {})) people[id] = { ...people[id], ...values };
  return people;
}

/** The draft with the help that was given; help of the same service for the same person is replaced, result null removes it. */
export function helped(draft, help) {
  const others = draft.help.filter((one) => one.person !== help.person || one.service !== help.service);
  return { ...draft, help: help.result ? [...others, help] : others };
}

/** The draft with help that was done, or taken back when it was done so before. also: the services without which it can't be
    done, such as installing before activating. */
export function done(draft, { person, service, value, also }) {
  const was = draft.help.some((help) => help.person === person && help.service === service && help.result === "done" && help.value === value);
  const all = [...also.map((one) => ({ service: one })), { service, value }];
  return all.reduce((after, one) => helped(after, { person, ...one, result: was ? null : "done" }), draft);
}

/** The house and people as they stand with the draft's answers over what is known: {house, people}. */
export function asFound(draft, state) {
  const people = knownPeople(draft, state);
  for (const [id, said] of Object.entries(draft.people)) people[id] = { ...people[id], ...said };
  return { house: { ...state.house, ...draft.house }, people };
}

/** The ids of the people who still live here, in the order in which they are known. */
export function livingHere(people) {
  return Object.keys(people).filter((id) => !isGone(people[id]));
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

/** Where a visit that was left goes on. text: the name of the consent's text. */
export function stepOf(draft, state, text) {
  if (!draft.outcome) return "outcome";
  if (!SURVEYED.includes(draft.outcome)) return "return";
  if (!draft.consent) { if (!consentStands(state, text)) return "consent"; }
  else if (!draft.consent.given) return "summary";
  return draft.corrects || draft.confirmed.house || Object.keys(draft.house).length ? "people" : "house";
}

/** The people who were added and of whom nothing was said: they were not meant. */
export function unnamed(draft) {
  return draft.added.filter((id) => !draft.people[id]?.name);
}

/** The draft without a person who was added in it, or who came from another house. */
export function withoutPerson(draft, id) {
  const { [id]: _gone, ...people } = draft.people;
  const { [id]: _also, ...sure } = draft.confirmed.people;
  const { [id]: _back, ...arrived } = draft.arrived ?? {};
  return {
    ...draft, people, arrived, added: draft.added.filter((one) => one !== id), confirmed: { ...draft.confirmed, people: sure },
    help: draft.help.filter((help) => help.person !== id), respondent: draft.respondent === id ? null : draft.respondent,
  };
}

/** The outcome as it will be kept: a `no` to the consent is a refusal. */
export function outcomeOfDraft(draft) {
  return draft.consent?.given === false ? "refused" : draft.outcome;
}

/** The events that the draft becomes: [[kind, id, base, body, household]], a `register` first when the household was found at
    the door, then the moves of who came from another house: that they left it, and that they are here.

    asks(person, values, house): the names of the questions that apply (person: null for the house); defaults: question → what
    stands until somebody says otherwise, once anything is said of the house or person. A draft that corrects a saved visit
    becomes a `correct` of it, or nothing when nothing is different. */
export function eventsOf(draft, state, asks, defaults = {}) {
  const surveyed = SURVEYED.includes(outcomeOfDraft(draft));
  const events = [];
  if (draft.found) {
    // Without consent nobody's name is kept.
    const people = surveyed ? draft.added.map((id) => ({ id, ...identityOf(draft.people[id]) })) : [];
    const body = { village: draft.found.village, address: draft.found.address || null, source: "door", people };
    events.push(["register", draft.household, [], body, draft.household]);
  }
  const [moves, base] = surveyed ? movesOf(draft, state) : [[], basisOf(draft, state)];
  const body = bodyOf(draft, state, asks, defaults);
  if (!draft.corrects) return [...events, ...moves, ["visit", draft.id, base, body, draft.household]];
  const { event, said: before } = draft.corrects;
  const fields = changes(before, body);
  if (Object.keys(fields).length) moves.push(["correct", draft.id, base, { event, fields }, draft.household]);
  return moves;
}

const basisOf = (draft, state) => (draft.corrects ? [draft.corrects.event] : draft.found ? [draft.household] : state.heads);

// Of each who came from another house: that they left it, and that they are here; and what the visit has before it.
function movesOf(draft, state) {
  const bases = { [draft.household]: basisOf(draft, state) };
  const moves = [];
  const say = (household, id, body, heads) => {
    moves.push(["move", id, bases[household] ?? heads, body, household]);
    bases[household] = [id];
  };
  for (const [person, { from, heads, left, ids, values }] of Object.entries(draft.arrived ?? {})) {
    if (!left) say(from, ids[0], { person, to: draft.household }, heads);
    // Who comes while a visit is corrected comes after it, and would overlay what it says of them.
    const all = Object.entries(draft.corrects ? { ...values, ...draft.people[person] } : {});
    const told = Object.fromEntries(all.map(([name, value]) => [name, afterHelp(draft, person, name, value)]));
    say(draft.household, ids[1], { person, from, values: { ...values, ...told } });
  }
  return [moves, bases[draft.household]];
}

/** A visit's body without its empty parts: what is absent was not said either, and each byte is paid for on 2G. */
export function lean(body) {
  const parts = Object.entries(body).map(([name, part]) => [name, isTable(part) ? lean(part) : part]);
  return Object.fromEntries(parts.filter(([, part]) => !isEmpty(part)));
}

const isTable = (part) => part !== null && typeof part === "object" && !Array.isArray(part);
const isEmpty = (part) => part === null || (typeof part === "object" && !Object.keys(part).length);

/** What the visit says, as eventsOf takes it. */
export function bodyOf(draft, state, asks, defaults = {}) {
  const outcome = outcomeOfDraft(draft);
  const surveyed = SURVEYED.includes(outcome);
  const body = {
    outcome, respondent: surveyed || draft.consent ? draft.respondent : null, consent: draft.consent,
    house: {}, people: {}, confirmed: { house: [], people: {} }, help: [],
    return_on: draft.return_on, seconds: Math.round(draft.seconds), sign_up: draft.sign_up,
    // Made without the earlier answers on this phone, as an officer asked.
    back_check: state.back_check?.id ?? null,
  };
  if (!surveyed) return body;
  const found = asFound(draft, state);
  body.help = draft.help;
  // What was known counts for nothing when a visit is corrected: by then it may have come from that very visit.
  const [house, before] = draft.corrects ? [{}, {}] : [state.house, knownPeople(draft, state)];
  [body.house, body.confirmed.house] = said(draft.house, house, asks(null, found.house, found.house), draft.confirmed.house, defaults);
  for (const id of Object.keys(found.people)) {
    const fields = asks(id, found.people[id], found.house).filter((name) => !IDENTITY.includes(name));
    const known = before[id] ?? {};
    const [stated, kept] = said(draft.people[id] ?? {}, known, fields, Boolean(draft.confirmed.people[id]), defaults);
    // Who a new person is stands in the register when the household is new too, and is not said twice.
    if (!draft.found || before[id]) Object.assign(stated, changedIdentity(draft.people[id] ?? {}, known));
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
