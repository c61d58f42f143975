/* The rounds of one sync: send what waits, take what comes, until neither is left.

   Never "done" after the first batch: the loop ends when nothing waits here and the server has no more. What an
   answer brings is written down in one transaction before anything else is asked. The network, the clock and the
   store are arguments. */

import { atOf, offsetOf } from "./clock.js";
import { BATCH_BYTES, batchOf, halved, received, tallyOf } from "./outbox.js";
import { ROWS, rowOf } from "./rows.js";

const HOUSEHOLDS_A_PAGE = 500;
const HOUSEHOLDS_AT_FIRST = 100; // whoever has none yet waits for them
export const NEVER = { epoch: null, cursors: {}, offset: 0, last: null, villages: [], settings: {}, left: 0, forget: [], revoked: false, contiguous: null, missing: [], restores: 0, rows: ROWS, signUps: { mark: "", waiting: [] }, done: [] };

/** Run rounds until all is sent and all has come; gives {facts, lists, tooLarge: whether one stayed for that}. Throws Trouble; what was taken before stays taken.

    phone: {store, exchange, enrolment, lists: Map(village → rows), now(), about(tally),
    told({households, waiting}, {facts, lists})}: how far it has come, and what the phone may show of it. */
export async function rounds(phone) {
  let facts = { ...NEVER, rows: null, ...(await phone.store.known("sync")) };
  if (facts.rows !== ROWS) facts = { ...facts, rows: ROWS, cursors: {} };
  let lists = phone.lists;
  let bytes = BATCH_BYTES;
  let came = 0;
  let forms = (await phone.store.known("forms")) ?? { newest: phone.enrolment.questionnaire, all: {} };
  const tooLarge = new Set(); // refused alone: they stay, and must not hold up the others
  for (;;) {
    const events = await phone.store.events();
    const batch = batchOf(events.filter((event) => !tooLarge.has(event.n)), bytes);
    let asked, answer;
    try {
      [asked, answer] = await ask(phone, facts, events, batch, forms.newest, lists.size ? HOUSEHOLDS_A_PAGE : HOUSEHOLDS_AT_FIRST);
    } catch (trouble) {
      if (trouble.code !== "too_large") throw trouble;
      bytes = halved(batch) ?? BATCH_BYTES;
      if (batch.length === 1) tooLarge.add(batch[0].n);
      if (!batch.length) throw trouble;
      continue;
    }
    const restored = facts.epoch !== null && answer.epoch !== facts.epoch;
    const { changed, left } = received(events, answer, facts.epoch);
    const before = facts;
    facts = factsAfter(facts, answer, restored, asked, phone.now());
    const after = merged(events, changed, left);
    const waits = after.some((event) => event.state === "waiting" && !tooLarge.has(event.n));
    const more = restored || Boolean(answer.more);
    const mine = after.some((event) => event.state === "waiting") ? null : facts;
    const down = listsAfter(lists, answer, mine, { restores: facts.restores, all: !more && !waits });
    if (!down.deferred) facts.forget = [];
    // Everything is down now, our own events folded by the server among it: they need not be laid over it any more.
    if (answer.form) forms = formsAfter(forms, answer.form, await phone.store.drafts());
    const settled = more || waits ? [] : after.filter((event) => event.over && event.state !== "waiting");
    await phone.store.take({
      events: merged(changed, settled.map((event) => ({ ...event, over: false })), []),
      left, households: answer.households, gone: down.gone, lists: down.touched, known: { sync: facts, ...(answer.form && { forms }) },
    });
    lists = down.lists;
    came += answer.households.length;
    await phone.told({ households: came, waiting: tallyOf(after).waiting }, { facts, lists });
    if (!more && !waits) return { facts, lists, tooLarge: tooLarge.size > 0 };
    const stuck = !changed.length && !left.length && JSON.stringify(before.cursors) === JSON.stringify(facts.cursors);
    // An answer that takes nothing and brings nothing would go round for ever.
    if (stuck && !answer.households.length) throw Object.assign(new Error("no progress"), { code: "server_down" });
  }
}

// A visit in progress keeps the questionnaire that it was begun with, and the one that was just saved may be opened again.
function formsAfter({ newest, all }, form, drafts) {
  const named = [newest, ...drafts.map((draft) => draft.questionnaire)].filter((name) => all[name]);
  return { newest: form.name, all: { ...Object.fromEntries(named.map((name) => [name, all[name]])), [form.name]: form } };
}

async function ask(phone, facts, events, batch, form, limit) {
  const texts = await phone.store.texts(batch.map((event) => event.n));
  const asked = phone.now();
  const answer = await phone.exchange(phone.enrolment.token, {
    device: phone.enrolment.device, form, epoch: facts.epoch, clock: atOf(asked), cursors: facts.cursors,
    limit, events: texts, sign_ups: facts.signUps.mark, phone: { ...(await phone.about(tallyOf(events))), last: (await phone.store.number()).n },
  });
  return [asked, answer];
}

function factsAfter(facts, answer, restored, asked, answered) {
  const offset = offsetOf(answer.now, asked, answered);
  const again = new Set(answer.households.map((household) => household.id));
  return {
    ...facts,
    epoch: answer.epoch, offset, last: atOf(answered, offset),
    // A restored server may have gone back behind our cursors: everything is asked for from the start.
    cursors: restored ? Object.fromEntries(Object.keys(answer.cursors).map((village) => [village, ""])) : answer.cursors,
    villages: answer.villages, settings: answer.settings ?? facts.settings, revoked: Boolean(answer.revoked),
    restores: facts.restores + (restored ? 1 : 0),
    left: answer.left ?? 0, contiguous: answer.contiguous ?? null, missing: answer.missing ?? [],
    signUps: answer.sign_ups ?? facts.signUps, done: answer.done ?? [],
    forget: [...new Set([...facts.forget.filter((id) => !again.has(id)), ...answer.forget])],
  };
}

/** The lists by village after an answer: {lists, touched, gone, deferred}.

    facts: null while own events wait: then nothing is dropped yet, what is no longer ours goes after they went up.
    restores: how often the server was restored so far; all: nothing more is to come. What came before a restore and not
    again is no more: the server's backup was older than it. */
export function listsAfter(lists, answer, facts, { restores = 0, all = false } = {}) {
  const touched = {};
  const gone = [];
  const rowsOf = (village) => (touched[village] ??= [...(lists.get(village) ?? [])]);
  const villageOf = new Map();
  if (answer.households.length || facts?.forget.length || restores)
    for (const [village, rows] of lists) for (const row of rows) villageOf.set(row.id, village);
  const fresh = new Map(answer.households.map((household) => [household.id, { ...rowOf(household), ...(restores && { restores }) }]));
  for (const row of fresh.values()) {
    rowsOf(row.village);
    if (villageOf.has(row.id)) rowsOf(villageOf.get(row.id));
  }
  const forgotten = new Set(facts?.forget.filter((id) => villageOf.has(id)) ?? []);
  if (facts && all && restores)
    for (const rows of lists.values())
      for (const row of rows) if ((row.restores ?? 0) < restores && !fresh.has(row.id)) forgotten.add(row.id);
  for (const id of forgotten) { rowsOf(villageOf.get(id)); gone.push(id); }
  for (const [village, rows] of Object.entries(touched)) {
    const kept = rows.filter((row) => !fresh.has(row.id) && !forgotten.has(row.id));
    touched[village] = [...kept, ...[...fresh.values()].filter((row) => row.village === village && !forgotten.has(row.id))];
  }
  if (facts)
    for (const [village, rows] of lists)
      if (!(village in answer.cursors) && !(village in facts.cursors)) {
        gone.push(...rows.map((row) => row.id));
        touched[village] = null;
      }
  const after = new Map(lists);
  for (const [village, rows] of Object.entries(touched)) rows ? after.set(village, rows) : after.delete(village);
  return { lists: after, touched, gone, deferred: facts === null };
}

function merged(headers, changed, left) {
  const byNumber = new Map(headers.map((header) => [header.n, header]));
  for (const header of changed) byNumber.set(header.n, header);
  for (const n of left) byNumber.delete(n);
  return [...byNumber.values()];
}
