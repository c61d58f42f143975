/* What the given events say once corrected. Twin of fieldapp/survey/standing.py.

   `correct` acts at the place and day of the event that it names, so it is settled before anything is folded. Voids and reviews
   are an officer's, and come down already folded. */

/** The events that count, in the order of their place (time, then id), each with the body it should have had. */
export function standing(events) {
  const ordered = [...events].sort(byPlace);
  const corrections = ordered.filter((event) => event.kind === "correct");
  return ordered.filter((event) => event.kind !== "correct")
    .map((event) => corrected(event, corrections.filter((each) => each.body.event === event.id)));
}

function byPlace(a, b) {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

/** The event as it should have read; among its corrections the last one stands, field by field. Null takes a statement away. */
function corrected(event, corrections) {
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
