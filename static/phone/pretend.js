/* A commune to practise in: pretend households, and a pretend server that answers as long as its network is switched on.

   Nothing of it can leave: the store is one of its own, what is sent goes to the function here, and the events carry neither a
   phone nor a number but the mark `practice`, by which the real server would hold them for ever. */

import { dayAfter, dayOf } from "./clock.js";
import { NEVER } from "./rounds.js";
import { rowOf } from "./rows.js";
import { sha256 } from "./seal.js";
import { signal } from "./signals.js";
import { empty, fold } from "./survey/fold.js";
import { Trouble } from "./sync.js";
import { waitingOf } from "./todo.js";
import { doneBy } from "./work.js";

const PLACE = "practice";

/** Whether the pretend network reaches the pretend server. */
export const reaches = signal(false);

/** A household is its lane and what it has besides people: [name, year, sex, relation, answers]. */
const HOUSES = (ago) => [
  ["Ngõ 1", {}, [["Nguyễn Văn Tập", 1975, "male", "head"], ["Trần Thị Thử", 1978, "female", "spouse"], ["Nguyễn Tập Con", 2018, "male", "child"], ["Lê Thị Mẫu", 1950, "female", "parent"]]],
  ["Ngõ 1", {}, [["Bùi Thị Ví Dụ", 1944, "female", "head"]]],
  ["Ngõ 2", { outcome: "absent", day: ago(2), visits: 1, return_on: ago(0) }, [["Hoàng Văn Vắng", 1982, "male", "head"]]],
  ["Ngõ 2", surveyed(ago(9), { wishes: { pppppppp4b: { vneid_install: ago(-2) } } }), [
    ["Phạm Văn Quen", 1968, "male", "head", { phone: "smartphone", network_4g: "yes", vneid: "level2" }],
    ["Vũ Thị Chờ", 1970, "female", "spouse", { phone: "smartphone", network_4g: "yes", vneid: "none", wants: ["vneid_install"] }]]],
  ["Ngõ 3", surveyed(ago(5), { returned: { 5: "Hỏi lại giúp năm sinh của bà." }, returned_on: ago(1) }), [["Đỗ Thị Hỏi Lại", 1955, "female", "head", { phone: "basic" }]]],
];

const surveyed = (day, more) => ({
  outcome: "done", visited: true, visits: 1, day, year: Number(day.slice(0, 4)), consent: { given: true, text: "consent-1", day }, ...more,
});

function households(today) {
  return HOUSES((days) => dayAfter(today, -days)).map(([address, state, people], i) => {
    const id = `0192f000-0000-7000-8000-00000000000${i + 1}`;
    const known = people.map(([name, birth_year, sex, relation, answers], j) =>
      [`pppppppp${i + 1}${"abcd"[j]}`, { name, birth_year, sex, relation, residence: "permanent", ...answers }]);
    return { ...empty(), ...state, id, code: `TAP-0${i + 1}`, token: null, village: PLACE, villages: [PLACE], address, people: Object.fromEntries(known), heads: [id] };
  });
}

/** Fill a store as a first sync would. words: {member, commune, village}. */
export async function fill(store, questionnaire, now, words) {
  const today = dayOf(now);
  const all = households(today);
  const villages = [{ id: PLACE, name: words.village }];
  const signUp = { id: "0192f000-0000-4000-8000-000000000001", village: PLACE, name: "Trần Thị Thử", phone: "+84900000000", wishes: ["epay_open"], due: dayAfter(today, 2) };
  const enrolment = {
    device: PLACE, token: PLACE, member: { id: PLACE, name: words.member }, commune: { id: PLACE, name: words.commune, key: null }, questionnaire,
    practice: true,
  };
  const sync = { ...NEVER, epoch: PLACE, cursors: { [PLACE]: PLACE }, last: now, villages, contiguous: 0, signUps: { mark: PLACE, waiting: [signUp] } };
  await store.clear();
  await store.take({ households: all, lists: { [PLACE]: all.map(rowOf) }, known: { enrolment, sync } });
}

/** The pretend server over this store: what sync.js exchange() gives, or its Trouble. */
export const pretend = (store) => async (_token, request) => {
  if (!reaches.value) throw new Trouble("no_network");
  const { villages, signUps, done } = await store.known("sync");
  const events = request.events.map((text) => JSON.parse(text));
  const changed = new Map();
  for (const { household: id } of events) {
    const before = (await store.household(id)) ?? empty();
    // All that was ever heard is folded anew: what was sent may be corrected.
    const { first = before, heard = [] } = before;
    const all = [...heard, ...events.filter((event) => event.household === id)];
    changed.set(id, { ...fold(first, all), id, code: before.code ?? "TAP-00", token: null, first, heard: all });
  }
  const receipts = await Promise.all(request.events.map(async (text, i) => ({ id: events[i].id, sha256: await sha256(text), outcome: "stored" })));
  return {
    epoch: PLACE, now: request.clock, receipts, contiguous: request.phone.last, confirmed: 0, households: [...changed.values()], forget: [], villages,
    cursors: { [PLACE]: request.clock }, more: false, sign_ups: { mark: PLACE, waiting: waitingOf(signUps.waiting, events) },
    done: [...done, ...doneBy(events)],
  };
};
