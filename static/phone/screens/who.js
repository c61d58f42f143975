/* A phone that several members share: whose place is to be opened, or somebody new. */

import { dayInWords, dayOf } from "../clock.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { approach, goTo } from "../locking.js";
import { places } from "../places.js";
import { _ } from "../words.js";
import { Main, Screen } from "./parts.js";

export function Who() {
  const add = () => goTo("enrol");
  const foot = html`<${Main} label=${_("Thêm người")} icon="plus" onClick=${add} />`;
  return html`<${Screen} title=${_("Ai đang dùng máy?")} foot=${foot} sending=${false}>
    <p>${_("Bấm vào tên của mình rồi nhập mã PIN.")}</p>
    <ul class="rows">${places.value.map((place) => html`<${Place} key=${place.slot} place=${place} />`)}</ul>
  <//>`;
}

function Place({ place }) {
  const open = () => approach(place.slot);
  const { member, commune, since, waiting } = place;
  const namesakes = places.value.filter((other) => other.member.name === member.name);
  const where = [commune.name, namesakes.length > 1 && since && _("từ %(day)s", { day: dayInWords(dayOf(since)) })].filter(Boolean).join(" · ");
  return html`<li><button type="button" class="row" onClick=${open}>
    <span class="who"><b>${member.name}</b><span>${where}</span></span>
    ${waiting > 0 && html`<span class="stand"><${Icon} name="clock" /><span>${_("%(count)s phiếu chờ gửi", { count: waiting })}</span></span>`}
    <${Icon} name="next" />
  </button></li>`;
}
