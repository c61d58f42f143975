/* What a member did, how far their villages are, and the kind word that fits. */

import assert from "node:assert/strict";
import test from "node:test";
import { coverageOf, wordsFor, workOf } from "../../static/phone/work.js";

const TODAY = "2026-11-20";
const visit = (at, body) => ({ kind: "visit", at, body: { outcome: "done", ...body } });
const help = (person, service, result = "done") => ({ person, service, result });

test("what the server counted and what it does not count yet stand together", () => {
  const done = [{ day: "2026-11-13", visits: 9, helped: 9 }, { day: "2026-11-14", visits: 2, helped: 1 }, { day: TODAY, visits: 3, helped: 2 }];
  const events = [
    visit("2026-11-19T18:00:00.000Z", { help: [help("a", "vneid_install"), help("a", "epay_open"), help(null, "zalo_join"), help("b", "sim_4g", "booked")] }),
    visit("2026-11-20T02:00:00.000Z", { outcome: "absent" }),
    { kind: "register", at: "2026-11-20T02:00:00.000Z", body: {} },
  ];
  assert.deepEqual(workOf(done, events, TODAY), { today: { visits: 5, helped: 4 }, week: { visits: 7, helped: 5 } });
});

test("the coverage of my villages leaves out vacant houses and villages that are not mine", () => {
  const row = (outcome, visited, status = "active", village = "dong-cho") => ({ outcome, visited, status, village });
  const rows = [row(null, false), row("done", true), row("absent", true), row("refused", false), row("vacant", false, "vacant"), row(null, false, "active", "other")];
  assert.deepEqual(coverageOf(rows, [{ id: "dong-cho", name: "Đồng Chợ" }]), [{ id: "dong-cho", name: "Đồng Chợ", registered: 4, surveyed: 2, left: 2 }]);
});

test("the kind word is of what was reached", () => {
  const work = (visits, helped) => ({ today: { visits, helped } });
  const part = [{ registered: 2, surveyed: 1 }, { registered: 0, surveyed: 0 }];
  assert.equal(wordsFor(work(0, 0), part), "fresh");
  assert.equal(wordsFor(work(1, 0), part), "visited");
  assert.equal(wordsFor(work(2, 1), part), "helped");
  assert.equal(wordsFor(work(2, 1), [{ registered: 2, surveyed: 2 }]), "whole");
});
