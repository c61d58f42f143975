/* The phone folds, finds and orders names as the server does: tests/survey/test_text.py reads the same vectors. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { folded, matches, nameProblem, nfc, rank, readings, searcher, sortKey } from "../../static/phone/survey/text.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/text.json", import.meta.url), "utf8"));

for (const { text, folded: key } of vectors.folded) test(`fold ${text}`, () => assert.equal(folded(text), key));
for (const { text, nfc: composed } of vectors.nfc) test(`compose ${composed}`, () => assert.equal(nfc(text), composed));
for (const { query, readings: ways } of vectors.readings) test(`read ${query}`, () => assert.deepEqual(readings(query), ways));
for (const { query, name, rank: place } of vectors.rank) test(`${query} in ${name}`, () => assert.equal(rank(query, name), place));
for (const { query, key, matches: found } of vectors.matches) {
  test(`${query} in ${key}`, () => assert.equal(matches(query, key), found));
}
for (const { name, key } of vectors.sort_key) test(`key of ${name}`, () => assert.equal(sortKey(name), key));
for (const { name, problem } of vectors.name_problem) test(`doubt about ${name}`, () => assert.equal(nameProblem(name), problem));

for (const { names } of vectors.in_order) {
  test(`order from ${names[0]}`, () => {
    const keys = names.map(sortKey);
    assert.deepEqual(keys, [...keys].sort());
  });
}

test("the order agrees with the browser's own once names are split", () => {
  const collator = new Intl.Collator("vi");
  const parts = (name) => {
    const words = name.split(" ");
    return [words.at(-1), words.length > 1 ? words[0] : "", words.slice(1, -1).join(" ")];
  };
  const byCollator = (one, other) => {
    const [mine, theirs] = [parts(one), parts(other)];
    return [0, 1, 2].map((place) => collator.compare(mine[place], theirs[place])).find(Boolean) ?? 0;
  };
  const names = vectors.in_order.flatMap((vector) => vector.names);
  const byKey = (one, other) => (sortKey(one) < sortKey(other) ? -1 : sortKey(one) > sortKey(other) ? 1 : 0);
  for (const one of names) {
    for (const other of names) assert.equal(byKey(one, other), Math.sign(byCollator(one, other)), `${one}, ${other}`);
  }
});

test("12,000 names are searched within a keystroke", () => {
  const names = Array.from({ length: 12000 }, (_, place) => `Nguyễn Văn Hoà ${place % 97}`);
  const keys = names.map(folded);
  const before = performance.now();
  const find = searcher("hoà nguyeenx");
  assert.equal(keys.filter((key) => find(key) !== null).length, 12000);
  assert.ok(performance.now() - before < 500);
});
