/* The phone folds as the server does: the vectors are the one truth, read by tests/survey/test_fold.py too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { empty, fold } from "../../static/phone/survey/fold.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/folds.json", import.meta.url), "utf8"));
const ofPhones = vectors.filter((vector) => vector.phone);

function comparable({ heads: _heads, contested: _contested, ...state }) {
  return state;
}

test("some vectors are for phones", () => assert.ok(ofPhones.length > 5));

for (const vector of ofPhones) {
  test(`fold: ${vector.name}`, () => {
    const state = fold(empty(), vector.events);
    assert.deepEqual(comparable(state), comparable({ ...empty(), ...vector.state }));
  });

  test(`fold, whatever the order: ${vector.name}`, () => {
    const state = fold(empty(), [...vector.events].reverse());
    assert.deepEqual(comparable(state), comparable({ ...empty(), ...vector.state }));
  });
}

const seen = { ...empty(), village: "dong-cho", heads: ["a"], visits: 1 };
const again = {
  id: "b", kind: "visit", household: "h", at: "2026-11-22T05:31:07.123Z", base: ["a"], body: { outcome: "absent" },
};

test("an event that the server has folded already counts once", () => {
  const state = fold({ ...seen, heads: ["b"], visits: 2 }, [again]);
  assert.equal(state.visits, 2);
});

test("the next author has the phone's own events before them", () => {
  assert.deepEqual(fold(seen, [again]).heads, ["b"]);
});

test("what the server sent stays as it was", () => {
  const before = JSON.stringify(seen);
  fold(seen, [again]);
  assert.equal(JSON.stringify(seen), before);
});

const checked = { ...seen, outcome: "done", back_check: { id: "r1", due: "2026-12-01" } };
const check = (outcome) => fold(checked, [{ ...again, body: { outcome, back_check: "r1" } }]);

test("a check that finds nobody leaves the house as it was and waits on", () => {
  assert.deepEqual([check("absent").outcome, check("absent").back_check.id], ["done", "r1"]);
});

test("a check that was made is asked for no more", () => assert.deepEqual([check("done").outcome, check("done").back_check], ["done", null]));

test("the next survey answers what was given back", () => {
  const back = { ...seen, returned: { a: "hỏi lại" }, returned_on: "2026-11-20" };
  assert.deepEqual(fold(back, [{ ...again, body: { outcome: "done" } }]).returned, {});
  assert.deepEqual(fold(back, [again]).returned, { a: "hỏi lại" });
});
