/* The pretend server of the practice answers as the real one would. */

import assert from "node:assert/strict";
import test from "node:test";
import { pretend, reaches } from "../../static/phone/pretend.js";
import { empty } from "../../static/phone/survey/fold.js";

const SYNC = { villages: [], signUps: { waiting: [] }, done: [] };
const request = (...events) => ({ events: events.map((event) => JSON.stringify(event)), clock: "2026-11-22T05:32:00.000Z", phone: { last: 1 } });

/** A store of one household, which keeps what it is sent. */
function storeOf(household) {
  let kept = household;
  return { known: async () => SYNC, household: async () => kept, take: (households) => { [kept] = households; } };
}

test("a practised visit that was sent is corrected like a real one", async () => {
  reaches.value = true;
  const store = storeOf({ ...empty(), id: "h1", code: "TAP-01", heads: ["h1"] });
  const visit = { kind: "visit", id: "v1", base: ["h1"], household: "h1", at: "2026-11-22T05:31:07.123Z", body: { outcome: "done", house: { internet: "fixed", camera: "yes" } } };
  store.take((await pretend(store)("", request(visit))).households);
  const correct = { kind: "correct", id: "c1", base: ["v1"], household: "h1", at: "2026-11-22T05:31:30.000Z", body: { event: "v1", fields: { house: { internet: "none", camera: null } } } };
  store.take((await pretend(store)("", request(correct))).households);
  const { house, visits, code, heads } = await store.household();
  assert.deepEqual([house, visits, code, heads], [{ internet: "none" }, 1, "TAP-01", ["c1"]]);
});
