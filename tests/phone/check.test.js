/* The phone warns of what the server would flag: the vectors are read by tests/survey/test_check.py too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { check } from "../../static/phone/survey/check.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/checks.json", import.meta.url), "utf8"));

for (const vector of vectors)
  test(`check: ${vector.name}`, () => assert.deepEqual(check(vector.event, vector.state), vector.flags));
