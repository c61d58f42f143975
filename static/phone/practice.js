/* Into the place to practise in, and out again. It has a database of its own and a key that needs no PIN: nothing in it is anybody's. */

import { atOf, dayOf } from "./clock.js";
import { door, lock } from "./locking.js";
import { askBy, begin, kept } from "./phone.js";
import { fill, reaches } from "./pretend.js";
import { goInstead } from "./route.js";
import { keyOf, newKeyBytes } from "./seal.js";
import { openStore } from "./store.js";
import { newLink, syncNow } from "./when.js";
import { _ } from "./words.js";

const SLOT = "practice";
const store = openStore("tung-nha-practice");

/** Lock whatever stands open, and practise: where one stopped today, on another day from the start. */
export async function practise() {
  // The commune's own questions, as the place that stands open has them.
  const forms = await kept()?.known("forms");
  if (door.value.at === "open" && !(await lock())) return;
  const { data = await keyOf(newKeyBytes()) } = await store.keys();
  await store.keepKey("data", data);
  store.unlock(data);
  const { last } = (await store.known("sync")) ?? {};
  if (!last || dayOf(last) !== dayOf(atOf(Date.now()))) await fillAnew();
  if (forms) await store.take({ known: { forms } });
  await enter();
}

/** Begin the practice anew. */
export async function again() {
  store.unlock((await store.keys()).data);
  await fillAnew();
  await enter();
}

/** Back to the real work's door. */
export async function leave() {
  if (await lock()) goInstead("list");
}

async function fillAnew() {
  reaches.value = false;
  const forms = await store.known("forms");
  await fill(store, "household-1", atOf(Date.now()), { member: _("Người tập"), commune: _("Xã tập"), village: _("Thôn tập") });
  if (forms) await store.take({ known: { forms } });
}

async function enter() {
  await begin(store);
  await askBy();
  goInstead("list");
  door.value = { at: "open", slot: SLOT };
  newLink();
  syncNow();
}
