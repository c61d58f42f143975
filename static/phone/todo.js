/* What a member has to do, dated: promised returns, wishes, visits given back and calls from the public page, in one list. Pure. */

import { dayAfter } from "./clock.js";
import { outcomeOf } from "./survey/fold.js";
import { SURVEYED } from "./visit.js";

const WEEK_DAYS = 7;
const ANSWERING = [...SURVEYED, "refused"];

/* The parts of the list, in their order. */
export const PARTS = ["overdue", "today", "week", "later"];

/** What is to be done, the earliest first: {due, row, what: [{kind, service, name}]} at a household, {due, signUp} of a call. */
export function todoOf(rows, signUps) {
  const all = signUps.map((signUp) => ({ due: signUp.due, signUp }));
  for (const row of rows)
    for (const due of new Set(row.todo?.map((each) => each.due))) all.push({ due, row, what: row.todo.filter((each) => each.due === due) });
  return all.sort((one, other) => (one.due < other.due ? -1 : Number(one.due > other.due)));
}

/** The part of the list in which a day stands. */
export function partOf(due, today) {
  if (due < today) return "overdue";
  if (due === today) return "today";
  return due <= dayAfter(today, WEEK_DAYS) ? "week" : "later";
}

/** Those who asked for help and whom no event of this phone has answered yet. */
export function waitingOf(signUps, events) {
  const answered = new Set(events.filter((event) => ANSWERING.includes(outcomeOf(event.body))).map((event) => event.body.sign_up));
  return signUps.filter((signUp) => !answered.has(signUp.id));
}
