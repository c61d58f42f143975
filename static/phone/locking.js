/* Locked and open: the PIN opens a member's place, and nothing of it stays in memory once it is locked again.

   A place locks after some idle minutes, at every start, and by hand. It does not lock while an answer is only in memory:
   that would lose it. */

import { enveloped, fingerprint } from "./envelope.js";
import { askBy, begin, enrolment, facts, forget, kept, tally } from "./phone.js";
import { isWeak, seenAt, tried, unwrapped, waitOf, wrapped } from "./pin.js";
import { newPlace, places, readPlaces, storeOf, tellPlace } from "./places.js";
import { keyOf, newKeyBytes } from "./seal.js";
import { effect, signal } from "./signals.js";
import { listen, tell } from "./tabs.js";
import { close, settled } from "./visiting.js";
import { lookForRoom, newLink, syncNow } from "./when.js";

const USUAL_MINUTES = 10;
const LOOK_MS = 5_000;
const MINUTE_MS = 60_000;

/** Which screen stands before the app, and of which place: {at: enrol | who | unlock | choose | forgotten | open | locking, slot}. */
export const door = signal({ at: "who", slot: null });

let pending = null; // what an enrolment brought, until a PIN seals it: {slot, n, after, known, member, commune}
// Slot → tries that a full phone could not write down: it must open all the same.
const uncounted = new Map();
let touched = { date: 0, tick: 0 };

/** Stand before the right door: at the start, and after locking. linked: a card's link was opened, which may be somebody new's. */
export async function standBefore(linked = false) {
  await readPlaces();
  const all = places.value;
  if (!all.length) door.value = { at: "enrol", slot: null };
  else if (all.length > 1 || linked) door.value = { at: "who", slot: null };
  else await approach(all[0].slot);
}

/** Stand before the door of one place. A store of before the PIN gets one now; one that was never finished is enrolled again. */
export async function approach(slot) {
  const { pin, data } = await storeOf(slot).keys();
  if (!pin && !data) await tellPlace(slot, { member: null, commune: null });
  door.value = pin ? { at: "unlock", slot } : data ? { at: "choose", slot } : { at: "enrol", slot: null };
}

/** Go to one of the doors that need no PIN: "who", "enrol", "forgotten". */
export function goTo(at, slot = null) {
  pending = null;
  door.value = { at, slot };
}

/** Milliseconds that the next try of this place has to wait. */
export async function waitBefore(slot) {
  const now = Date.now();
  return waitOf(await triesOf(slot, storeOf(slot), (tries) => seenAt(tries, now)), now);
}

async function triesOf(slot, store, change) {
  const after = (before) => change(uncounted.has(slot) ? uncounted.get(slot) : before);
  try {
    const tries = await store.tries(after);
    uncounted.delete(slot);
    return tries;
  } catch (problem) {
    if (problem.name !== "QuotaExceededError") throw problem;
    uncounted.set(slot, after((await store.keys()).tries));
    return uncounted.get(slot);
  }
}

/** Try a PIN: {open: true}, or {wait: milliseconds until the next try}. */
export async function unlock(slot, pin) {
  const store = storeOf(slot);
  const bytes = await tryPin(slot, store, pin);
  if (!bytes) return { open: false, wait: await waitBefore(slot) };
  performance.mark?.("pin accepted"); // from here on the bench counts
  store.unlock(await keyOf(bytes));
  await enter(slot, store, bytes);
  return { open: true, wait: 0 };
}

async function tryPin(slot, store, pin) {
  const now = Date.now();
  let mayTry = false;
  await triesOf(slot, store, (tries) => {
    const seen = seenAt(tries, now);
    mayTry = waitOf(seen, now) === 0;
    return mayTry ? tried(seen, now) : seen;
  });
  const bytes = mayTry ? await unwrapped(pin, (await store.keys()).pin) : null;
  if (bytes) await triesOf(slot, store, () => null);
  return bytes;
}

// The commune's key may come later than the PIN, or be another one by now. Whoever is at a door is not kept out by it.
async function sealForCommune(store, bytes) {
  const key = facts.value.settings?.commune_key ?? enrolment.value.commune.key;
  try {
    if (!key || (await store.keys()).commune?.for === (await fingerprint(key))) return;
    await store.keepKey("commune", await enveloped(bytes, key));
  } catch (problem) {
    console.error(problem);
  }
}

/** What a new member's enrolment brought waits for a PIN. Whoever went to another door meanwhile comes again with the same code. */
export function welcome(brought) {
  if (door.value.at !== "enrol") return;
  pending = brought;
  door.value = { at: "choose", slot: brought.slot };
}

/** Why a PIN is not taken: "weak" or null. */
export const objection = (pin) => (isWeak(pin) ? "weak" : null);

/** Seal the place that stands open without a PIN, or is new, by this one, and enter it. */
export async function choosePin(pin) {
  const { slot } = door.value;
  const store = storeOf(slot);
  const bytes = newKeyBytes();
  const pinned = await wrapped(pin, bytes);
  if (pending) {
    await store.continueFrom(pending.n, pending.after);
    await tellPlace(slot, { member: pending.member, commune: pending.commune });
  }
  await store.sealBy(await keyOf(bytes), pinned, pending?.known);
  pending = null;
  await enter(slot, store, bytes);
}

/** Another PIN for the open place; whether the old one was right, as {open, wait}. */
export async function changePin(old, pin) {
  const bytes = await tryPin(door.value.slot, kept(), old);
  if (!bytes) return { open: false, wait: await waitBefore(door.value.slot) };
  await kept().keepKey("pin", await wrapped(pin, bytes));
  return { open: true, wait: 0 };
}

async function enter(slot, store, bytes) {
  try {
    await begin(store);
    await askBy();
  } catch (problem) {
    // The door stays shut, and somebody else may come to it.
    forget();
    throw problem;
  }
  await sealForCommune(store, bytes);
  touch();
  door.value = { at: "open", slot };
  newLink();
  lookForRoom();
  syncNow();
}

/** Lock now; whether it was: an answer that is only in memory keeps the place open. */
export async function lock() {
  if (door.value.at !== "open" || !(await settled())) return false;
  close();
  // First: a screen of the place can't be drawn without it.
  door.value = { at: "locking", slot: null };
  forget();
  await standBefore();
  return true;
}

/** Lock by hand: in all tabs, or the next member finds this place open in one of them. */
export function lockAll() {
  tell({ locked: enrolment.value.device });
  return lock();
}

listen(({ locked }) => { if (locked && locked === enrolment.value?.device) lock(); });

function touch() {
  touched = { date: Date.now(), tick: performance.now() };
}

function lockWhenIdle() {
  const idle = (facts.value.settings?.lock_minutes ?? USUAL_MINUTES) * MINUTE_MS;
  // Some clocks stand still while a phone sleeps, and the other can be set.
  if (door.value.at === "open" && Math.max(Date.now() - touched.date, performance.now() - touched.tick) >= idle) lock();
}

/** Watch over the open place from now on. */
export function keepWatch() {
  for (const act of ["pointerdown", "keydown", "input"]) window.addEventListener(act, touch, { capture: true, passive: true });
  document.addEventListener("visibilitychange", lockWhenIdle);
  setInterval(lockWhenIdle, LOOK_MS);
  // The start screen says how many visits wait in each place.
  effect(() => {
    const [{ at, slot }, { waiting }, who] = [door.value, tally.value, enrolment.value];
    if (at !== "open" || !who || who.practice) return;
    const { member, commune } = who;
    tellPlace(slot, { waiting, member: { id: member.id, name: member.name }, commune: { id: commune.id, name: commune.name } })
      .catch(console.error);
  });
}

/** A place for somebody new, on this phone. */
export const placeForSomebody = () => newPlace(new Date().toISOString());
