/* The list: unvisited first in lane order, found by what people type. */

import assert from "node:assert/strict";
import test from "node:test";
import { chosen, inOrder, rowOf, standOf } from "../../static/phone/rows.js";
import { empty } from "../../static/phone/survey/fold.js";

const household = (id, more = {}) => ({
  ...empty(), id, code: `15835-01-000${id}`, village: "dong-cho", address: "Ngõ 1",
  people: { a: { name: "Nguyễn Thị Thúy", relation: "spouse" }, b: { name: "Đào Văn Đỗ", relation: "head" } }, ...more,
});
const ids = (rows) => rows.map((row) => row.id).join("");

test("a row carries the head's name", () => assert.equal(rowOf(household(1)).head, "Đào Văn Đỗ"));

test("a household without a head goes by its first person", () =>
  assert.equal(rowOf(household(1, { people: { a: { name: "Lê Lan" } } })).head, "Lê Lan"));

test("unvisited first, then by lane as people count, then by code", () => {
  const rows = [
    household(1, { outcome: "done", visited: true }), household(2, { address: "Ngõ 10" }), household(3, { address: "Ngõ 9" }),
    household(4, { outcome: "absent" }), household(5, { status: "vacant", outcome: "vacant" }),
  ].map(rowOf);
  assert.equal(ids(inOrder(rows)), "32415");
});

test("where somebody is expected by today comes before all, by lane too", () => {
  const rows = [
    household(1), household(2, { outcome: "absent", address: "Ngõ 9", return_on: "2026-11-22" }),
    household(3, { outcome: "done", visited: true, returned: { e: "?" }, returned_on: "2026-11-20" }), household(4, { outcome: "absent", return_on: "2026-11-23" }),
    household(5, { outcome: "done", visited: true, wishes: { a: { epay_open: "2026-11-01" } } }),
  ].map(rowOf);
  assert.equal(ids(inOrder(rows, "2026-11-22")), "32145");
});

test("a returned visit asks to be looked at again", () =>
  assert.equal(standOf(rowOf(household(1, { outcome: "done", returned: { e: "thiếu năm sinh" } }))), "returned"));

test("a done visit with a promise is to be come back to", () =>
  assert.equal(standOf(rowOf(household(1, { outcome: "done", return_on: "2026-12-01" }))), "again"));

for (const query of ["dao", "Đào", "do dao", "ddaof", "nguyeenx thuys", "15835-01-0002", "ngo 1"])
  test(`a household is found by "${query}"`, () => assert.equal(chosen([rowOf(household(2))], { query }).rows.length, 1));

test("a name that is not there is not found", () => assert.equal(chosen([rowOf(household(2))], { query: "tuan" }).rows.length, 0));

test("names typed with their accents come first", () => {
  const rows = [household(1, { people: { a: { name: "Lê Văn Hoa", relation: "head" } } }), household(2, { people: { a: { name: "Lê Văn Hòa", relation: "head" } } })].map(rowOf);
  assert.equal(ids(chosen(rows, { query: "hoà" }).rows), "21");
});

test("the counts follow search and village, not the filter", () => {
  const rows = [household(1), household(2, { outcome: "done", visited: true }), household(3, { village: "noi-hung" })].map(rowOf);
  const { rows: left, counts } = chosen(rows, { village: "dong-cho", filter: "visited" });
  assert.equal(ids(left), "2");
  assert.deepEqual([counts.all, counts.unvisited, counts.visited], [2, 1, 1]);
});
