/* The fold: this phone's own events laid over the state that the server sent, by the server's rules. Pure.

   Twin of fieldapp/survey/fold.py; tests/vectors/folds.json binds both. The phone folds what members do: what
   officers do comes down already folded. */

import { dayOf } from "../clock.js";
import { given, wished } from "./follow_up.js";
import { asLeft, EFFECTS } from "./service.js";
import { peopleOf, standing } from "./standing.js";

const SURVEYED = new Set(["done", "partly"]);
const GONE = new Set(["left", "deceased"]);
const STATUS_AFTER = { done: "active", partly: "active", refused: "active", vacant: "vacant", moved: "moved" };
const APPLY = { register, visit, move };

/** A household of which nothing is known yet. */
export function empty() {
  return {
    village: null, address: null, status: "active", merged_into: null, erased: false, poverty: null,
    house: {}, house_found: {}, people: {}, helped: {},
    visited: false, outcome: null, day: null, year: null, visits: 0,
    consent: null, return_on: null, returned: {}, returned_where: {}, returned_on: null,
    back_check: null, wishes: {}, villages: [], heads: [],
  };
}

/** The state after the events, in the order of their place; the given state is left as it was. */
export function fold(before, events) {
  const state = { ...empty(), ...JSON.parse(JSON.stringify(before)) };
  // What the server has folded already must not be counted again.
  const fresh = events.filter((event) => !state.heads.includes(event.id));
  for (const event of standing(fresh)) APPLY[event.kind]?.(state, event);
  const had = new Set(fresh.flatMap((event) => event.base));
  state.heads = [...new Set([...state.heads, ...fresh.map((event) => event.id)])].filter((id) => !had.has(id)).sort();
  return state;
}

/** The visit's outcome; a `no` to the consent makes it a refusal, whatever was written before it. */
export function outcomeOf(body) {
  return body.consent && !body.consent.given ? "refused" : body.outcome;
}

function register(state, event) {
  settleIn(state, event.body.village);
  state.address = event.body.address ?? null;
  say(state, event, event.body.people);
}

function visit(state, event) {
  const { body } = event;
  const outcome = outcomeOf(body);
  state.visits += 1;
  // A surveyed house stays one where the second look found nobody; the check is still to be made.
  if (body.back_check && outcome === "absent") return;
  if (state.back_check && body.back_check === state.back_check.id) state.back_check = null;
  state.outcome = outcome;
  state.day = dayOf(event.at);
  state.return_on = body.return_on ?? null;
  state.status = STATUS_AFTER[outcome] ?? state.status;
  if (body.consent) state.consent = { given: body.consent.given, text: body.consent.text, day: state.day };
  if (!SURVEYED.has(outcome)) return;
  state.visited = true;
  state.year = Number(state.day.slice(0, 4));
  state.returned = {};
  state.returned_on = null;
  say(state, event, body.people);
  for (const each of body.help ?? []) {
    help(state, each);
    given(state.wishes, each, state.day, state.return_on);
  }
}

function move(state, event) {
  const { body } = event;
  if ("village" in body && state.village !== null) settleIn(state, body.village);
  if ("person" in body) say(state, event, { [body.person]: body.values ?? { residence: "left" } });
}

function settleIn(state, village) {
  state.village = village;
  state.villages = [...new Set([...state.villages, village])].sort();
}

// Values as found: they take the place of what help had left before.
function say(state, event, people) {
  lay(state.house, state.house_found, event.body.house ?? {});
  for (const [id, fields] of Object.entries(peopleOf(people ?? {}))) {
    const person = personOf(state, id);
    const before = person.wants;
    lay(person, person.found, fields);
    if (person.found && !Object.keys(person.found).length) delete person.found;
    if (fields.wants) wished(state.wishes, id, before, fields.wants, dayOf(event.at));
    if (GONE.has(person.residence)) delete state.wishes[id];
  }
}

function lay(values, found, stated) {
  Object.assign(values, stated);
  if (found) for (const name of Object.keys(stated)) delete found[name];
}

function personOf(state, id) {
  return (state.people[id] ??= { name: null, birth_year: null, sex: null, relation: null, residence: null });
}

function help(state, one) {
  const results = (state.helped[one.service] ??= {});
  results[one.result] = (results[one.result] ?? 0) + 1;
  const effect = EFFECTS[one.service];
  if (!effect || one.result !== "done") return;
  const ofHouse = effect.scope === "house";
  if (!ofHouse && !one.person) return;
  const values = ofHouse ? state.house : personOf(state, one.person);
  const before = values[effect.field];
  const after = asLeft(effect, before, one.value);
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  const found = ofHouse ? state.house_found : (values.found ??= {});
  if (!(effect.field in found)) found[effect.field] = before ?? null;
  values[effect.field] = after;
}
