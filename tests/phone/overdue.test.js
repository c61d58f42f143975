/* Visits that wait too long are said over the list. */

import assert from "node:assert/strict";
import test from "node:test";
import { overdueOf } from "../../static/phone/outbox.js";

const NOW = "2026-11-22T05:00:00.000Z";
const BEFORE = "2026-11-20T05:00:00.000Z"; // two days
const ALMOST = "2026-11-20T05:00:00.001Z";
const waiting = (oldest) => ({ waiting: 3, received: 0, held: 0, oldest });

test("visits that have waited for two days are overdue", () => {
  assert.deepEqual(overdueOf(waiting(BEFORE), NOW, NOW), { count: 3, days: 2, silent: false });
  assert.equal(overdueOf(waiting(ALMOST), NOW, NOW), null);
});

test("young visits are overdue when the server was not reached for two days", () => {
  assert.deepEqual(overdueOf(waiting(ALMOST), "2026-11-18T05:00:00.000Z", NOW), { count: 3, days: 4, silent: true });
  assert.equal(overdueOf(waiting(ALMOST), ALMOST, NOW), null);
});

test("where nothing waits nothing is overdue, however long ago the last contact was", () => {
  assert.equal(overdueOf({ waiting: 0, received: 5, held: 0, oldest: null }, "2026-11-01T05:00:00.000Z", NOW), null);
});

test("a phone that never reached the server is measured by its visits alone", () => {
  assert.equal(overdueOf(waiting(ALMOST), null, NOW), null);
  assert.equal(overdueOf(waiting(BEFORE), null, NOW).days, 2);
});
