/* An event leaves the outbox only by its own receipt, and the phone only when a backup has it. */

import assert from "node:assert/strict";
import test from "node:test";
import { batchOf, halved, lackOf, next, pauseOf, received, STEPS, tallyOf } from "../../static/phone/outbox.js";

const event = (n, more = {}) =>
  ({ n, state: "waiting", sha256: `hash-${n}`, bytes: 1000, reason: null, over: true, at: `2026-11-22T05:0${n}:00.000Z`, ...more });
const answer = (more = {}) => ({ epoch: "e1", receipts: [], confirmed: 0, missing: [], ...more });
const receipt = (n, outcome, reason = null) => ({ id: `id-${n}`, sha256: `hash-${n}`, outcome, reason });

test("every step leads to a state that has a name", () => {
  for (const steps of Object.values(STEPS)) for (const state of Object.values(steps)) assert.ok(state in STEPS);
});

test("a step that is not in the table changes nothing", () => {
  assert.equal(next("waiting", "confirmed"), "waiting");
});

test("the oldest go first, as many as fit", () => {
  assert.deepEqual(batchOf([event(3), event(1), event(2)], 2500).map((one) => one.n), [1, 2]);
});

test("one that is larger than the limit goes alone", () => {
  assert.deepEqual(batchOf([event(1, { bytes: 9000 }), event(2)], 2500).map((one) => one.n), [1]);
});

test("what was received is not sent again", () => {
  assert.deepEqual(batchOf([event(1, { state: "stored" }), event(2)]).map((one) => one.n), [2]);
});

test("a batch too large is halved until one is left", () => {
  assert.equal(halved([event(1), event(2), event(3)]), 1500);
  assert.equal(halved([event(1)]), null);
});

test("only its own receipt takes an event out of the outbox", () => {
  const { changed } = received([event(1), event(2)], answer({ receipts: [receipt(2, "stored")] }), "e1");
  assert.deepEqual(changed.map((one) => [one.n, one.state]), [[2, "stored"]]);
});

test("a receipt for another text under the same id is not its receipt", () => {
  const other = { id: "id-1", sha256: "another", outcome: "stored", reason: null };
  assert.deepEqual(received([event(1)], answer({ receipts: [other] }), "e1").changed, []);
});

test("an unknown outcome is no receipt", () => {
  assert.deepEqual(received([event(1)], answer({ receipts: [receipt(1, "lost")] }), "e1").changed, []);
});

test("a held event keeps its reason", () => {
  const { changed } = received([event(1)], answer({ receipts: [receipt(1, "held", "foreign_village")] }), "e1");
  assert.deepEqual([changed[0].state, changed[0].reason], ["held", "foreign_village"]);
});

test("an event stays on the phone until a backup has it", () => {
  const sent = [event(1, { state: "stored" }), event(2, { state: "known" }), event(3, { state: "held" })];
  assert.deepEqual(received(sent, answer({ confirmed: 2 }), "e1").left, [1, 2]);
});

test("what still waits never leaves, whatever is confirmed", () => {
  assert.deepEqual(received([event(1)], answer({ confirmed: 9 }), "e1"), { changed: [], left: [] });
});

test("a restored server is offered again all that the phone holds", () => {
  const held = [event(1, { state: "stored" }), event(2, { state: "held" })];
  const { changed, left } = received(held, answer({ epoch: "e2", confirmed: 1 }), "e1");
  assert.deepEqual(changed.map((one) => one.state), ["waiting", "waiting"]);
  assert.deepEqual(left, []);
});

test("a receipt of the restored server's first answer counts", () => {
  const { changed } = received([event(1)], answer({ epoch: "e2", receipts: [receipt(1, "stored")] }), "e1");
  assert.equal(changed[0].state, "stored");
});

test("a first answer is not a restore", () => {
  assert.deepEqual(received([event(1, { state: "stored" })], answer(), null).changed, []);
});

test("a number that the server misses is offered again", () => {
  const { changed } = received([event(1, { state: "stored" })], answer({ missing: [1] }), "e1");
  assert.equal(changed[0].state, "waiting");
});

test("the tally says how many wait and since when", () => {
  const tally = tallyOf([event(1, { state: "stored" }), event(3), event(2), event(4, { state: "held" })]);
  assert.deepEqual(tally, { waiting: 2, received: 1, held: 1, oldest: "2026-11-22T05:02:00.000Z" });
});

test("pauses grow, differ by luck, and end at a quarter of an hour", () => {
  assert.ok(pauseOf(0, 0) >= 2500 && pauseOf(0, 1) <= 5000);
  assert.ok(pauseOf(3, 0.5) > pauseOf(1, 0.5));
  assert.ok(pauseOf(99, 1) <= 15 * 60_000);
});

test("the server's count agrees only when it has every number that the phone gave", () => {
  const nothing = { waiting: 0 };
  assert.equal(lackOf(nothing, 4, { contiguous: 4, missing: [] }), 0);
  assert.equal(lackOf(nothing, 4, { contiguous: 1, missing: [2, 3] }), 2);
  assert.equal(lackOf(nothing, 4, { contiguous: 3, missing: [] }), 1);
  assert.equal(lackOf(nothing, 4, { contiguous: null, missing: [] }), 0, "before the first answer");
  assert.equal(lackOf({ waiting: 1 }, 4, { contiguous: 1, missing: [2] }), 0, "what waits is no lack");
});
