/* The people of the house as cards: who was asked, who is unchanged, who is left, and who no longer lives here. */

import { addPerson } from "../arriving.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import * as said from "../said.js";
import { confirmed, IDENTITY, isGone, livingHere } from "../visit.js";
import { change, draft, found, known } from "../visiting.js";
import { _ } from "../words.js";
import { aboutPerson } from "./household.js";
import { Main, say, Second } from "./parts.js";
import { Same } from "./same.js";
import { Step } from "./step.js";

export function People({ to }) {
  const { people } = found();
  const ids = livingHere(people);
  const left = openOf(ids);
  const same = left.filter(isKnown);
  const gone = Object.keys(people).filter((id) => isGone(people[id]));
  const back = () => to("house");
  const next = () => (left.length ? to("person", left[0]) : to(onward()));
  const skip = () => to(onward());
  const add = () => to("person", addPerson());
  const join = () => to("join");
  const card = (id) => html`<${Card} key=${id} id=${id} person=${people[id]} to=${to} />`;
  const foot = html`${(left.length > 0 || !ids.length) && html`<${Second} label=${_("Xong phần người")} onClick=${skip} />`}
    ${ids.length ? html`<${Main} label=${nextInWords(people[left[0]])} onClick=${next} />` : html`<${Main} label=${_("Thêm người")} icon="plus" onClick=${add} />`}`;
  return html`<${Step} title=${said.group("people")} back=${back} foot=${foot}>
    ${same.length > 1 && html`<${Same} is=${false} label=${_("Cả %(count)s người không đổi", { count: same.length })} onPick=${() => allSame(same)} />`}
    <ul class="cards">${ids.map(card)}</ul>
    ${!ids.length && html`<p class="nothing">${_("Chưa ghi ai. Bấm “Thêm người” để ghi từng người trong nhà.")}</p>`}
    ${ids.length > 0 && html`<${Second} label=${_("Thêm người")} icon="plus" onClick=${add} />`}
    <${Second} label=${_("Người từ nhà khác sang")} icon="house" onClick=${join} />
    ${gone.length > 0 && html`<h2>${_("Không còn ở đây")}</h2><ul class="cards">${gone.map(card)}</ul>`}
  <//>`;
}

function allSame(ids) {
  const before = draft.value;
  change(ids.reduce((after, id) => confirmed(after, id), before));
  say(_("Đã ghi %(count)s người không đổi.", { count: ids.length }), { label: _("Hoàn tác"), run: () => change(before) });
}

/** Where the visit goes on after its people: a day to come back is asked for when something was booked. */
export function onward() {
  const booked = draft.value.help.some((help) => help.result === "booked");
  return booked && !draft.value.return_on ? "return" : "summary";
}

// Where the main button leads: to the person to ask next, else on.
function nextInWords(person) {
  if (person) return _("Hỏi %(name)s", { name: calledBy(person) });
  return onward() === "return" ? _("Tiếp: hẹn lại") : _("Tiếp: xem lại");
}

/** What somebody is called by: the last word of the name. */
export const calledBy = (person) => person.name?.split(" ").at(-1) || _("người chưa rõ tên");

/** Of these people those of whom nothing was said yet. */
export const openOf = (ids) => ids.filter((id) => standOf(id) === "open");

/** How far a person is: said, same or open. */
export function standOf(id) {
  const answers = Object.keys(draft.value.people[id] ?? {}).filter((name) => !IDENTITY.includes(name));
  if (answers.length) return "said";
  if (draft.value.confirmed.people[id]) return "same";
  return draft.value.help.some((help) => help.person === id) ? "said" : "open";
}

/** Whether something is known of a person from before, that could be confirmed. */
export function isKnown(id) {
  return Object.keys(known()[id] ?? {}).some((name) => !IDENTITY.includes(name) && name !== "found");
}

function Card({ id, person, to }) {
  const gone = isGone(person);
  const stand = gone ? "gone" : standOf(id);
  const words = { said: _("Đã hỏi"), same: _("Không đổi"), open: _("Chưa hỏi") };
  const icons = { said: "check", same: "same", open: "ring" };
  const open = () => to("person", id);
  const same = (is) => change(confirmed(draft.value, id, is));
  const name = person.name || _("Chưa rõ tên");
  return html`<li class=${`card is-${stand}`}>
    <button type="button" class="who" onClick=${open}>
      <b>${name}</b><span>${aboutPerson(person)}</span>
      ${!gone && html`<span class="stand"><${Icon} name=${icons[stand]} />${words[stand]}</span>`}
    </button>
    ${!gone && isKnown(id) && stand !== "said" && html`<${Same} is=${stand === "same"} label=${_("Không đổi")} name=${name} onPick=${same} />`}
  </li>`;
}
