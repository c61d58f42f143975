/* The order of visits must not hang on a cheap phone's clock. */

import assert from "node:assert/strict";
import test from "node:test";
import { atOf, dayAfter, dayInWords, dayOf, momentInWords, offsetOf } from "../../static/phone/clock.js";

test("a phone that runs an hour behind is corrected", () => {
  const asked = Date.parse("2026-11-22T04:00:00.000Z");
  const offset = offsetOf("2026-11-22T05:00:01.000Z", asked, asked + 2000);
  assert.equal(offset, 3600_000);
  assert.equal(atOf(asked, offset), "2026-11-22T05:00:00.000Z");
});

test("an answer without a readable time corrects nothing", () => assert.equal(offsetOf("soon", 0, 0), 0));

test("an evening visit belongs to its local day", () => {
  assert.equal(dayOf("2026-11-22T17:00:00.000Z"), "2026-11-23");
});

test("days are counted over the end of a month", () => assert.equal(dayAfter("2026-11-28", 7), "2026-12-05"));

test("days and moments read as people here write them", () => {
  assert.equal(dayInWords("2026-02-03"), "03/02/2026");
  assert.equal(momentInWords("2026-11-22T07:05:00.000Z", "2026-11-22"), "14:05");
  assert.equal(momentInWords("2026-11-21T07:05:00.000Z", "2026-11-22"), "21/11/2026 14:05");
});
