/* Over the list, when visits have waited for days: what to do. */

import { html } from "../html.js";
import { door } from "../locking.js";
import { overdueOf } from "../outbox.js";
import { facts, now, practising, tally } from "../phone.js";
import { places } from "../places.js";
import { _ } from "../words.js";
import { HandOver } from "./handing.js";
import { Banner } from "./parts.js";

export function Overdue() {
  const overdue = overdueOf(tally.value, facts.value.last, now());
  if (!overdue || practising.value) return null;
  return html`<${Banner} kind="warning" icon="warning">
    <p data-testid="overdue"><b>${wordsOf(overdue)}</b></p>
    <${HandOver} place=${places.value.find((place) => place.slot === door.value.slot)} />
  <//>`;
}

function wordsOf({ count, days, silent }) {
  if (silent)
    return _("%(days)s ngày chưa liên lạc được với máy chủ, còn %(count)s phiếu chưa gửi. Tìm chỗ có mạng, mở ứng dụng, chờ đến khi hiện “Đã gửi hết”.", { days, count });
  return _("%(count)s phiếu đã chờ %(days)s ngày. Tìm chỗ có mạng, mở ứng dụng, chờ đến khi hiện “Đã gửi hết”.", { days, count });
}
