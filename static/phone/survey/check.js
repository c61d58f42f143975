/* What looks doubtful about an event, before it is saved: warnings, never refusals. Pure.

   Twin of fieldapp/survey/check.py, where the reasons stand; tests/vectors/checks.json binds both. How fast they were and what time
   it is members know themselves: these flags are the server's alone. */

import { dayOf } from "../clock.js";
import { outcomeOf } from "./fold.js";
import { peopleOf } from "./standing.js";
import { folded, nameProblem } from "./text.js";

const OLDEST = 115;
const FEWEST_ANSWERS = 6;
const SURVEYED = ["done", "partly"];
const IDENTITY = ["name", "birth_year", "sex", "relation", "residence", "answered_by"];
const NOT_SAID = ["unknown", "refused"];
const NOT_HERE = ["away", "left", "deceased"];
const NOT_LIVING_HERE = ["left", "deceased"];

/** The flags of an event: [{code, where}], sorted. state: the household before the event or with it, null when nothing is known. */
export function check(event, state) {
  const found = new Map();
  const flag = (code, where) => found.set(`${code} ${where}`, { code, where });
  const said = saidOfPeople(event);
  const people = { ...state?.people };
  for (const [id, fields] of Object.entries(said)) people[id] = { ...people[id], ...fields };
  ofPeople(event, said, people, flag);
  const surveyed = event.kind === "visit" && SURVEYED.includes(outcomeOf(event.body));
  if (event.kind === "register" || surveyed) ofTheHouse(people, flag);
  const { return_on: promised } = event.body;
  if (promised && event.kind === "visit" && promised < dayOf(event.at)) flag("return_in_past", "return_on");
  if (surveyed) ofTheVisit(event.body, said, people, state?.consent, flag);
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function ofPeople(event, said, people, flag) {
  const year = Number(dayOf(event.at).slice(0, 4));
  for (const [id, { name, birth_year: born, vneid }] of Object.entries(said)) {
    const problem = name ? nameProblem(name) : null;
    if (problem) flag(problem, `people.${id}.name`);
    if (Number.isInteger(born)) {
      if (born > year) flag("birth_year_in_future", `people.${id}.birth_year`);
      else if (year - born > OLDEST) flag("age_over_115", `people.${id}.birth_year`);
    }
    if (["level1", "level2"].includes(vneid) && ["basic", "none"].includes(people[id].phone))
      flag("vneid_without_smartphone", `people.${id}.vneid`);
  }
}

function ofTheHouse(people, flag) {
  const ids = Object.keys(people).filter((id) => !NOT_LIVING_HERE.includes(people[id].residence)).sort();
  const heads = ids.filter((id) => people[id].relation === "head").length;
  if (ids.length && heads !== 1) flag(heads ? "two_heads" : "no_head", "people");
  const known = new Set();
  for (const id of ids) {
    const { name, birth_year: born } = people[id];
    if (!name || born === null || born === undefined) continue;
    const same = `${folded(name)} ${born}`;
    if (known.has(same)) flag("same_person_twice", `people.${id}`);
    known.add(same);
  }
}

function ofTheVisit(body, said, people, standingConsent, flag) {
  if (!(body.consent ?? standingConsent)?.given) flag("consent_missing", "consent");
  (body.help ?? []).forEach(({ person }, i) => {
    if (person && (!people[person] || NOT_HERE.includes(people[person].residence))) flag("help_on_absent_person", `help.${i}`);
  });
  const answers = [body.house ?? {}, ...Object.values(said).map(withoutIdentity)].flatMap((fields) => Object.values(fields));
  const unknown = answers.filter((value) => NOT_SAID.includes(Array.isArray(value) ? value[0] : value)).length;
  if (answers.length >= FEWEST_ANSWERS && unknown * 2 > answers.length) flag("many_unknown", "answers");
}

function withoutIdentity(said) {
  return Object.fromEntries(Object.entries(said).filter(([name]) => !IDENTITY.includes(name)));
}

// What an event says of people, whatever its kind; what a correction takes away is not said.
function saidOfPeople({ kind, body }) {
  const people = kind === "move" ? (body.person ? { [body.person]: body.values ?? {} } : {}) : peopleOf((body.fields ?? body).people ?? {});
  return Object.fromEntries(Object.entries(people).map(([id, fields]) => [id, withoutNulls(fields)]));
}

function withoutNulls(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
