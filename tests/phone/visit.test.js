/* What a draft becomes: stated is what was said, confirmed is what was not said anew, and nothing that does not apply. */

import assert from "node:assert/strict";
import test from "node:test";
import { empty, fold } from "../../static/phone/survey/fold.js";
import { below } from "../../static/phone/survey/service.js";
import {
  afterHelp, allConfirmed, answered, asFound, confirmed, consentStands, done, eventsOf, helped, livingHere, newDraft, stepOf, unnamed,
  withArrival, withoutPerson, withPerson,
} from "../../static/phone/visit.js";

const HOA = "hoa0000001";
const DAO = "dao0000001";
const GIVEN = { given: true, text: "consent-1", sha256: "0e", purposes: ["survey"], method: "spoken" };
const state = {
  ...empty(), village: "dong-cho", heads: ["e1"], house: { internet: "fixed" },
  people: {
    [HOA]: { name: "Lê Thị Hoà", birth_year: 1958, sex: "female", relation: "head", residence: "permanent", phone: "basic", network_4g: "no" },
    [DAO]: { name: "Đào Văn Đỗ", birth_year: 1984, sex: "male", relation: "child", residence: "left", phone: "smartphone" },
  },
};
const draftOf = (more = {}) => ({
  ...newDraft({ id: "v1", household: "h1", at: "2026-11-22T05:31:07.123Z", questionnaire: "household-1" }),
  outcome: "done", consent: GIVEN, ...more,
});
// 4G is asked only of those with a phone, as in the questionnaire.
const asks = (person, values) =>
  person === null ? ["internet", "camera"] : ["answered_by", "phone", ...(values.phone === "none" ? [] : ["network_4g"]), "vneid"];
const visitOf = (draft, known = state) => eventsOf(draft, known, asks).at(-1)[3];

test("what nobody said is in no event", () => {
  const body = visitOf(draftOf());
  assert.deepEqual([body.house, body.people, body.confirmed], [{}, {}, { house: [], people: {} }]);
});

test("a draft names the events that its author had before them", () => {
  assert.deepEqual(eventsOf(draftOf(), state, asks).map(([kind, id, base]) => [kind, id, base]), [["visit", "v1", ["e1"]]]);
});

test("what was said is stated", () => {
  const body = visitOf(answered(answered(draftOf(), null, "camera", "yes"), HOA, "phone", "smartphone"));
  assert.deepEqual(body.house, { camera: "yes" });
  assert.deepEqual(body.people, { [HOA]: { phone: "smartphone" } });
});

test("an answer taken back was never said", () => {
  const body = visitOf(answered(answered(draftOf(), HOA, "phone", "smartphone"), HOA, "phone", undefined));
  assert.deepEqual(body.people, {});
});

test("an answer leaves with the question it hung on", () => {
  const draft = answered(answered(draftOf(), HOA, "network_4g", "yes"), HOA, "phone", "none");
  assert.deepEqual(visitOf(draft).people, { [HOA]: { phone: "none" } });
});

test("unchanged is confirmed, not stated", () => {
  const body = visitOf(confirmed(confirmed(draftOf(), null), HOA));
  assert.deepEqual([body.house, body.people], [{}, {}]);
  assert.deepEqual(body.confirmed, { house: ["internet"], people: { [HOA]: ["phone", "network_4g"] } });
});

test("what was said of a confirmed person is stated and not confirmed", () => {
  const body = visitOf(answered(confirmed(draftOf(), HOA), HOA, "phone", "smartphone"));
  assert.deepEqual(body.confirmed.people, { [HOA]: ["network_4g"] });
});

test("nothing changed: all who live here are confirmed, and the visit is done", () => {
  const draft = allConfirmed(draftOf({ outcome: null }), state);
  assert.equal(draft.outcome, "done");
  assert.deepEqual(draft.confirmed, { house: true, people: { [HOA]: true } });
});

test("who answered is said with each person's answers", () => {
  const draft = answered(draftOf({ respondent: HOA }), HOA, "phone", "none");
  assert.equal(visitOf(draft).people[HOA].answered_by, "self");
  assert.equal(visitOf({ ...draft, respondent: "other_adult" }).people[HOA].answered_by, "proxy");
});

test("a name that was mended is stated, one that stayed is not", () => {
  const draft = answered(answered(draftOf(), HOA, "name", "Lê Thị Hòa"), HOA, "birth_year", 1958);
  assert.deepEqual(visitOf(draft).people, { [HOA]: { name: "Lê Thị Hòa" } });
});

test("a no to the consent makes a refusal that keeps no answer", () => {
  const draft = answered(draftOf({ consent: { ...GIVEN, given: false } }), HOA, "phone", "smartphone");
  const body = visitOf(draft);
  assert.deepEqual([body.outcome, body.people, body.consent.given], ["refused", {}, false]);
});

test("nobody at home says nothing, whatever was tapped before", () => {
  const body = visitOf(answered(draftOf({ outcome: "absent", consent: null, return_on: "2026-12-01" }), null, "camera", "yes"));
  assert.deepEqual([body.house, body.return_on, body.respondent], [{}, "2026-12-01", null]);
});

const FOUND = { village: "dong-cho", address: "Ngõ 9" };
const newcomer = { name: "Bùi Thị Lan", birth_year: 1990, sex: "female", relation: "head", residence: "permanent", phone: "none" };

test("a household found at the door is registered first, with its people", () => {
  const draft = withPerson(draftOf({ found: FOUND }), "lan0000001", newcomer);
  const [[, id, base, register], [, , after, visit]] = eventsOf(draft, empty(), asks);
  assert.deepEqual([id, base, after], ["h1", [], ["h1"]]);
  assert.deepEqual(register.people.map((person) => person.name), ["Bùi Thị Lan"]);
  assert.deepEqual(visit.people, { lan0000001: { phone: "none" } });
});

test("without consent nobody's name is kept", () => {
  const draft = withPerson(draftOf({ found: FOUND, consent: { ...GIVEN, given: false } }), "lan0000001", newcomer);
  assert.deepEqual(eventsOf(draft, empty(), asks)[0][3].people, []);
});

test("a person added to a known household is stated whole", () => {
  const draft = withPerson(draftOf(), "lan0000001", newcomer);
  assert.deepEqual(visitOf(draft).people, { lan0000001: newcomer });
});

test("a person added and left without a name was not meant", () => {
  const draft = withPerson(draftOf(), "lan0000001", {});
  assert.deepEqual(unnamed(draft), ["lan0000001"]);
  assert.deepEqual(withoutPerson(draft, "lan0000001"), draftOf());
});

test("help of one service stands once, and is taken back by no result", () => {
  const help = (result) => ({ person: HOA, service: "vneid_install", result });
  const once = helped(helped(draftOf(), help("started")), help("done"));
  assert.deepEqual(once.help, [help("done")]);
  assert.deepEqual(helped(once, help(null)).help, []);
});

test("done help shows as the answer as left", () => {
  const draft = helped(draftOf(), { person: HOA, service: "vneid_activate", result: "done", value: "level2" });
  assert.equal(afterHelp(draft, HOA, "vneid", "none"), "level2");
});

test("known answers stand under what was said", () => {
  const found = asFound(answered(draftOf(), HOA, "phone", "smartphone"), state);
  assert.deepEqual([found.people[HOA].phone, found.people[HOA].network_4g, found.house.internet], ["smartphone", "no", "fixed"]);
});

test("a consent stands for its own text only", () => {
  const given = { consent: { given: true, text: "consent-1", day: "2026-10-01" } };
  assert.ok(consentStands(given, "consent-1"));
  assert.ok(!consentStands(given, "consent-2"));
  assert.ok(!consentStands({ consent: { ...given.consent, given: false } }, "consent-1"));
});

test("a default is stated once anything is said of the house or person, and gives way to any answer", () => {
  const defaults = { camera: "no" };
  const houseOf = (draft, known = state) => eventsOf(draft, known, asks, defaults).at(-1)[3].house;
  assert.deepEqual(houseOf(draftOf()), {});
  assert.deepEqual(houseOf(answered(draftOf(), null, "internet", "none")), { internet: "none", camera: "no" });
  assert.deepEqual(houseOf(answered(draftOf(), null, "camera", "yes")), { camera: "yes" });
  assert.deepEqual(houseOf(answered(draftOf(), null, "internet", "none"), { ...state, house: { camera: "yes" } }), { internet: "none" });
});

const LAN = "lan0000001";
const NAMES = ["name", "birth_year", "sex", "relation", "residence", "phone"];
const hers = { ...empty(), id: "h2", heads: ["e9"], people: { [LAN]: { ...newcomer, found: { phone: "basic" } } } };
const arrival = (draft, house = hers) => withArrival(draft, LAN, { house, ids: ["m1", "m2"], names: NAMES });

test("who comes from another house leaves it, is here, and what is said of them now is the visit's", () => {
  const [leaves, arrives, visit] = eventsOf(answered(arrival(draftOf()), LAN, "relation", "child"), state, asks);
  assert.deepEqual(leaves, ["move", "m1", ["e9"], { person: LAN, to: "h1" }, "h2"]);
  const { relation: _hersNot, ...values } = newcomer;
  assert.deepEqual(arrives, ["move", "m2", ["e1"], { person: LAN, from: "h2", values }, "h1"]);
  assert.deepEqual([visit[2], visit[3].people], [["m2"], { [LAN]: { relation: "child" } }]);
});

test("the two halves fold to a person here and gone there", () => {
  const at = "2026-11-22T05:31:07.123Z";
  const events = eventsOf(arrival(draftOf()), state, asks).map(([kind, id, base, body, household]) => ({ kind, id, base, body, household, at }));
  const here = fold(state, events.filter((event) => event.household === "h1"));
  const there = fold(hers, events.filter((event) => event.household === "h2"));
  assert.deepEqual([here.people[LAN].name, here.people[LAN].phone, livingHere(there.people)], ["Bùi Thị Lan", "none", []]);
});

test("who was known to have left is not said to leave again, and lives here", () => {
  const gone = { ...hers, people: { [LAN]: { ...newcomer, residence: "left" } } };
  const [arrives] = eventsOf(arrival(draftOf(), gone), state, asks);
  assert.deepEqual([arrives[1], arrives[3].values.residence], ["m2", "permanent"]);
});

test("what is known of who came can be confirmed, and they can be sent back", () => {
  const draft = confirmed(arrival(draftOf()), LAN);
  assert.deepEqual(eventsOf(draft, state, asks).at(-1)[3].confirmed.people, { [LAN]: ["phone"] });
  assert.deepEqual(eventsOf(withoutPerson(draft, LAN), state, asks).map(([kind]) => kind), ["visit"]);
});

test("nobody moves without consent", () => {
  const refused = arrival(draftOf({ consent: { ...GIVEN, given: false } }));
  assert.deepEqual(eventsOf(refused, state, asks).map(([kind]) => kind), ["visit"]);
});

test("several who come from one house each know of the one before", () => {
  const two = { ...hers, people: { ...hers.people, [DAO]: { ...newcomer, name: "Bùi Văn Đạo" } } };
  const draft = withArrival(arrival(draftOf({ found: FOUND }), two), DAO, { house: two, ids: ["m3", "m4"], names: NAMES });
  const events = eventsOf(draft, empty(), asks).map(([kind, id, base]) => `${kind} ${id}: ${base}`);
  assert.deepEqual(events, ["register h1: ", "move m1: e9", "move m2: h1", "move m3: m1", "move m4: m2", "visit v1: m4"]);
});

test("who activates what was not there installs it too, and takes back both", () => {
  const tap = (draft, value) => done(draft, { person: HOA, service: "vneid_activate", value, also: below("vneid_activate", "none") });
  const once = tap(draftOf(), "level2");
  assert.deepEqual(once.help.map(({ service, value }) => [service, value]), [["vneid_install", undefined], ["vneid_activate", "level2"]]);
  assert.deepEqual(tap(once, "level1").help.map(({ value }) => value), [undefined, "level1"]);
  assert.deepEqual(tap(once, "level2").help, []);
  assert.deepEqual([below("vneid_activate", "installed"), below("vneid_install", "none"), below("epay_open", undefined)], [[], [], []]);
});

test("a visit that was left goes on where it stands", () => {
  const step = (more, known = state) => stepOf(draftOf({ consent: null, ...more }), known, "consent-1");
  const agreed = { ...state, consent: { given: true, text: "consent-1", day: "2026-10-01" } };
  assert.deepEqual(
    [step({ outcome: null }), step({ outcome: "absent" }), step({}), step({}, agreed), step({ consent: GIVEN }), step({ consent: GIVEN, house: { camera: "no" } })],
    ["outcome", "return", "consent", "house", "house", "people"],
  );
  assert.equal(step({ consent: { ...GIVEN, given: false } }), "summary");
  // Somebody was asked, and nothing of the house: who corrects that looks for them.
  assert.equal(step({ corrects: { event: "v1" } }, agreed), "people");
});

test("a visit that checks another names what asked for it, and no other visit does", () => {
  assert.equal(visitOf(draftOf(), { ...state, back_check: { id: "r1", due: "2026-12-01" } }).back_check, "r1");
  assert.equal(visitOf(draftOf()).back_check, null);
});
