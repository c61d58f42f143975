/* One person: who they are, and the questions that apply to them, with the help under the lack it mends. */

import { addPerson } from "../arriving.js";
import { html, useState } from "../html.js";
import { confirmed, IDENTITY, isGone, livingHere, withoutPerson } from "../visit.js";
import { asks, change, draft, found, known } from "../visiting.js";
import { _ } from "../words.js";
import { Asked } from "./asked.js";
import { aboutPerson } from "./household.js";
import { Identity } from "./identity.js";
import { Main, say, Second } from "./parts.js";
import { calledBy, isKnown, onward, openOf } from "./people.js";
import { Same } from "./same.js";
import { Step } from "./step.js";

// Derived from who answers at the door; asking it of each person would cost a tap each.
const NOT_ASKED = new Set([...IDENTITY, "answered_by"]);

export function Person({ to, person: id }) {
  const { house, people } = found();
  const isNew = draft.value.added.includes(id);
  const came = Boolean(draft.value.arrived?.[id]);
  const person = people[id];
  const [editing, edit] = useState(isNew || came);
  const [residing, reside] = useState(Boolean(person && isGone(person)));
  if (!person) return null; // taken away a moment ago
  const before = known()[id] ?? {};
  const said = draft.value.people[id] ?? {};
  const names = asks(id, person, house).filter((name) => !NOT_ASKED.has(name));
  const same = (is) => { change(confirmed(draft.value, id, is)); if (is) to(...nextOf(id, people)); };
  const foot = footOf(id, isNew, people, to);
  const join = () => { change(withoutPerson(draft.value, id)); to("join"); };
  const who = editing
    ? html`<${Identity} id=${id} said=${said} known=${before} isNew=${isNew} to=${to} />`
    : html`<${Second} label=${_("Sửa tên, năm sinh")} icon="edit" onClick=${() => edit(true)} />`;
  const stays = isNew ? _("Tạm trú, đi làm xa…") : _("Đi xa, chuyển, mất…");
  const where = residing
    ? html`<${Asked} person=${id} name="residence" said=${said.residence} known=${before.residence} />`
    : html`<${Second} label=${stays} icon="away" onClick=${() => reside(true)} />`;
  const hint = person.residence === "left" && html`<p class="hint">${_("Sang nhà khác cùng thôn thì mở nhà ấy, bấm “Người từ nhà khác sang”.")}</p>`;
  return html`<${Step} title=${person.name || _("Người mới")} tab=${_("Người trong nhà")} under=${aboutPerson(person)} back=${() => to("people")} foot=${foot}>
    ${isKnown(id) && !isGone(person) && html`<${Same} is=${Boolean(draft.value.confirmed.people[id])} label=${_("Người này không đổi")} onPick=${same} />`}
    ${editing || residing ? html`${who}${where}${hint}` : html`<div class="pair">${who}${where}</div>`}
    ${names.map((name) => html`<${Asked} key=${name} person=${id} name=${name} said=${said[name]} known=${before[name]} />`)}
    ${!person.birth_year && !isGone(person) && html`<p class="hint">${_("Ghi năm sinh để hỏi tiếp.")}</p>`}
    ${isNew && !person.name && html`<${Second} label=${_("Người từ nhà khác sang")} icon="house" onClick=${join} />`}
    ${(isNew || came) && html`<${Remove} id=${id} to=${to} />`}
  <//>`;
}

function footOf(id, isNew, people, to) {
  // Whoever writes down a new house goes from one new person to the next.
  if (isNew) {
    const more = () => to("person", addPerson());
    const enough = () => to(openOf(livingHere(people)).some((one) => one !== id) ? "people" : onward());
    return html`<${Second} label=${_("Đủ người rồi")} onClick=${enough} />
      <${Main} label=${_("Thêm người nữa")} icon="plus" onClick=${more} />`;
  }
  const [step, following] = nextOf(id, people);
  const next = () => to(step, following);
  const review = () => to(onward());
  const label = following ? _("Tiếp: %(name)s", { name: calledBy(people[following]) }) : _("Xong người này");
  return html`${following && html`<${Second} label=${_("Xem lại")} onClick=${review} />`}
    <${Main} label=${label} onClick=${next} />`;
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

// The step after this person: the next one of whom nothing was said yet, going round; when there is none, the cards.
function nextOf(id, people) {
  const ids = livingHere({ ...people, [id]: {} }); // whoever just left keeps their place in the round
  const here = ids.indexOf(id);
  const following = openOf([...ids.slice(here + 1), ...ids.slice(0, here)])[0];
  return following ? ["person", following] : ["people"];
}
