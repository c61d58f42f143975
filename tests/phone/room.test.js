/* A phone that gets full says so while there is still room. */

import assert from "node:assert/strict";
import test from "node:test";
import { freeMb, isScarce } from "../../static/phone/room.js";

const MB = 1_000_000;

test("little is left under 20 MB, or when four fifths are used", () => {
  assert.ok(!isScarce({ quota: 1000 * MB, used: 100 * MB }));
  assert.ok(isScarce({ quota: 1000 * MB, used: 801 * MB }));
  assert.ok(isScarce({ quota: 50 * MB, used: 31 * MB }));
  assert.ok(!isScarce({ quota: 50 * MB, used: 29 * MB }));
});

test("a browser that does not say is not called full", () => {
  assert.ok(!isScarce({ quota: null, used: null }));
  assert.equal(freeMb({ quota: null, used: null }), null);
});

test("what is left is told in whole megabytes, and never below none", () => {
  assert.equal(freeMb({ quota: 30 * MB, used: 12.4 * MB }), 17);
  assert.equal(freeMb({ quota: 1 * MB, used: 12 * MB }), 0);
});
