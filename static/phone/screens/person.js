/* One person: who they are, and the questions that apply to them, with the help under the lack it mends. */

import { useState } from "preact/hooks";
import { html } from "../html.js";
import { confirmed, IDENTITY, livingHere, withoutPerson } from "../visit.js";
import { asks, change, draft, found, state } from "../visiting.js";
import { _ } from "../words.js";
import { Asked } from "./asked.js";
import { aboutPerson } from "./household.js";
import { Identity } from "./identity.js";
import { Main, say, Second } from "./parts.js";
import { isKnown, standOf } from "./people.js";
import { Same } from "./same.js";
import { Step } from "./visit.js";

// Derived from who answers at the door; asking it of each person would cost a tap each.
const NOT_ASKED = new Set([...IDENTITY, "answered_by"]);

export function Person({ to, person: id }) {
  const { house, people } = found();
  const isNew = draft.value.added.includes(id);
  const [editing, edit] = useState(isNew);
  const person = people[id];
  if (!person) return null; // taken away a moment ago
  const known = state.value.people[id] ?? {};
  const said = draft.value.people[id] ?? {};
  const names = asks(id, person, house).filter((name) => !NOT_ASKED.has(name));
  const following = nextOf(id, people);
  const back = () => to("people");
  const next = () => (following ? to("person", following) : to("people"));
  const open = () => edit(true);
  const same = (is) => { change(confirmed(draft.value, id, is)); if (is) next(); };
  const unnamed = _("người chưa rõ tên");
  const label = following ? _("Tiếp: %(name)s", { name: people[following].name || unnamed }) : _("Xong người này");
  const foot = html`<${Main} label=${label} onClick=${next} />`;
  return html`<${Step} title=${person.name || _("Người mới")} tab=${_("Người trong nhà")} under=${aboutPerson(person)} back=${back} foot=${foot}>
    ${isKnown(id) && html`<${Same} is=${Boolean(draft.value.confirmed.people[id])} label=${_("Người này không đổi")} onPick=${same} />`}
    ${editing
      ? html`<${Identity} id=${id} said=${said} known=${known} />`
      : html`<${Second} label=${_("Sửa tên, năm sinh, cư trú")} icon="edit" onClick=${open} />`}
    ${names.map((name) => html`<${Asked} key=${name} person=${id} name=${name} said=${said[name]} known=${known[name]} />`)}
    ${isNew && html`<${Remove} id=${id} to=${to} />`}
  <//>`;
}

function Remove({ id, to }) {
  const remove = () => {
    const before = draft.value;
    change(withoutPerson(before, id));
    say(_("Đã bỏ người này."), { label: _("Hoàn tác"), run: () => change(before) });
    to("people");
  };
  return html`<${Second} label=${_("Bỏ người này")} icon="cross" onClick=${remove} />`;
}

// The next person of whom nothing was said yet, going round from this one.
function nextOf(id, people) {
  const ids = livingHere(people);
  const here = ids.indexOf(id);
  return [...ids.slice(here + 1), ...ids.slice(0, Math.max(here, 0))].find((one) => standOf(one) === "open");
}
