/* The visit that is open now: its draft in memory and on the phone, until it is saved or dropped.

   The draft is kept after each answer. If the phone can't keep it, the answer stays in memory, the screen says so, and it is
   tried again. A visit is open in one tab at a time: two would write over each other's answers. */

import { reopened } from "./correcting.js";
import { painted } from "./painted.js";
import { askBy, drafts, enrolment, facts, form, household, kept, now, save, today } from "./phone.js";
import { computed, signal } from "./signals.js";
import { empty } from "./survey/fold.js";
import { uuid7 } from "./survey/ids.js";
import { hold, listen, takeFrom, tell } from "./tabs.js";
import { asFound, bodyOf, eventsOf, knownPeople, newDraft } from "./visit.js";
import { lookForRoom } from "./when.js";

const LONGEST_PAUSE_S = 120; // a phone that lay aside is not time at the door
const AGAIN_MS = 5_000;

export const draft = signal(null);
export const help = computed(() => draft.value.help);
export const state = signal(null); // the household as it was known when the form opened
export const trouble = signal(false); // the last answer could not be kept on this phone
export const elsewhere = signal(null); // {household, keeps}: its visit is open in another tab, which may not be able to let go
export const moved = signal(0); // raised when another tab took the visit

let finishing = false; // what is tapped while the visit is saved comes too late
let keeping = null; // the writing that goes on
let toKeep = null; // the draft that it takes next
let mark = 0;
let letGo = null; // of the visit's name
let again = null;
const unkept = new Map(); // household → draft that the phone could not write yet

const nameOf = (householdId) => `tung-nha-visit/${enrolment.value.device}/${householdId}`;

/** Open the visit of a household: its draft, or a new one. signUp: of somebody who asked for this visit on the public page. */
export async function openVisit(householdId, signUp = null) {
  if (draft.value?.household !== householdId) await openAnew(householdId);
  if (signUp && draft.value?.household === householdId) change({ ...draft.value, sign_up: signUp });
}

async function openAnew(householdId) {
  // The last answer may still be on its way to the store.
  await keeping;
  const mine = await hold(nameOf(householdId), lost);
  if (!mine) {
    if (elsewhere.value?.household !== householdId) elsewhere.value = { household: householdId, keeps: false };
    return;
  }
  await openHeld(householdId, mine);
}

/** Open the visit that is open in another tab, which then closes it. */
export async function takeOver(householdId) {
  const mine = await takeFrom(nameOf(householdId), lost);
  if (mine) await openHeld(householdId, mine);
  else elsewhere.value = { household: householdId, keeps: true };
}

async function openHeld(householdId, mine) {
  letGo?.();
  letGo = mine;
  elsewhere.value = null;
  const [unfinished, known] = await Promise.all([kept().draft(householdId), household(householdId)]);
  const latest = unkept.get(householdId) ?? unfinished;
  // A dropped visit, or another member's: it would be said of a household that nobody knows.
  if (!latest && !known) {
    close();
    throw new Error("no such household");
  }
  // The questionnaire that it was begun with, to its end.
  await askBy(latest?.questionnaire);
  if (!latest) askBy(form.value.name);
  state.value = known ?? { ...empty(), id: householdId, code: null, village: latest?.found?.village ?? null };
  mark = Date.now();
  draft.value = latest ?? newDraft({
    id: newId(), household: householdId, at: now(), questionnaire: form.value.name,
  });
}

/** Open a visit to a household that is on no list; gives its id. signUp: as openVisit takes it; outcome: done when somebody is met. */
export function openFound(village, address, { signUp = null, outcome = null } = {}) {
  const id = newId();
  close();
  askBy(form.value.name);
  state.value = { ...empty(), id, code: null, village, address };
  mark = Date.now();
  draft.value = newDraft({
    id: newId(), household: id, at: now(), questionnaire: form.value.name, found: { village, address }, signUp, outcome,
  });
  hold(nameOf(id), lost).then((mine) => { if (draft.value?.household === id) letGo = mine; else mine?.(); });
  keep();
  return id;
}

// Another tab wants this visit: it gets it once the last answer is down, and not while one is only in memory.
listen(async ({ wanted }) => {
  if (!wanted || !draft.value || wanted !== nameOf(draft.value.household)) return;
  if (await settled()) lost();
  else tell({ keeps: wanted });
});

function lost() {
  if (!draft.value) return;
  toKeep = null;
  close();
  moved.value += 1;
}

/** Waits for the last answer to be written; whether everything is down and nothing is being saved. */
export async function settled() {
  await keeping;
  return !trouble.value && !finishing;
}

/** A new id, in the order of time. */
export const newId = () => uuid7(Date.now() + facts.value.offset, crypto.getRandomValues(new Uint8Array(10)));

/** Change the draft and keep it. */
export function change(after) {
  // Another tab may have the visit.
  if (finishing || !draft.value) return;
  const passed = (Date.now() - mark) / 1000;
  mark = Date.now();
  draft.value = { ...after, seconds: after.seconds + Math.max(0, Math.min(passed, LONGEST_PAUSE_S)) };
  keep();
}

// One write at a time, always of the newest: answers come faster than a cheap phone's flash. And after the picture, which takes no longer.
function keep(what = draft.value) {
  toKeep = what;
  keeping ??= (async () => {
    await painted();
    while (toKeep) {
      const newest = toKeep;
      toKeep = null;
      try {
        await kept().keepDraft(newest);
        drafts.value = new Map(drafts.value).set(newest.household, newest);
        isDown(newest.household);
        // There is room again: the others that waited for it follow.
        toKeep ??= unkept.values().next().value ?? null;
      } catch (problem) {
        console.error(problem);
        unkept.set(newest.household, newest);
        trouble.value = true;
        lookForRoom();
        clearTimeout(again);
        again = setTimeout(() => { for (const draft of unkept.values()) if (!keeping) keep(draft); }, AGAIN_MS);
      }
    }
    keeping = null;
  })();
  return keeping;
}

function isDown(householdId) {
  unkept.delete(householdId);
  trouble.value = unkept.size > 0;
}

/** The names of the questions that apply to a person (null: to the house). */
export function asks(person, values, house) {
  return form.value.applying(person === null ? "house" : "people", values, Number(today().slice(0, 4)), { ...house, people: Object.keys(found().people), today: today() });
}

/** The words of the questions that should not be passed over and were, of the house and of those who were asked. */
export function passedOver() {
  const { house, people } = found();
  const whole = [[null, house], ...Object.keys(draft.value.people).map((id) => [id, people[id]])];
  const open = whole.flatMap(([person, values]) => asks(person, values, house).filter((name) => (values[name] ?? null) === null));
  return [...new Set(open)].filter((name) => form.value.questions.get(name).required);
}

/** Whether an answer meets its question's constraint. */
export function holds(person, name, value) {
  const { house, people } = found();
  const values = person === null ? house : people[person];
  const year = Number(today().slice(0, 4));
  return form.value.holds(name, value, { ...house, ...values, ...form.value.calculated(values, year), people: Object.keys(people), year, today: today() });
}

/** The people as they were known before this visit. */
export function known() {
  return knownPeople(draft.value, state.value);
}

/** The house and people with the draft's answers over what is known. */
export function found() {
  return asFound(draft.value, state.value);
}

/** The events that saving would make now. */
export function events() {
  return eventsOf(draft.value, state.value, asks, form.value.defaults);
}

/** Save the visit; gives a function that opens it again, to be corrected. Throws when the phone could not keep it: then the draft stands. */
export async function finish() {
  change(draft.value);
  finishing = true;
  try {
    await keeping;
    const saved = draft.value;
    const before = state.value;
    await save(saved.household, events());
    isDown(saved.household);
    close();
    return () => bringBack(reopened(saved, newId()), { ...before, people: knownPeople(saved, before) });
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
  isDown(dropped.household);
  drafts.value = new Map([...drafts.value].filter(([id]) => id !== dropped.household));
  return () => bringBack(dropped, was);
}

async function bringBack(back, was) {
  close();
  letGo = await hold(nameOf(back.household), lost);
  if (!letGo) return; // begun anew in another tab meanwhile
  await askBy(back.questionnaire);
  state.value = was;
  draft.value = back;
  if (back.corrects) back.corrects.said ??= bodyOf(back, was, asks, form.value.defaults);
  keep();
}

/** Leave the visit, unfinished, to the store. */
export function close() {
  letGo?.();
  letGo = null;
  elsewhere.value = null;
  draft.value = null;
  state.value = null;
  askBy().catch(console.error);
}
