/* Which of the given events stand, and what they say once corrected. Twin of fieldapp/survey/standing.py.

   `void` and `correct` act at the place and day of the event that they name, so they are settled before anything is
   folded. */

const UPON_EVENTS = new Set(["correct", "void"]);
const CORRECTABLE = new Set(["register", "visit"]);

/** The events that count, in the order of their place (time, then id), each with the body it should have had. */
export function standing(events) {
  const ordered = [...events].sort(byPlace);
  const voided = voidedBy(ordered.filter((event) => event.kind === "void"));
  const corrections = new Map();
  for (const event of ordered)
    if (event.kind === "correct" && !voided.has(event.id))
      corrections.set(event.body.event, [...(corrections.get(event.body.event) ?? []), event]);
  return ordered
    .filter((event) => !UPON_EVENTS.has(event.kind) && (!voided.has(event.id) || event.kind === "erase") && !isAnswered(event, corrections))
    .map((event) => (corrections.has(event.id) && CORRECTABLE.has(event.kind) ? corrected(event, corrections.get(event.id)) : event));
}

// It gave a visit back that was then corrected: nothing is left to be done about it.
function isAnswered(event, corrections) {
  const returns = event.kind === "review" && event.body.outcome === "returned";
  return returns && (corrections.get(event.body.event) ?? []).some((each) => byPlace(each, event) > 0);
}

function byPlace(a, b) {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

// A void undoes an earlier void, never a later one, so the last word is found by reading backwards.
function voidedBy(voids) {
  const voided = new Set();
  const later = new Set();
  const ids = new Set(voids.map((event) => event.id));
  for (const event of [...voids].reverse()) {
    const target = event.body.event;
    if (!voided.has(event.id) && (!ids.has(target) || !later.has(target)) && target !== event.id) voided.add(target);
    later.add(event.id);
  }
  return voided;
}

/** The event as it should have read; among its corrections the last one stands, field by field. Null takes a statement away. */
export function corrected(event, corrections) {
  const body = { ...event.body };
  for (const correction of corrections)
    for (const [name, value] of Object.entries(correction.body.fields)) {
      if (name === "house") body.house = amended(body.house ?? {}, value);
      else if (name === "people") body.people = peopleAmended(body.people ?? {}, value);
      else body[name] = value;
    }
  return { ...event, body };
}

function amended(said, changes) {
  return Object.fromEntries(Object.entries({ ...said, ...changes }).filter(([, value]) => value !== null));
}

function peopleAmended(people, changes) {
  const result = { ...peopleOf(people) };
  for (const [person, fields] of Object.entries(changes)) result[person] = amended(result[person] ?? {}, fields);
  return result;
}

/** People as {person: fields}. A register lists its people, to keep their order; every other event names them. */
export function peopleOf(people) {
  if (!Array.isArray(people)) return people;
  return Object.fromEntries(people.map(({ id, ...fields }) => [id, amended(fields, {})]));
}
