/* The people of the house as cards: who was asked, who is unchanged, who is left. */

import { html } from "../html.js";
import { Icon } from "../icons.js";
import * as said from "../said.js";
import { confirmed, IDENTITY, livingHere } from "../visit.js";
import { addPerson, change, draft, found, state } from "../visiting.js";
import { _ } from "../words.js";
import { aboutPerson, headOf } from "./household.js";
import { Main, Second } from "./parts.js";
import { Same } from "./same.js";
import { Step } from "./visit.js";

export function People({ to }) {
  const { people } = found();
  const ids = livingHere(people);
  const left = ids.filter((id) => standOf(id) === "open");
  const back = () => to("house");
  const next = () => (left.length ? to("person", left[0]) : to("return"));
  const skip = () => to("return");
  const add = () => to("person", addPerson());
  const foot = html`${(left.length > 0 || !ids.length) && html`<${Second} label=${_("Xong phần người")} onClick=${skip} />`}
    ${ids.length ? html`<${Main} label=${onward(people[left[0]])} onClick=${next} />` : html`<${Main} label=${_("Thêm người")} icon="plus" onClick=${add} />`}`;
  return html`<${Step} title=${said.group("people")} under=${headOf(found())?.name} back=${back} foot=${foot}>
    <ul class="cards">${ids.map((id) => html`<${Card} key=${id} id=${id} person=${people[id]} to=${to} />`)}</ul>
    ${ids.length
      ? html`<${Second} label=${_("Thêm người")} icon="plus" onClick=${add} />`
      : html`<p class="nothing">${_("Chưa ghi ai. Bấm “Thêm người” để ghi từng người trong nhà.")}</p>`}
  <//>`;
}

// Where the main button leads: to the person to ask next, else on.
function onward(person) {
  return person ? _("Hỏi %(name)s", { name: person.name || _("người chưa rõ tên") }) : _("Tiếp: hẹn lại");
}

/** How far a person is: said, same or open. */
export function standOf(id) {
  const answers = Object.keys(draft.value.people[id] ?? {}).filter((name) => !IDENTITY.includes(name));
  if (answers.length) return "said";
  return draft.value.confirmed.people[id] ? "same" : "open";
}

/** Whether something is known of a person from before, that could be confirmed. */
export function isKnown(id) {
  return Object.keys(state.value.people[id] ?? {}).some((name) => !IDENTITY.includes(name) && name !== "found");
}

function Card({ id, person, to }) {
  const stand = standOf(id);
  const words = { said: _("Đã hỏi"), same: _("Không đổi"), open: _("Chưa hỏi") };
  const icons = { said: "check", same: "same", open: "ring" };
  const open = () => to("person", id);
  const same = (is) => change(confirmed(draft.value, id, is));
  const name = person.name || _("Chưa rõ tên");
  return html`<li class=${`card is-${stand}`}>
    <button type="button" class="who" onClick=${open}>
      <b>${name}</b><span>${aboutPerson(person)}</span>
      <span class="stand"><${Icon} name=${icons[stand]} />${words[stand]}</span>
    </button>
    ${isKnown(id) && stand !== "said" && html`<${Same} is=${stand === "same"} label=${_("Không đổi")} name=${name} onPick=${same} />`}
  </li>`;
}
