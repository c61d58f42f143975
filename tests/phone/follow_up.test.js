/* The phone knows what is still to be done as the server does: the vectors are read by tests/survey/test_follow_up.py too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { empty } from "../../static/phone/survey/fold.js";
import { followUps } from "../../static/phone/survey/follow_up.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/follow_ups.json", import.meta.url), "utf8"));

for (const { name, state, due } of vectors)
  test(`follow-ups: ${name}`, () => {
    const found = followUps({ ...empty(), ...state });
    assert.deepEqual(found.map((each) => [each.due, each.kind, each.who, each.service]), due);
  });
