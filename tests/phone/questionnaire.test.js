/* The phone asks what the server counts: tests/survey/test_questionnaire.py reads the same vectors. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { EFFECTS } from "../../static/phone/survey/service.js";
import { questionnaire, toggled } from "../../static/phone/survey/questionnaire.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const vectors = read("../vectors/calculated.json");
const household = questionnaire(read("../../fieldapp/survey/questionnaires/household-1.json"));

for (const { values, year, calculated } of vectors.calculated) {
  test(`calculated in ${year} from ${JSON.stringify(values)}`, () => assert.deepEqual(household.calculated(values, year), calculated));
}
for (const { group, values, year, applying } of vectors.applying) {
  test(`${group} applying to ${JSON.stringify(values)}`, () => assert.deepEqual(household.applying(group, values, year), applying));
}

test("a question stands with its words and choices in both languages", () => {
  assert.equal(household.label("phone", "vi"), "Điện thoại");
  assert.equal(household.label("phone", "en"), "Phone");
  assert.deepEqual(household.questions.get("phone").choices, ["smartphone", "basic", "none", "unknown", "refused"]);
  assert.equal(household.choiceLabel("phone", "none", "en"), "None");
  assert.equal(household.groupLabel("house", "vi"), "Nhà");
  assert.deepEqual(household.ofGroup("help").map((question) => question.name), ["service", "result", "barrier", "value"]);
});

test("a language that the questionnaire has not gets its first one", () => {
  assert.equal(household.label("phone", "mtq"), "Điện thoại");
});

test("none, unknown and refused stand alone in a list", () => {
  assert.deepEqual(toggled(undefined, "bank"), ["bank"]);
  assert.deepEqual(toggled(["bank"], "wallet"), ["bank", "wallet"]);
  assert.deepEqual(toggled(["bank", "wallet"], "none"), ["none"]);
  assert.deepEqual(toggled(["none"], "bank"), ["bank"]);
  assert.deepEqual(toggled(["bank"], "bank"), []);
});

test("help offers only services, and a service only its own values", () => {
  assert.deepEqual(household.questions.get("service").choices, Object.keys(EFFECTS));
  assert.deepEqual(household.options("epay_open"), ["bank", "wallet", "mobile_money"]);
  assert.deepEqual(household.options("sim_4g"), []);
});

test("a birth year lies between 1900 and the year of the visit", () => {
  const holds = (value) => household.holds("birth_year", value, { year: 2026 });
  assert.deepEqual([1899, 1900, 2026, 2027].map(holds), [false, true, true, false]);
});

test("a day to come back is not in the past", () => {
  const holds = (value) => household.holds("return_on", value, { today: "2026-11-22" });
  assert.deepEqual(["2026-11-21", "2026-11-22", "2027-01-01"].map(holds), [false, true, true]);
});

test("the consent has its text and hash in each language", () => {
  const { name, text } = household.consentText("vi");
  assert.equal(name, "consent-1");
  assert.match(text, /đồng ý/);
  assert.match(household.consentText("en").sha256, /^[0-9a-f]{64}$/);
});

test("what is retired is asked and offered no more, and keeps its words", () => {
  const raw = read("../../fieldapp/survey/questionnaires/household-1.json");
  const questions = raw.questions.map((one) => (one.name === "camera" ? { ...one, retired: true } : one));
  const later = questionnaire({ ...raw, questions, retired: { internet: ["mobile_only"] } });
  assert.ok(!later.applying("house", {}, 2026).includes("camera"));
  assert.equal(later.label("camera", "vi"), "Có camera an ninh");
  assert.ok(!later.questions.get("internet").choices.includes("mobile_only"));
  assert.equal(later.choiceLabel("internet", "mobile_only", "vi"), "Chỉ mạng điện thoại");
});

test("a language that lacks a text speaks the first one", () => {
  const raw = read("../../fieldapp/survey/questionnaires/household-1.json");
  const muong = { ...raw, languages: [...raw.languages, "mtq"], questions: raw.questions.map((one) => ({ ...one, label: [...one.label, null] })) };
  assert.equal(questionnaire(muong).label("camera", "mtq"), "Có camera an ninh");
});

test("a house chooses among the languages that have the words of consent, each by its own name", () => {
  const raw = read("../../fieldapp/survey/questionnaires/household-1.json");
  raw.languages = ["vi", "en", "mtq"];
  raw.language_names = [null, null, "Tiếng Mường"];
  raw.consent = { ...raw.consent, text: ["Thưa…", null, "Xin…"], sha256: ["a", null, "c"] };
  const withMuong = questionnaire(raw);
  assert.deepEqual(withMuong.consentLanguages, ["vi", "mtq"]);
  assert.deepEqual(withMuong.consentLanguages.map(withMuong.languageName), ["Tiếng Việt", "Tiếng Mường"]);
  assert.deepEqual(withMuong.consentText("mtq"), { name: "consent-1", text: "Xin…", sha256: "c" });
  assert.equal(withMuong.label("phone", "mtq"), household.label("phone", "vi"));
});
