/* Whoever is written down anew may be known already: in this house, or in another one of this phone. Asked at once, while the
   person stands there to say so; the same person is not counted twice. */

import { arrive } from "../arriving.js";
import { html, useEffect, useState } from "../html.js";
import { alike } from "../phone.js";
import { withoutPerson } from "../visit.js";
import { change, draft, found } from "../visiting.js";
import { _ } from "../words.js";
import { headOf } from "./household.js";
import { Banner, say, Second } from "./parts.js";

/** Those of the same name and year of birth as the new person of this id. */
export function Alike({ id, name, born, to }) {
  const [others, setOthers] = useState([]);
  useEffect(() => {
    let wanted = true;
    const { household } = draft.value;
    const here = { ...found(), id: household };
    delete here.people[id];
    alike(name, born, here).then((all) => { if (wanted) setOthers(all); });
    return () => { wanted = false; };
  }, []);
  if (!others.length) return null;
  return html`<div role="status"><${Banner} kind="waits"><h2>${_("Cùng một người?")}</h2>
    ${others.map((one) => html`<${One} key=${`${one.house.id} ${one.person}`} id=${id} to=${to} ...${one} />`)}
  <//></div>`;
}

function One({ id, house, person, to }) {
  const here = house.id === draft.value.household;
  const { name, birth_year: born } = house.people[person];
  const who = `${name}, ${born}`;
  const where = [headOf(house)?.name, house.address].filter(Boolean).join(", ");
  const same = () => {
    const before = draft.value;
    change(withoutPerson(before, id));
    if (!here) arrive(house, [person]);
    say(here ? _("Đã mở người có sẵn.") : _("Đã chuyển người này sang nhà này."), { label: _("Hoàn tác"), run: () => { change(before); to("person", id); } });
    to("person", person);
  };
  const words = here ? _("Trong nhà đã có %(who)s.", { who }) : _("%(who)s đang ở nhà %(where)s.", { who, where });
  return html`<p>${words}</p>
    <${Second} label=${here ? _("Đúng, mở người này") : _("Đúng, đã chuyển sang đây")} icon="check" onClick=${same} />`;
}
