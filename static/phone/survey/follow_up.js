/* What is still to be done at a household, and by which day, read from its folded state. Twin of fieldapp/survey/follow_up.py;
   tests/vectors/folds.json and follow_ups.json bind both. */

import { dayAfter } from "../clock.js";
import { EFFECTS } from "./service.js";

const WISH_DAYS = 7;
const HOUSE = "house";
const ENDED = ["done", "declined"];

/** What is still to be done, by its day: [{due, kind: return | returned | back_check | wish, who, service}]. */
export function followUps(state) {
  if (state.status === "merged" || state.erased) return [];
  const found = [];
  if (state.return_on) found.push(followUp(state.return_on, "return"));
  if (Object.keys(state.returned ?? {}).length) found.push(followUp(state.returned_on, "returned"));
  if (state.back_check) found.push(followUp(state.back_check.due, "back_check"));
  // A house that stands empty has nobody to help.
  if (state.status === "active")
    for (const [who, theirs] of Object.entries(state.wishes ?? {}))
      for (const [service, due] of Object.entries(theirs)) found.push(followUp(due, "wish", who, service));
  const key = ({ due, kind, who, service }) => [due, kind, who, service].join(" ");
  return found.sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

const followUp = (due, kind, who = null, service = null) => ({ due, kind, who, service });

/** A person said on a day what they want help with, and `before` that other things: those that they name no more end. */
export function wished(wishes, person, before, after, day) {
  for (const service of before ?? []) if (!after.includes(service)) end(wishes, whoOf(service, person), service);
  for (const service of after)
    if (service in EFFECTS) (wishes[whoOf(service, person)] ??= {})[service] ??= dayAfter(day, WISH_DAYS);
}

/** Help was given, refused, or promised for the return of that visit. */
export function given(wishes, { person, service, result }, day, returnOn) {
  const who = whoOf(service, person);
  if (ENDED.includes(result)) end(wishes, who, service);
  else (wishes[who] ??= {})[service] = returnOn ?? dayAfter(day, WISH_DAYS);
}

/** Whose wish it is: what is one for the whole house is the house's, whoever said it. */
export function whoOf(service, person) {
  return !person || EFFECTS[service]?.scope === HOUSE ? HOUSE : person;
}

function end(wishes, who, service) {
  delete wishes[who]?.[service];
  if (wishes[who] && !Object.keys(wishes[who]).length) delete wishes[who];
}
