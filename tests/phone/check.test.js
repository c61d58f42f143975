/* The phone warns of what the server would flag: the vectors are read by tests/survey/test_check.py too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { check } from "../../static/phone/survey/check.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/checks.json", import.meta.url), "utf8"));

// Members know themselves how fast they were and what time it is.
const OF_THE_SERVER = ["visit_too_fast", "night_visit"];

for (const vector of vectors)
  test(`check: ${vector.name}`, () => assert.deepEqual(check(vector.event, vector.state), vector.flags.filter(({ code }) => !OF_THE_SERVER.includes(code))));
