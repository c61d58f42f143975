/* One household: who lives here, what was answered last, and the door to a visit. */

import { dayInWords } from "../clock.js";
import * as said from "../said.js";
import { html, useEffect, useState } from "../html.js";
import { Icon } from "../icons.js";
import { drafts, form, household, rows, signUps, villages } from "../phone.js";
import { go } from "../route.js";
import { followUps } from "../survey/follow_up.js";
import { allConfirmed, consentStands, livingHere, SURVEYED } from "../visit.js";
import { change, draft, openVisit } from "../visiting.js";
import { _ } from "../words.js";
import { Begin } from "./begin.js";
import { Banner, Main, Screen, Second } from "./parts.js";
import { inWords } from "./todo.js";

export function Household({ parts: [id, asked] }) {
  const [known, setKnown] = useState(undefined);
  // Read again when the lists change: a sync may have brought news of this very house.
  useEffect(() => { household(id).then(setKnown); }, [id, rows.value]);
  const signUp = signUps.value.find((one) => one.id === asked);
  const back = () => (signUp ? go("signup", asked) : go("list"));
  if (known === undefined) return html`<${Screen} title=${_("Hộ")} back=${back}><p class="nothing">${_("Đang mở…")}</p><//>`;
  if (known === null) return html`<${Screen} title=${_("Hộ")} back=${back}><p class="nothing">${_("Hộ này không còn trong máy.")}</p><//>`;
  const title = headOf(known)?.name ?? _("Chưa rõ tên");
  const where = [known.address, villageName(known.village), known.code ?? _("mới")].filter(Boolean).join(" · ");
  return html`<${Screen} title=${title} tab=${_("Hộ")} under=${where} back=${back} foot=${html`<${Foot} known=${known} signUp=${signUp} />`}>
    ${Object.entries(known.returned).map(([visit, comment]) => html`<${Returned} key=${visit} known=${known} where=${known.returned_where?.[visit]} comment=${comment} />`)}
    ${signUp && html`<${Banner} kind="waits" icon="phone"><p>${_("Lượt đến này là theo đăng ký của %(name)s.", { name: signUp.name })}</p><//>`}
    <${LastTime} known=${known} signUp=${signUp} />
    <${Wishes} known=${known} />
    <h2>${_("Người trong nhà")}</h2>
    ${Object.keys(known.people).length > 0 && !livingHere(known.people).length && known.status === "active" && html`<${Banner} kind="waits"><p>${_("Nhà không còn ai. Bấm “Không hỏi được”, chọn nhà trống hoặc đã chuyển đi.")}</p><//>`}
    <ul class="people">${livingHere(known.people).map((person) => html`<${Person} key=${person} known=${known} id=${person} signUp=${signUp} />`)}</ul>
    ${Object.keys(known.house).length > 0 && html`<${Answers} title=${said.group("house")} group="house" values=${known.house} />`}
  <//>`;
}

function Foot({ known, signUp }) {
  const not = async () => {
    if (signUp) await openVisit(known.id, signUp.id);
    go("visit", known.id, "outcome");
  };
  const same = () => begin(known, signUp, allConfirmed, "summary");
  const start = () => begin(known, signUp, met, "consent");
  const goOn = () => go("visit", known.id);
  if (drafts.value.has(known.id)) return html`<${Main} label=${_("Tiếp tục lượt đến")} onClick=${goOn} />`;
  return html`${isRevisit(known) && html`<${Second} label=${_("Không có gì thay đổi")} icon="same" onClick=${same} />`}
    <${Begin} onMet=${start} onNot=${not} />`;
}

const met = (fresh) => ({ ...fresh, outcome: "done" });

// Open the visit, change its new draft, and go to a step.
async function begin(known, signUp, how, ...step) {
  await openVisit(known.id, signUp?.id);
  change(how(draft.value, known));
  go("visit", known.id, ...step);
}

function isRevisit(known) {
  return known.visited && consentStands(known, form.value.consent.name) && !drafts.value.has(known.id);
}

// What is to be asked again is named, and one tap away.
function Returned({ known, where, comment }) {
  const [, who, name] = (where ?? "").split(".");
  const ask = () => begin(known, null, met, ...(name ? ["person", who] : ["house"]));
  return html`<${Banner} kind="warning"><h2>${_("Cán bộ xin xem lại")}</h2>
    ${who && html`<p><b>${said.label(name ?? who)} ${known.people[who]?.name}</b></p>`}<p>${comment}</p>
    ${who && isRevisit(known) && html`<${Second} label=${_("Hỏi lại")} icon="edit" onClick=${ask} />`}<//>`;
}

function Wishes({ known }) {
  const wishes = followUps(known).filter(({ kind }) => kind === "wish");
  if (!wishes.length) return null;
  return html`<${Banner} kind="waits" icon="hand"><h2>${_("Đang chờ giúp")}</h2>
    <ul>${wishes.map(({ due, service, who }) => html`<li key=${who + service}>${inWords({ service, name: known.people[who]?.name })} (${dayInWords(due)})</li>`)}</ul><//>`;
}

function LastTime({ known, signUp }) {
  if (known.back_check) return html`<${Banner} kind="waits" icon="clock"><h2>${_("Thăm kiểm tra")}</h2>
    <p>${_("Hỏi như lần đầu đến, trước ngày %(day)s.", { day: dayInWords(known.back_check.due) })}</p><//>`;
  if (!known.outcome) return html`<${Banner} kind="plain" icon="ring"><p>${_("Chưa đến lần nào.")}</p><//>`;
  const outcome = said.choice("outcome", known.outcome);
  const last = _("Lần cuối %(day)s: %(outcome)s", { day: dayInWords(known.day), outcome });
  const promised = known.return_on && _("Hẹn lại %(day)s", { day: dayInWords(known.return_on) });
  const kind = SURVEYED.includes(known.outcome) ? "good" : "waits";
  return html`<${Banner} kind=${kind} icon=${kind === "good" ? "check" : "clock"}><p>${last}</p>${promised && html`<p>${promised}</p>`}
    ${isRevisit(known) && html`<${Agreed} known=${known} signUp=${signUp} />`}<//>`;
}

// Their consent may be taken back at any time.
function Agreed({ known, signUp }) {
  const since = _("Đã đồng ý ngày %(day)s.", { day: dayInWords(known.consent.day) });
  return html`<p>${since}</p><${Second} label=${_("Hỏi lại hoặc rút lại")} icon="edit" onClick=${() => begin(known, signUp, met, "consent")} />`;
}

function Person({ known, id, signUp }) {
  const person = known.people[id];
  const name = person.name ?? _("Chưa rõ tên");
  const who = html`<${Icon} name="person" /><b>${name}</b><span>${aboutPerson(person)}</span>`;
  // Something changed about one person only: their questions are one tap away.
  const ask = () => begin(known, signUp, met, "person", id);
  return html`<li class="person">
    ${isRevisit(known) ? html`<button type="button" class="whose" onClick=${ask}>${who}<${Icon} name="next" /></button>` : html`<p class="whose">${who}</p>`}
    <${Answers} group="people" values=${person} />
  </li>`;
}

// These stand beside the name.
const NOT_SHOWN = new Set(["name", "birth_year", "sex", "relation", "residence", "answered_by"]);

function Answers({ title, group, values }) {
  const asked = form.value.ofGroup(group).filter((one) => !NOT_SHOWN.has(one.name) && values[one.name] !== undefined && values[one.name] !== null);
  if (!asked.length) return null;
  return html`${title && html`<h2>${title}</h2>`}<dl class="answers">
    ${asked.map((one) => html`<div key=${one.name}><dt>${said.label(one.name)}</dt><dd>${said.answer(one.name, values[one.name])}</dd></div>`)}
  </dl>`;
}

/** The head of a household, else its first person, else undefined. */
export function headOf(known) {
  const people = Object.values(known.people);
  return people.find((person) => person.relation === "head") ?? people[0];
}

/** Year of birth, relation, and residence where it is not the usual one, in a few words. */
export function aboutPerson(person) {
  const relation = person.relation && said.choice("relation", person.relation);
  const residence = person.residence && person.residence !== "permanent" && said.choice("residence", person.residence);
  return [person.birth_year, relation, residence].filter(Boolean).join(" · ");
}

/** The name of a village of this phone; empty when it is not one of them. */
export function villageName(id) {
  return villages.value.find((village) => village.id === id)?.name ?? "";
}
