/* The phone folds and finds names as the server does: tests/survey/test_text.py reads the same vectors. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { folded, matches, nameProblem, nfc, rank, readings, searcher } from "../../static/phone/survey/text.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/text.json", import.meta.url), "utf8"));

for (const { text, folded: key } of vectors.folded) test(`fold ${text}`, () => assert.equal(folded(text), key));
for (const { text, nfc: composed } of vectors.nfc) test(`compose ${composed}`, () => assert.equal(nfc(text), composed));
for (const { query, readings: ways } of vectors.readings) test(`read ${query}`, () => assert.deepEqual(readings(query), ways));
for (const { query, name, rank: place } of vectors.rank) test(`${query} in ${name}`, () => assert.equal(rank(query, name), place));
for (const { query, key, matches: found } of vectors.matches) {
  test(`${query} in ${key}`, () => assert.equal(matches(query, key), found));
}
for (const { name, problem } of vectors.name_problem) test(`doubt about ${name}`, () => assert.equal(nameProblem(name), problem));

test("12,000 names are searched within a keystroke", () => {
  const names = Array.from({ length: 12000 }, (_, place) => `Nguyễn Văn Hoà ${place % 97}`);
  const keys = names.map(folded);
  const before = performance.now();
  const find = searcher("hoà nguyeenx");
  assert.equal(keys.filter((key) => find(key) !== null).length, 12000);
  assert.ok(performance.now() - before < 500);
});
