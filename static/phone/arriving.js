/* Who comes into the open visit: written down anew, or moved here from another household of this phone. */

import { form } from "./phone.js";
import { personId } from "./survey/ids.js";
import { withArrival, withPerson } from "./visit.js";
import { change, draft, newId } from "./visiting.js";

/** Add a person without a name yet, of whom this much is said; gives the new id. */
export function addPerson(fields = {}) {
  const id = personId(crypto.getRandomValues(new Uint8Array(10)));
  change(withPerson(draft.value, id, fields));
  return id;
}

/** Let people of another household have moved here; house: its folded state. */
export function arrive(house, people) {
  const names = form.value.ofGroup("people").map((question) => question.name);
  change(people.reduce((after, id) => withArrival(after, id, { house, ids: [newId(), newId()], names }), draft.value));
}
