/* What a member has done these days, and how far their villages are. Pure. */

import { dayAfter, dayOf } from "./clock.js";
import { whoOf } from "./survey/follow_up.js";
import { outcomeOf } from "./survey/fold.js";
import { SURVEYED } from "./visit.js";

const LEFT = [null, "absent", "partly"];

/** {visits, helped} of a day and of the seven days up to it: what the server counted, and this phone's visits that it has not yet. */
export function workOf(done, events, today) {
  const all = [...done, ...doneBy(events)];
  const sumOf = (since) => all.filter(({ day }) => day >= since && day <= today)
    .reduce((sum, { visits, helped }) => ({ visits: sum.visits + visits, helped: sum.helped + helped }), { visits: 0, helped: 0 });
  return { today: sumOf(today), week: sumOf(dayAfter(today, -6)) };
}

/** What these events did: [{day, visits, helped}]. */
export function doneBy(events) {
  return events.filter((event) => event.kind === "visit").map((event) => ({ day: dayOf(event.at), visits: 1, helped: helpedBy(event.body) }));
}

// How many people the visit helped with something, the house as one of them.
function helpedBy(body) {
  const done = SURVEYED.includes(outcomeOf(body)) ? (body.help ?? []).filter((help) => help.result === "done") : [];
  return new Set(done.map((help) => whoOf(help.service, help.person))).size;
}

/** {registered, surveyed, left} of each village: vacant houses and those who moved away are not registered. */
export function coverageOf(rows, villages) {
  const found = new Map(villages.map(({ id, name }) => [id, { id, name, registered: 0, surveyed: 0, left: 0 }]));
  for (const row of rows) {
    const village = found.get(row.village);
    if (!village || row.status !== "active") continue;
    village.registered += 1;
    if (row.visited) village.surveyed += 1;
    if (LEFT.includes(row.outcome)) village.left += 1;
  }
  return [...found.values()];
}

/** Which kind words fit: whole (a village is done), helped, visited or fresh (nothing yet today). */
export function wordsFor(work, coverage) {
  if (!work.today.visits) return "fresh";
  if (coverage.some(({ registered, surveyed }) => registered && registered === surveyed)) return "whole";
  return work.today.helped ? "helped" : "visited";
}
