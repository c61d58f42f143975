/* The PIN: how dear a try is, how long the next one waits, and that it wraps a key. */

import assert from "node:assert/strict";
import test from "node:test";
import { isWeak, pauseAfter, roundsFor, seenAt, tried, unwrapped, waitOf, wrapped } from "../../static/phone/pin.js";
import { newKeyBytes } from "../../static/phone/seal.js";

const MINUTE = 60_000;

test("rounds are what takes this phone half a second, within bounds", () => {
  assert.equal(roundsFor(50, 50_000), 500_000);
  assert.equal(roundsFor(100, 50_000), 250_000);
  assert.equal(roundsFor(5_000, 50_000), 100_000); // never fewer, however slow
  assert.equal(roundsFor(1, 50_000), 2_000_000); // never more, however fast
  assert.equal(roundsFor(0, 50_000), 2_000_000); // a clock too coarse to see it
});

test("from the fifth wrong PIN on each pause is twice the last, and at most a quarter of an hour", () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1000].map(pauseAfter);
  assert.deepEqual(pauses, [0, 0, 0, 0, 0, 0.5, 1, 2, 4, 8, 15, 15, 15].map((minutes) => minutes * MINUTE));
});

test("a try waits for what is left of its pause", () => {
  const tries = { wrong: 6, at: 1_000_000 };
  assert.equal(waitOf(tries, 1_000_000), MINUTE);
  assert.equal(waitOf(tries, 1_000_000 + 45_000), 15_000);
  assert.equal(waitOf(tries, 1_000_000 + 2 * MINUTE), 0);
  assert.equal(waitOf(undefined, 5), 0);
});

test("a clock that was set back makes nobody wait for longer than the pause itself", () => {
  const year = 365 * 24 * 60 * MINUTE;
  const tries = { wrong: 20, at: 3 * year };
  assert.equal(waitOf(tries, year), 15 * MINUTE);
  const seen = seenAt(tries, year); // is written down, so that the pause passes by this clock
  assert.equal(waitOf(seen, year + 14 * MINUTE), MINUTE);
  assert.equal(waitOf(seen, year + 15 * MINUTE), 0);
});

test("each try counts one more, from nothing", () => {
  assert.deepEqual(tried(tried(undefined, 5), 9), { wrong: 2, at: 9 });
});

test("what everybody tries first is weak", () => {
  for (const pin of ["000000", "123456", "654321", "1111111", "234567"]) assert.ok(isWeak(pin), pin);
  for (const pin of ["258036", "112233", "135790", "123457"]) assert.ok(!isWeak(pin), pin);
});

test("the PIN opens what it wrapped, another one does not", async () => {
  const bytes = newKeyBytes();
  const record = await wrapped("258036", bytes);
  assert.deepEqual(await unwrapped("258036", record), bytes);
  assert.equal(await unwrapped("258037", record), null);
  assert.ok(!Buffer.from(record.box).includes(Buffer.from(bytes)));
});

test("a phone whose trial was lucky is measured again, so that no try takes longer than it can bear", async () => {
  const times = [0, 25, 0, 2_000, 0, 500]; // the trial, a million rounds, fewer rounds
  const record = await wrapped("258036", newKeyBytes(), () => times.shift());
  assert.equal(record.rounds, 250_000);
});

test("two people with one PIN have other wraps", async () => {
  const bytes = newKeyBytes();
  const [one, other] = [await wrapped("258036", bytes), await wrapped("258036", bytes)];
  assert.notDeepEqual(one.salt, other.salt);
  assert.notDeepEqual(new Uint8Array(one.box), new Uint8Array(other.box));
});
