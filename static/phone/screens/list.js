/* The households of my villages: where I am expected, then the unvisited, in lane order, a search that forgives accents, and the door to a
   household that is on no list. Only what is seen is drawn: thousands must open as fast as ten. */

import { dayInWords } from "../clock.js";
import { Field } from "../form.js";
import { html, useEffect, useMemo, useRef, useState } from "../html.js";
import { Icon } from "../icons.js";
import { drafts, enrolment, facts, practising, rows, today, todo, villages } from "../phone.js";
import { practise } from "../practice.js";
import { go } from "../route.js";
import { chosen, FILTERS, standOf } from "../rows.js";
import { link } from "../when.js";
import { _ } from "../words.js";
import { Overdue } from "./overdue.js";
import { Banner, Main, Screen, Second } from "./parts.js";
import { Scarce } from "./scarce.js";

const PAGE = 16; // more than a phone shows at once

// Looked at again, it is as it was left.
const kept = { village: null, filter: "all", query: "" };

/** Show all again: who was searched for was found and visited. */
export function endSearch() {
  kept.query = "";
}

/** Show everything again: the next member has other villages. */
export function lookAnew() {
  Object.assign(kept, { village: null, filter: "all", query: "" });
}

const words = () => ({
  all: _("Tất cả"), unvisited: _("Chưa đến"), again: _("Hẹn lại"), returned: _("Cần xem lại"), visited: _("Đã đến"), closed: _("Khác"),
});

const outcomeWords = () => ({
  partly: _("Dở dang"), absent: _("Vắng nhà"), refused: _("Từ chối"), vacant: _("Nhà trống"), moved: _("Đã chuyển đi"),
});

const STAND_ICONS = { unvisited: "ring", again: "clock", returned: "warning", visited: "check", closed: "mute" };

export function List() {
  const [view, setView] = useState(kept);
  const [shown, setShown] = useState(PAGE);
  const look = (change) => { Object.assign(kept, change); setView({ ...kept }); setShown(PAGE); };
  // A village that is no longer mine can't be chosen away either.
  const village = villages.value.some(({ id }) => id === view.village) ? view.village : null;
  const found = useMemo(() => chosen(rows.value, { ...view, village }), [rows.value, view, village]);
  const more = () => setShown((count) => count + PAGE);
  const search = (query) => look({ query });
  const scan = () => go("scan");
  const isNew = () => go("found");
  const foot = html`<${Main} label=${_("Hộ mới")} icon="plus" onClick=${isNew} data-testid="new-household" />`;
  return html`<${Screen} title=${_("Hộ của tôi")} under=${enrolment.value.commune.name} foot=${foot}>
    <${Scarce} />
    <${Overdue} />
    <${Unfinished} />
    <${Ways} />
    ${!practising.value && !facts.value.done.length && html`<${Second} label=${_("Vào chỗ tập")} icon="edit" onClick=${practise} />`}
    <div class="pair">
      <${Field} id="search" type="search" label=${_("Tìm hộ")} placeholder=${_("Tên, ngõ, mã hộ")}
        value=${view.query} onAnswer=${search} />
      <button type="button" class="scan" onClick=${scan} aria-label=${_("Quét thẻ hộ")}><${Icon} name="scan" /></button>
      ${villages.value.length > 1 && html`<${Villages} chosen=${village} onPick=${look} />`}
    </div>
    <${Filters} counts=${found.counts} chosen=${view.filter} onPick=${look} />
    <${Rows} rows=${found.rows} shown=${shown} onMore=${more} />
  <//>`;
}

function Ways() {
  const due = todo.value.filter((one) => one.due <= today()).length;
  return html`<nav class="pair ways" aria-label=${_("Việc của tôi")}>
    <a class=${due ? "second due" : "second"} href="#/todo"><${Icon} name="clock" /><span>${due ? _("Đến hạn: %(count)s", { count: due }) : _("Việc cần làm")}</span></a>
    <a class="second" href="#/day"><${Icon} name="check" /><span>${_("Ngày của tôi")}</span></a>
  </nav>`;
}

function Unfinished() {
  const waiting = [...drafts.value.values()];
  if (!waiting.length) return null;
  return html`<${Banner} kind="waits" icon="edit">
    <h2>${_("Đang làm dở")}</h2>
    ${waiting.map((draft) => html`<${UnfinishedOne} key=${draft.household} draft=${draft} />`)}
  <//>`;
}

function UnfinishedOne({ draft }) {
  const row = rows.value.find((one) => one.id === draft.household);
  const added = draft.added.map((id) => draft.people[id]?.name).find(Boolean);
  const name = row?.head ?? added ?? draft.found?.address ?? _("Hộ mới");
  const open = () => go("visit", draft.household);
  const label = _("Tiếp tục: %(name)s", { name });
  return html`<p><button type="button" class="second" onClick=${open}><${Icon} name="next" /><span>${label}</span></button></p>`;
}

function Villages({ chosen: village, onPick }) {
  const pick = (event) => onPick({ village: event.target.value || null });
  return html`<div class="field"><label for="village">${_("Thôn")}</label>
    <select id="village" onChange=${pick}>
      <option value="" selected=${village === null}>${_("Tất cả")}</option>
      ${villages.value.map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === village}>${one.name}</option>`)}
    </select></div>`;
}

function Filters({ counts, chosen: filter, onPick }) {
  return html`<div class="filters" role="group" aria-label=${_("Lọc danh sách")}>
    ${Object.keys(FILTERS).map((name) => {
      const pick = () => onPick({ filter: name });
      return html`<button type="button" key=${name} aria-pressed=${name === filter} onClick=${pick}>${words()[name]} <b>${counts[name]}</b></button>`;
    })}
  </div>`;
}

function Rows({ rows: found, shown, onMore }) {
  const end = useRef(null);
  useEffect(() => {
    if (!end.current) return undefined;
    const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && onMore(), { rootMargin: "600px" });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [found, shown]);
  if (!found.length) return html`<${Nothing} />`;
  return html`<ul class="rows">
      ${found.slice(0, shown).map((row) => html`<${Row} key=${row.id} row=${row} />`)}
    </ul>
    ${shown < found.length && html`<p ref=${end}><button type="button" class="second" onClick=${onMore}>${_("Xem thêm")}</button></p>`}`;
}

function Nothing() {
  if (facts.value.left || (link.value.doing && !rows.value.length))
    return html`<p class="nothing">${_("Danh sách hộ chưa về hết. Chờ có mạng rồi tìm lại.")}</p>`;
  return html`<p class="nothing">${rows.value.length ? _("Không có hộ nào như vậy. Thử gõ ít chữ hơn; hộ chưa có trong danh sách thì bấm “Hộ mới”.") : _("Chưa có hộ nào trong máy.")}</p>`;
}

function Row({ row }) {
  const stand = standOf(row);
  const detail = stand === "again" && row.return_on ? _("Hẹn %(day)s", { day: dayInWords(row.return_on) }) : outcomeWords()[row.outcome];
  return html`<li><a class=${`row is-${stand}`} href=${`#/household/${row.id}`}>
    ${whose(row)}
    <span class="stand"><${Icon} name=${STAND_ICONS[stand]} /><span>${detail ?? words()[stand]}</span></span>
  </a></li>`;
}

/** A household in a list: its head, and where it is. */
export function whose(row) {
  const where = [row.address, row.code ?? _("mới")].filter(Boolean).join(" · ");
  return html`<span class="who"><b>${row.head ?? _("Chưa rõ tên")}</b><span>${where}</span></span>`;
}
