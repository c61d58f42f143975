/* A saved visit that is opened again at once. It stays saved: what is different in the end becomes a `correct` of it. Pure. */

const WHOLE = ["outcome", "respondent", "return_on", "help"];

/** The draft of a saved visit, to be changed. id: of the correction.

    Who was written down anew or came along is here by now: register and moves are not said twice. */
export function reopened(draft, id) {
  return { ...draft, id, found: null, added: [], arrived: {}, corrects: { event: draft.corrects?.event ?? draft.id } };
}

/** What is different in the second body, as the fields of a `correct`: null takes a statement away. */
export function changes(before, after) {
  const fields = Object.fromEntries(WHOLE.filter((name) => differ(before[name], after[name])).map((name) => [name, after[name]]));
  const house = amended(before.house, after.house);
  const ids = Object.keys({ ...before.people, ...after.people });
  const people = Object.fromEntries(ids.map((id) => [id, amended(before.people[id], after.people[id])]).filter(([, said]) => said));
  return { ...fields, ...(house && { house }), ...(ids.some((id) => people[id]) && { people }) };
}

function amended(before = {}, after = {}) {
  const names = Object.keys({ ...before, ...after }).filter((name) => differ(before[name], after[name]));
  return names.length ? Object.fromEntries(names.map((name) => [name, after[name] ?? null])) : null;
}

const differ = (one, other) => JSON.stringify(one ?? null) !== JSON.stringify(other ?? null);
