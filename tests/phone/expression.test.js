/* The phone evaluates as the server does: tests/survey/test_expression.py reads the same vectors. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { evaluate } from "../../static/phone/survey/expression.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/expressions.json", import.meta.url), "utf8"));

for (const { expression, tree, values = {}, result } of vectors.evaluate) {
  test(`${expression} with ${JSON.stringify(values)}`, () => {
    const found = evaluate(tree, values);
    // JSON knows no -0.
    assert.deepEqual(found === 0 ? 0 : found, result);
  });
}
