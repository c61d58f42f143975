/* The visit that is open now: its draft in memory and on the phone, until it is saved or dropped.

   The draft is kept after each answer. If the phone can't keep it, the answer stays in memory and the screen says so. */

import { signal } from "@preact/signals";
import { drafts, facts, form, household, kept, now, save, today } from "./phone.js";
import { empty } from "./survey/fold.js";
import { personId, uuid7 } from "./survey/ids.js";
import { asFound, eventsOf, newDraft, withPerson } from "./visit.js";

const LONGEST_PAUSE_S = 120; // a phone that lay aside is not time at the door

export const draft = signal(null);
export const state = signal(null); // the household as it was known when the form opened
export const trouble = signal(false); // the last answer could not be kept on this phone

export const busy = signal(false); // a draft is being written

let finishing = false; // what is tapped while the visit is saved comes too late
let keeping = null; // the writing that goes on
let toKeep = null; // the draft that it takes next
let mark = 0;

/** Open the visit of a household: its draft, or a new one. */
export async function openVisit(householdId) {
  if (draft.value?.household === householdId) return;
  await keeping; // the last answer may still be on its way to the store
  const [unfinished, known] = await Promise.all([kept().draft(householdId), household(householdId)]);
  state.value = known ?? { ...empty(), id: householdId, code: null, village: unfinished?.found?.village ?? null };
  mark = Date.now();
  draft.value = unfinished ?? newDraft({
    id: newId(), household: householdId, at: now(), questionnaire: form.value.name,
  });
}

/** Open a visit to a household that is on no list; gives its id. */
export function openFound(village, address) {
  const id = newId();
  state.value = { ...empty(), id, code: null, village, address };
  mark = Date.now();
  draft.value = newDraft({
    id: newId(), household: id, at: now(), questionnaire: form.value.name, found: { village, address },
  });
  keep();
  return id;
}

function newId() {
  return uuid7(Date.now() + facts.value.offset, crypto.getRandomValues(new Uint8Array(10)));
}

/** Change the draft and keep it. */
export function change(after) {
  if (finishing) return;
  const passed = (Date.now() - mark) / 1000;
  mark = Date.now();
  draft.value = { ...after, seconds: after.seconds + Math.max(0, Math.min(passed, LONGEST_PAUSE_S)) };
  keep();
}

/** Add a person without a name yet; gives the new id. */
export function addPerson() {
  const id = personId(crypto.getRandomValues(new Uint8Array(10)));
  change(withPerson(draft.value, id, {}));
  return id;
}

// One write at a time, and always of the newest: answers come faster than a cheap phone's flash.
function keep() {
  toKeep = draft.value;
  busy.value = true;
  keeping ??= (async () => {
    while (toKeep) {
      const newest = toKeep;
      toKeep = null;
      try {
        await kept().keepDraft(newest);
        drafts.value = new Map(drafts.value).set(newest.household, newest);
        trouble.value = false;
      } catch (problem) {
        console.error("The draft could not be kept:", problem);
        trouble.value = true;
      }
    }
    keeping = null;
    busy.value = false;
  })();
  return keeping;
}

/** The names of the questions that apply to a person (null: to the house). */
export function asks(person, values, house) {
  return form.value.applying(person === null ? "house" : "people", values, Number(today().slice(0, 4)), house);
}

/** The house and people with the draft's answers over what is known. */
export function found() {
  return asFound(draft.value, state.value);
}

/** The events that saving would make now. */
export function events() {
  return eventsOf(draft.value, state.value, asks);
}

/** Save the visit; gives its household's id. Throws when the phone could not keep it: then the draft stands. */
export async function finish() {
  change(draft.value);
  finishing = true;
  try {
    await keeping;
    const id = draft.value.household;
    await save(id, events());
    close();
    return id;
  } finally {
    finishing = false;
  }
}

/** Drop the draft; gives a function that brings it back. */
export async function drop() {
  const dropped = draft.value;
  const was = state.value;
  close();
  toKeep = null;
  await keeping;
  await kept().dropDraft(dropped.household);
  const others = new Map(drafts.value);
  others.delete(dropped.household);
  drafts.value = others;
  return () => {
    state.value = was;
    draft.value = dropped;
    return keep();
  };
}

/** Leave the visit, unfinished, to the store. */
export function close() {
  draft.value = null;
  state.value = null;
}
