/* Making this phone a member's: a place for somebody new, sealed as soon as they have chosen a PIN; or again the open
   place. What is on the phone already stays: its id, its numbers, its visits. */

import { atOf, offsetOf } from "./clock.js";
import { goTo, lock, placeForSomebody, welcome } from "./locking.js";
import { askBy, enrolment, headers, kept, refresh } from "./phone.js";
import { NEVER } from "./rounds.js";
import { version } from "./shell.js";
import { enrol } from "./sync.js";
import { newLink, syncNow } from "./when.js";

/** Enrol with a code; throws Trouble. A new place then waits for its PIN, the open one begins to sync. */
export async function begin(code) {
  const store = kept();
  const place = store ? null : await placeForSomebody();
  const device = place?.device ?? enrolment.value.device;
  const asked = Date.now();
  // Visits on this phone belong to their commune: with any left it can't become another's.
  const commune_id = headers.value.length ? enrolment.value?.commune.id ?? null : null;
  let answer;
  try {
    answer = await enrol({ code, device, clock: atOf(asked), version: version(), commune: commune_id, member: store ? enrolment.value.member.id : null });
  } catch (trouble) {
    // Somebody else's card: this place stays whose it is, and they get one of their own beside it.
    if (trouble.code !== "other_member" || !(await lock())) throw trouble;
    goTo("enrol");
    return begin(code);
  }
  await navigator.storage?.persist?.().catch(() => false);
  const { n, after, token, member, commune, questionnaire } = answer;
  // The epoch is left as it was: if the server was restored meanwhile, the next sync must notice.
  const before = store ? await store.known("sync") : null;
  const sync = { ...(before ?? NEVER), offset: offsetOf(answer.now, asked, Date.now()), villages: answer.villages, revoked: false };
  const known = { enrolment: { device, token, member, commune, questionnaire }, sync };
  if (place) return welcome({ slot: place.slot, n, after, known, member, commune });
  await store.continueFrom(n, after);
  await store.take({ known });
  await refresh();
  await askBy();
  newLink();
  return syncNow();
}
