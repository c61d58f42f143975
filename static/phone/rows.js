/* The list of households: one short row each, prepared so that a screen of thousands opens and searches at once.

   Rows are made when a household comes down, not when the list is shown: opening thousands of sealed households at
   every start would take seconds on a cheap phone. */

import { followUps } from "./survey/follow_up.js";
import { folded, nfc, searcher } from "./survey/text.js";

const SURVEYED = new Set(["done", "partly"]);
/* Raised when rows are made otherwise: then every household is asked for again. */
export const ROWS = 2;
const lane = new Intl.Collator("vi", { numeric: true });

/* What stands with a household, in the order of the list. */
export const STANDS = ["unvisited", "again", "returned", "visited", "closed"];

/** The row of a household: what the list shows of it, and what the search looks through. */
export function rowOf(household) {
  const people = Object.values(household.people);
  const head = people.find((person) => person.relation === "head") ?? people[0];
  const words = [household.address, household.code, ...people.map((person) => person.name)];
  return {
    id: household.id, code: household.code ?? null, token: household.token ?? null,
    village: household.village, address: household.address, head: head?.name ?? null, people: people.length,
    key: folded(words.filter(Boolean).join(" ")),
    status: household.status, visited: household.visited, outcome: household.outcome, day: household.day,
    return_on: household.return_on, returned: Object.keys(household.returned ?? {}).length > 0,
    todo: followUps(household).map(({ due, kind, who, service }) => ({ due, kind, service, name: household.people[who]?.name ?? null })),
  };
}

/** What stands with a row: one of STANDS. */
export function standOf(row) {
  if (row.returned) return "returned";
  if (row.status !== "active" || row.outcome === "refused") return "closed";
  if (row.outcome === null) return "unvisited";
  return SURVEYED.has(row.outcome) && !row.return_on ? "visited" : "again";
}

/** The rows as the list shows them: where somebody is expected by this day, then the unvisited, each by lane and code.

    A language's own order is asked once for each lane, not for each pair of thousands of rows; codes are all of one length. */
export function inOrder(rows, today) {
  // What somebody waits for help with has a week; who was told "I come back today" looks out for the member.
  const isExpected = (row) => row.todo?.some(({ due, kind }) => kind !== "wish" && due <= today);
  const lanes = [...new Set(rows.map((row) => row.address ?? ""))].sort(lane.compare);
  const placeOf = new Map(lanes.map((address, place) => [address, place]));
  return rows
    .map((row) => [isExpected(row) ? -1 : STANDS.indexOf(standOf(row)), placeOf.get(row.address ?? ""), row.code ?? "~", row])
    .sort((one, other) => one[0] - other[0] || one[1] - other[1] || (one[2] < other[2] ? -1 : Number(one[2] > other[2])))
    .map((keys) => keys[3]);
}

/* The choices above the list, each with the stands that it shows. */
export const FILTERS = {
  all: STANDS,
  unvisited: ["unvisited"],
  again: ["again", "returned"],
  visited: ["visited"],
  closed: ["closed"],
};

/** The rows of a village (null: of all) that a search and a filter leave; counts says how many each filter would leave.

    Names that were typed with their accents come first. */
export function chosen(rows, { village = null, filter = "all", query = "" }) {
  const counts = Object.fromEntries(Object.keys(FILTERS).map((name) => [name, 0]));
  const rankOf = query.trim() ? searcher(query) : () => 0;
  // Accents are looked at only where some were typed: it costs ten times the rest.
  const exact = nfc(query).toLowerCase() !== folded(query);
  const ranks = new Map();
  for (const row of rows) {
    if (village !== null && row.village !== village) continue;
    const rank = rankOf(row.key, exact ? row.head ?? "" : undefined);
    if (rank === null) continue;
    const stand = standOf(row);
    for (const [name, stands] of Object.entries(FILTERS)) if (stands.includes(stand)) counts[name] += 1;
    if (FILTERS[filter].includes(stand)) ranks.set(row, rank);
  }
  const left = [...ranks.keys()];
  return { rows: query ? left.sort((a, b) => ranks.get(a) - ranks.get(b)) : left, counts };
}
