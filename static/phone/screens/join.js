/* People come from another house of this phone: one who moved in, some who split off into a new household, or all, when two
   households have become one. */

import { arrive } from "../arriving.js";
import { Choice, Field } from "../form.js";
import { html, useState } from "../html.js";
import { household, rows } from "../phone.js";
import { chosen } from "../rows.js";
import { isGone, livingHere } from "../visit.js";
import { change, draft, found } from "../visiting.js";
import { _ } from "../words.js";
import { aboutPerson, headOf } from "./household.js";
import { whose } from "./list.js";
import { Main, say } from "./parts.js";
import { Step } from "./step.js";

const MOST = 8;

export function Join({ to }) {
  const [query, search] = useState("");
  const [house, open] = useState(null);
  const back = () => (house ? open(null) : to("people"));
  if (house) return html`<${Who} house=${house} back=${back} to=${to} />`;
  const matching = query ? chosen(rows.value, { query }).rows.filter((row) => row.id !== draft.value.household) : [];
  return html`<${Step} title=${_("Từ nhà nào sang?")} back=${back}>
    <${Field} id="from" type="search" label=${_("Tìm hộ")} placeholder=${_("Tên, ngõ, mã hộ")} value=${query} onAnswer=${search} />
    ${matching.slice(0, MOST).map((row) => html`<button type="button" class="row" key=${row.id} onClick=${() => household(row.id).then(open)}>${whose(row)}</button>`)}
    ${query && !matching.length && html`<p class="nothing">${_("Không có hộ nào như vậy.")}</p>`}
  <//>`;
}

function Who({ house, back, to }) {
  const here = found().people;
  const people = livingHere(house.people).filter((id) => !here[id] || isGone(here[id]));
  const [picked, pick] = useState([]);
  const tap = (id) => pick(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  const take = () => {
    const before = draft.value;
    arrive(house, picked);
    say(_("Đã chuyển %(count)s người sang nhà này.", { count: picked.length }), { label: _("Hoàn tác"), run: () => change(before) });
    to("people");
  };
  const label = picked.length ? _("Chuyển %(count)s người sang đây", { count: picked.length }) : _("Chọn ai sang đây");
  const foot = html`<${Main} label=${label} icon="check" onClick=${take} disabled=${!picked.length} />`;
  return html`<${Step} title=${_("Ai sang đây?")} under=${headOf(house)?.name} back=${back} foot=${foot}>
    <div class="choices big">
      ${people.map((id) => html`<${Choice} key=${id} type="checkbox" name="who" value=${id} icon="person"
        label=${[house.people[id].name ?? _("Chưa rõ tên"), aboutPerson(house.people[id])].filter(Boolean).join(" · ")} checked=${picked.includes(id)} onPick=${tap} />`)}
    </div>
  <//>`;
}
