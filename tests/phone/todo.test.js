/* What is to be done, in one list by its day. */

import assert from "node:assert/strict";
import test from "node:test";
import { partOf, todoOf, waitingOf } from "../../static/phone/todo.js";

const TODAY = "2026-11-20";
const wish = (due, name) => ({ due, kind: "wish", service: "vneid_install", name });

test("overdue, today, within seven days, later", () => {
  const days = ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-27", "2026-11-28"];
  assert.deepEqual(days.map((day) => partOf(day, TODAY)), ["overdue", "today", "week", "week", "later"]);
});

test("one list of doors and of calls, the earliest first; what is due at one door on one day stands together", () => {
  const rows = [
    { id: "a", todo: [{ due: "2026-11-21", kind: "return" }, wish("2026-11-21", "Hoà"), wish("2026-11-30", "Đào")] },
    { id: "b", todo: [] },
    { id: "c", todo: [{ due: "2026-11-18", kind: "returned" }] },
    { id: "of an older version" },
  ];
  const list = todoOf(rows, [{ id: "s", due: "2026-11-20" }]);
  assert.deepEqual(list.map(({ due, row, what, signUp }) => [due, (row ?? signUp).id, what?.length]),
    [["2026-11-18", "c", 1], ["2026-11-20", "s", undefined], ["2026-11-21", "a", 2], ["2026-11-30", "a", 1]]);
});

test("a visit of this phone answers the wish it was made for, unless it found nobody", () => {
  const waiting = [{ id: "s" }, { id: "t" }, { id: "u" }];
  const visit = (outcome, signUp, more) => ({ body: { outcome, sign_up: signUp, ...more } });
  const events = [visit("absent", "s"), visit("done", "t"), visit("done", "u", { consent: { given: false } }), visit("done")];
  assert.deepEqual(waitingOf(waiting, events).map(({ id }) => id), ["s"]);
});
