/* The one place that says how the sending stands: on every screen, under its head, in plain words. */

import { momentInWords } from "../clock.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { facts, lack, tally, today } from "../phone.js";
import { go } from "../route.js";
import { update } from "../shell.js";
import { link } from "../when.js";
import { _ } from "../words.js";

/** How the sending stands: {kind, icon, text}. */
export function standing() {
  const { waiting, held } = tally.value;
  const { doing, trouble } = link.value;
  if (trouble === "unknown_device" || facts.value.revoked)
    return { kind: "warning", icon: "warning", text: _("Máy cần đăng ký lại") };
  if (doing) return { kind: "plain", icon: "send", text: doingInWords(waiting) };
  if (waiting) return { kind: "waits", icon: "clock", text: _("%(count)s phiếu chờ gửi", { count: waiting }) };
  if (lack.value) return { kind: "warning", icon: "warning", text: _("Máy chủ còn thiếu %(count)s phiếu", { count: lack.value }) };
  if (facts.value.left) return { kind: "waits", icon: "clock", text: _("Còn %(count)s hộ chưa về máy", { count: facts.value.left }) };
  if (held) return { kind: "waits", icon: "question", text: _("%(count)s phiếu chờ cán bộ xem", { count: held }) };
  if (!update.value.ready) return notReady();
  if (!facts.value.last) return { kind: "plain", icon: "clock", text: _("Chưa gửi nhận lần nào") };
  return { kind: "good", icon: "check", text: _("Đã gửi hết") };
}

// Whoever walks off before the app is kept stands at the first door with a page that does not open.
function notReady() {
  if (update.value.failed) return { kind: "warning", icon: "warning", text: _("Chưa mở được khi mất mạng") };
  return { kind: "plain", icon: "clock", text: _("Đang chuẩn bị để dùng khi mất mạng…") };
}

function doingInWords(waiting) {
  const { households } = link.value;
  if (households) return _("Đang nhận: %(count)s hộ, còn %(left)s…", { count: households, left: facts.value.left });
  return waiting ? _("Đang gửi %(count)s phiếu…", { count: waiting }) : _("Đang hỏi máy chủ…");
}

/** When the last exchange with the server was, in words. */
export function lastInWords() {
  const { last } = facts.value;
  return last ? _("lần cuối %(moment)s", { moment: momentInWords(last, today()) }) : "";
}

export function Sending() {
  const { kind, icon, text } = standing();
  const open = () => go("status");
  return html`<button type="button" class=${`sending ${kind}`} data-testid="sending" onClick=${open}>
    <${Icon} name=${icon} /><span>${text}</span><small>${lastInWords()}</small>
  </button>`;
}
