/* Who works with this phone: a shared phone holds a place for each member, with a database, a key, a PIN, numbers and
   drafts of its own. To the server each place is a phone of its own.

   This list is open: it must be readable before anybody has typed a PIN, and says only what the start screen shows.
   A device's id is kept here before it is used: an enrolment whose answer is lost must come again from the same one. */

import { whenEmptied } from "./database.js";
import { signal } from "./signals.js";
import { openPeople, openStore } from "./store.js";

/** Places that are a member's: [{slot, device, since, member, commune, waiting}]; member {id, name}, commune {id, name}. */
export const places = signal([]);

/** Whether the browser took away what was on this phone while the app was open. */
export const emptied = signal(false);
whenEmptied(() => { emptied.value = true; });

const people = openPeople();

/** The store of a place. */
export const storeOf = (slot) => openStore(slot === 1 ? "tung-nha" : `tung-nha-${slot}`);

/** Read the list; what an app of before the PIN left on this phone is put on it. */
export async function readPlaces() {
  let all = await people.all();
  if (!all.length) {
    await adopt(storeOf(1));
    all = await people.all();
  }
  places.value = all.filter((place) => place.member);
}

/** A place for somebody new, with the id of its device: the one that was made before and never came to be a member's, or one more. */
export function newPlace(now) {
  const device = crypto.randomUUID?.() ?? uuid4(crypto.getRandomValues(new Uint8Array(16)));
  return people.change((all) => all.find((place) => !place.member) ?? {
    slot: Math.max(0, ...all.map((place) => place.slot)) + 1, device, since: now, member: null, commune: null, waiting: 0,
  });
}

/** Write down what is new of a place. */
export async function tellPlace(slot, news) {
  await people.change((all) => ({ ...all.find((place) => place.slot === slot), slot, ...news }));
  places.value = (await people.all()).filter((place) => place.member);
}

// A store of version 1 has its key beside it, and its member in it.
async function adopt(store) {
  const { data } = await store.keys();
  if (!data) return;
  store.unlock(data);
  const [who, made] = [await store.known("enrolment"), await store.known("device")];
  if (!who && !made) return;
  const waiting = (await store.events()).filter((event) => event.state === "waiting").length;
  await people.change((all) => (all.length ? null : {
    slot: 1, device: who?.device ?? made, since: null, waiting,
    member: who && { id: who.member.id, name: who.member.name }, commune: who && { id: who.commune.id, name: who.commune.name },
  }));
}

// crypto.randomUUID is younger than the oldest browser we serve.
function uuid4(bytes) {
  const raw = [...bytes];
  raw[6] = 0x40 | (raw[6] & 0x0f);
  raw[8] = 0x80 | (raw[8] & 0x3f);
  const text = raw.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
