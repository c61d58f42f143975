/* How the sending stands, in whole: what waits, since when, what an officer must look at; and about this phone. */

import { dayInWords, momentInWords } from "../clock.js";
import { html, useEffect } from "../html.js";
import { enrolment, facts, lack, practising, tally, today } from "../phone.js";
import { door, lockAll } from "../locking.js";
import { places } from "../places.js";
import { practise } from "../practice.js";
import { freeMb } from "../room.js";
import { go } from "../route.js";
import { link, lookForRoom, room, syncNow } from "../when.js";
import { _, language, LANGUAGES } from "../words.js";
import { chooseLanguage, heldUntil, isHeld, offer, update } from "../shell.js";
import { HandOver } from "./handing.js";
import { Banner, Main, say, Screen, Second } from "./parts.js";
import { Practice } from "./practice.js";
import { Scarce } from "./scarce.js";
import { standing } from "./sending.js";
import { troubleWords } from "./troubles.js";

export function Status() {
  if (practising.value) return html`<${Practice} />`;
  return html`<${Sent} />`;
}

function Sent() {
  const back = () => go("list");
  const again = () => go("enrol");
  const { waiting, received, held, oldest } = tally.value;
  const { trouble, doing } = link.value;
  const { kind, icon, text } = standing();
  const lost = trouble === "unknown_device" || facts.value.revoked;
  const since = oldest && _("Phiếu cũ nhất từ %(moment)s.", { moment: momentInWords(oldest, today()) });
  const last = facts.value.last ? momentInWords(facts.value.last, today()) : _("chưa lần nào");
  const foot = lost
    ? html`<${Main} label=${_("Đăng ký lại máy này")} onClick=${again} />`
    : html`<${Main} label=${doing ? _("Đang gửi…") : _("Gửi ngay")} icon="send" onClick=${syncNow} disabled=${doing} />`;
  return html`<${Screen} title=${_("Gửi và nhận")} back=${back} foot=${foot}>
    <div role="status" aria-live="polite"><${Banner} kind=${kind} icon=${icon}>
      <p><b>${text}</b></p>${waiting > 0 && html`<p>${since}</p>`}
      ${lack.value > 0 && html`<p>${_("Máy này không còn giữ những phiếu đó. Vui lòng báo tổ trưởng; đừng xóa gì trên máy.")}</p>`}
      ${trouble && html`<p>${troubleWords(trouble)}</p>`}
    <//></div>
    <dl class="summary">
      <div><dt>${_("Chờ gửi")}</dt><dd data-testid="waiting">${waiting}</dd></div>
      <div><dt>${_("Máy chủ đã nhận, máy còn giữ bản dự phòng")}</dt><dd>${received}</dd></div>
      <div><dt>${_("Chờ cán bộ xem")}</dt><dd>${held}</dd></div>
      <div><dt>${_("Lần cuối gửi nhận được")}</dt><dd>${last}</dd></div>
    </dl>
    <${Scarce} />
    <h2>${_("Máy này")}</h2>
    <${Phone} />
    ${offer.value && html`<${Second} label=${_("Cài lên màn hình chính")} icon="plus" onClick=${install} />`}
    <h2>${_("Khóa")}</h2>
    <div class="pair">
      <${Second} label=${_("Khóa ngay")} icon="lock" onClick=${lockAll} />
      <${Second} label=${_("Đổi mã PIN")} icon="edit" onClick=${changePin} />
    </div>
    <h2>${_("Giao phiếu cho cán bộ")}</h2>
    <p>${_("Khi máy không gửi được: lưu phiếu thành một tệp đã khóa, gửi cho cán bộ xã bằng cách nào cũng được. Máy vẫn giữ phiếu.")}</p>
    <${HandOver} place=${places.value.find((place) => place.slot === door.value.slot)} />
    <h2>${_("Tập dùng")}</h2>
    <${Second} label=${_("Vào chỗ tập")} icon="edit" onClick=${practise} />
    <h2>${_("Ngôn ngữ")} / Language</h2>
    <${Languages} />
  <//>`;
}

const changePin = () => go("pin");

function install() {
  offer.value.prompt();
  offer.value = null; // a browser lets itself be asked once
}

function Phone() {
  useEffect(() => { lookForRoom(); }, []);
  const { member, commune } = enrolment.value;
  const free = freeMb(room.value);
  return html`<dl class="summary">
    <div><dt>${_("Người dùng máy")}</dt><dd>${member.name}</dd></div>
    <div><dt>${_("Xã")}</dt><dd>${commune.name}</dd></div>
    <div><dt>${_("Mở được khi mất mạng")}</dt><dd>${update.value.ready ? _("Được") : _("Chưa, hãy để máy có mạng thêm chút nữa")}</dd></div>
    <div><dt>${_("Giữ phiếu lâu dài trên máy")}</dt><dd>${room.value.persisted ? _("Được") : _("Chưa, hãy cài lên màn hình chính")}</dd></div>
    ${update.value.failed && html`<div><dt>${_("Bản mới")}</dt><dd>${_("Chưa tải được, máy vẫn dùng bản cũ")}</dd></div>`}
    ${isHeld() && html`<div><dt>${_("Bản ứng dụng")}</dt><dd>${_("Tổ trưởng giữ bản này đến %(day)s", { day: dayInWords(heldUntil.value) })}</dd></div>`}
    ${free !== null && html`<div><dt>${_("Chỗ trống")}</dt><dd>${free < 1000 ? `${free} MB` : `${Math.floor(free / 1000)} GB`}</dd></div>`}
  </dl>`;
}

function Languages() {
  const choose = (code, name) => chooseLanguage(code).catch(() => say(_("Cần có mạng để tải %(language)s lần đầu", { language: name })));
  return html`<p class="pair">${Object.entries(LANGUAGES).map(([code, name]) =>
    html`<${Second} key=${code} label=${name} lang=${code} onClick=${() => choose(code, name)} aria-pressed=${language() === code} />`)}</p>`;
}
