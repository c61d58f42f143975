/* What looks doubtful about an event, before it is saved: warnings, never refusals. Pure.

   Twin of fieldapp/survey/check.py, where the reasons stand; tests/vectors/checks.json binds both. */

import { dayOf, hourOf } from "../clock.js";
import { outcomeOf } from "./fold.js";
import { peopleOf } from "./standing.js";
import { folded, nameProblem } from "./text.js";

const OLDEST = 115;
const FEWEST_ANSWERS = 6;
const SECONDS = { confirming: 10, asking: 15, aPerson: 5 };
const NIGHT = { from: 22, to: 5 };
const SURVEYED = ["done", "partly"];
const IDENTITY = ["name", "birth_year", "sex", "relation", "residence", "answered_by"];
const NOT_SAID = ["unknown", "refused"];
const NOT_HERE = ["away", "left", "deceased"];
const NOT_LIVING_HERE = ["left", "deceased"];

/** The flags of an event: [{code, where}], sorted. state: the household as the event leaves it. */
export function check(event, state) {
  const found = new Map();
  const flag = (code, where) => found.set(`${code} ${where}`, { code, where });
  ofPeople(event, state, flag);
  const surveyed = event.kind === "visit" && SURVEYED.includes(outcomeOf(event.body));
  if (event.kind === "register" || surveyed) ofTheHouse(state, flag);
  if (event.kind === "visit") ofTheVisit(event, state, surveyed, flag);
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function ofPeople(event, state, flag) {
  const year = Number(dayOf(event.at).slice(0, 4));
  for (const [id, said] of Object.entries(saidOfPeople(event))) {
    const problem = said.name ? nameProblem(said.name) : null;
    if (problem) flag(problem, `people.${id}.name`);
    if (Number.isInteger(said.birth_year)) {
      if (said.birth_year > year) flag("birth_year_in_future", `people.${id}.birth_year`);
      else if (year - said.birth_year > OLDEST) flag("age_over_115", `people.${id}.birth_year`);
    }
    const phone = state.people[id]?.phone;
    if (["level1", "level2"].includes(said.vneid) && ["basic", "none"].includes(phone))
      flag("vneid_without_smartphone", `people.${id}.vneid`);
  }
}

function ofTheHouse(state, flag) {
  const ids = Object.keys(state.people).filter((id) => !NOT_LIVING_HERE.includes(state.people[id].residence)).sort();
  const heads = ids.filter((id) => state.people[id].relation === "head").length;
  if (ids.length && heads !== 1) flag(heads ? "two_heads" : "no_head", "people");
  const known = new Set();
  for (const id of ids) {
    const { name, birth_year: born } = state.people[id];
    if (!name || born === null || born === undefined) continue;
    const same = `${folded(name)} ${born}`;
    if (known.has(same)) flag("same_person_twice", `people.${id}`);
    known.add(same);
  }
}

function ofTheVisit(event, state, surveyed, flag) {
  const { body } = event;
  const hour = hourOf(event.at);
  if (hour >= NIGHT.from || hour < NIGHT.to) flag("night_visit", "at");
  if (body.return_on && body.return_on < dayOf(event.at)) flag("return_in_past", "return_on");
  if (!surveyed) return;
  if (!(body.consent ?? state.consent)?.given) flag("consent_missing", "consent");
  (body.help ?? []).forEach(({ person }, i) => {
    if (person && (!state.people[person] || NOT_HERE.includes(state.people[person].residence)))
      flag("help_on_absent_person", `help.${i}`);
  });
  const people = Object.values(saidOfPeople(event)).map(withoutIdentity).filter((said) => Object.keys(said).length);
  const house = body.house ?? {};
  const asked = people.length || Object.keys(house).length;
  if ((body.seconds ?? 0) < (asked ? SECONDS.asking + SECONDS.aPerson * people.length : SECONDS.confirming))
    flag("visit_too_fast", "seconds");
  const answers = [house, ...people].flatMap((said) => Object.values(said));
  const unknown = answers.filter((value) => NOT_SAID.includes(Array.isArray(value) ? value[0] : value)).length;
  if (answers.length >= FEWEST_ANSWERS && unknown * 2 > answers.length) flag("many_unknown", "answers");
}

function withoutIdentity(said) {
  return Object.fromEntries(Object.entries(said).filter(([name]) => !IDENTITY.includes(name)));
}

// What an event says of people, whatever its kind.
function saidOfPeople(event) {
  if (event.kind === "merge") return {};
  if (event.kind === "move") return event.body.person ? { [event.body.person]: event.body.values ?? {} } : {};
  return peopleOf((event.body.fields ?? event.body).people ?? {});
}
