/* Making this phone a member's. What is on the phone already stays: its id, its numbers, its visits. */

import { enrolment, headers, kept, loadQuestionnaire, refresh } from "./phone.js";
import { NEVER } from "./rounds.js";
import { atOf, offsetOf } from "./clock.js";
import { enrol } from "./sync.js";
import { version } from "./shell.js";
import { link, syncNow } from "./when.js";

/** Enrol this phone with a code, and begin to sync; throws Trouble. */
export async function begin(code) {
  const store = kept();
  const device = enrolment.value?.device ?? (await newDevice(store));
  const asked = Date.now();
  // Visits on this phone belong to their commune: with any left it can't become another's.
  const commune_id = headers.value.length ? enrolment.value?.commune.id ?? null : null;
  const answer = await enrol({ code, device, clock: atOf(asked), version: version(), commune: commune_id });
  const offset = offsetOf(answer.now, asked, Date.now());
  await store.continueFrom(answer.n, answer.after);
  const { token, member, commune, questionnaire } = answer;
  // The epoch is left as it was: if the server was restored meanwhile, the next sync must notice.
  const said = { ...((await store.known("sync")) ?? NEVER), offset, villages: answer.villages, revoked: false };
  await store.take({ known: { enrolment: { device, token, member, commune, questionnaire }, sync: said } });
  await navigator.storage?.persist?.().catch(() => false);
  await loadQuestionnaire(questionnaire);
  await refresh();
  link.value = { doing: false, trouble: null, households: 0 };
  syncNow();
}

// Made once and kept before it is used: an enrolment whose answer is lost must come again from the same device.
async function newDevice(store) {
  const known = await store.known("device");
  if (known) return known;
  const made = crypto.randomUUID?.() ?? uuid4(crypto.getRandomValues(new Uint8Array(16)));
  await store.keep("device", made);
  return made;
}

// crypto.randomUUID is younger than the oldest browser we serve.
function uuid4(bytes) {
  const raw = [...bytes];
  raw[6] = 0x40 | (raw[6] & 0x0f);
  raw[8] = 0x80 | (raw[8] & 0x3f);
  const text = raw.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
