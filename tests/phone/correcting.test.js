/* A saved visit that is opened again: what is different becomes a correction of it. */

import assert from "node:assert/strict";
import test from "node:test";
import { reopened } from "../../static/phone/correcting.js";
import { empty, fold } from "../../static/phone/survey/fold.js";
import { answered, bodyOf, done, eventsOf, newDraft, withArrival, withPerson } from "../../static/phone/visit.js";

const HOA = "hoa0000001";
const LAN = "lan0000001";
const GIVEN = { given: true, text: "consent-1", sha256: "0e", purposes: ["survey"], method: "spoken" };
const state = { ...empty(), village: "dong-cho", heads: ["e1"], people: { [HOA]: { name: "Lê Thị Hoà", birth_year: 1958 } } };
const asks = (person) => (person === null ? ["camera"] : ["answered_by", "phone", "vneid"]);
const draftOf = (more = {}) => ({
  ...newDraft({ id: "v1", household: "h1", at: "2026-11-22T05:31:07.123Z", questionnaire: "household-1" }), outcome: "done", consent: GIVEN, ...more,
});

// A saved draft as it is opened again, with what it said.
function again(saved, known = state) {
  const draft = reopened(saved, "c1");
  return { ...draft, corrects: { ...draft.corrects, said: bodyOf(draft, known, asks) } };
}

test("a saved visit that is opened again becomes a correction of what is different, and nothing else", () => {
  const said = answered(answered(draftOf(), HOA, "phone", "smartphone"), null, "camera", "yes");
  const draft = again(answered(said, HOA, "vneid", "none"));
  assert.deepEqual(eventsOf(draft, state, asks), []);
  const changed = answered(answered({ ...draft, outcome: "partly" }, HOA, "phone", "basic"), HOA, "vneid", undefined);
  const fields = { outcome: "partly", people: { [HOA]: { phone: "basic", vneid: null } } };
  assert.deepEqual(eventsOf(changed, state, asks), [["correct", "c1", ["v1"], { event: "v1", fields }, "h1"]]);
  assert.deepEqual(again(changed).corrects.event, "v1");
});

test("a correction folds to what the visit should have said", () => {
  const saved = answered(withPerson(draftOf({ found: { village: "dong-cho", address: "" } }), LAN, { name: "Lan", birth_year: 1990 }), LAN, "phone", "smartphone");
  const events = eventsOf(saved, empty(), asks);
  const [correction] = eventsOf(answered(answered(again(saved, empty()), LAN, "name", "Đỗ Lan"), LAN, "phone", undefined), empty(), asks);
  const at = "2026-11-22T05:31:07.123Z";
  const folded = fold(empty(), [...events, correction].map(([kind, id, base, body, household]) => ({ kind, id, base, body, household, at })));
  assert.deepEqual([folded.people[LAN].name, folded.people[LAN].birth_year, folded.people[LAN].phone, folded.visits], ["Đỗ Lan", 1990, undefined, 1]);
});

test("what is said of somebody who came while the visit is corrected stands over what was known of them", () => {
  const at = (second) => `2026-11-22T05:31:0${second}.000Z`;
  const before = eventsOf(draftOf(), state, asks).map(([kind, id, base, body, household]) => ({ kind, id, base, body, household, at: at(1) }));
  const house = { ...empty(), id: "h2", heads: ["e9"], people: { [LAN]: { name: "Đỗ Lan", phone: "none", vneid: "none", benefit: "cash" } } };
  const came = withArrival(again(draftOf()), LAN, { house, ids: ["m1", "m2"], names: ["name", "phone", "vneid", "benefit"] });
  const helped = done(answered(came, LAN, "phone", "smartphone"), { person: LAN, service: "vneid_activate", value: "level2", also: ["vneid_install"] });
  const after = eventsOf(helped, state, asks).filter(([, , , , household]) => household === "h1");
  const folded = fold(state, [...before, ...after.map(([kind, id, base, body, household]) => ({ kind, id, base, body, household, at: at(2) }))]);
  const { name, phone, vneid, benefit } = folded.people[LAN];
  assert.deepEqual([name, phone, vneid, benefit], ["Đỗ Lan", "smartphone", "level2", "cash"]);
});

test("a correction that goes on after the phone was killed, the visit known by then, takes nothing else back", () => {
  const asked = (person) => (person === null ? ["camera", "internet"] : []);
  const defaults = { internet: "none" };
  const saved = answered(draftOf(), null, "camera", "yes");
  const [[kind, id, base, body, household]] = eventsOf(saved, state, asked, defaults);
  const draft = reopened(saved, "c1");
  draft.corrects.said = bodyOf(draft, state, asked, defaults);
  const known = fold(state, [{ kind, id, base, body, household, at: "2026-11-22T05:31:07.123Z" }]);
  assert.equal(known.house.internet, "none");
  assert.deepEqual(eventsOf(draft, known, asked, defaults), []);
});
