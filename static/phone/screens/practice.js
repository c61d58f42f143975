/* The place to practise in: what it is, how to begin anew, and the way out. */

import { html } from "../html.js";
import { tally } from "../phone.js";
import { again, leave } from "../practice.js";
import { go } from "../route.js";
import { _ } from "../words.js";
import { Banner, Main, Screen, Second } from "./parts.js";

export function Practice() {
  const back = () => go("list");
  const foot = html`<${Main} label=${_("Thôi tập")} icon="check" onClick=${leave} />`;
  return html`<${Screen} title=${_("Chỗ tập")} back=${back} foot=${foot}>
    <${Banner} icon="edit"><p>${_("Những hộ ở đây không có thật. Cứ bấm thử mọi thứ: không phiếu nào được gửi hay được tính.")}</p><//>
    <dl class="summary">
      <div><dt>${_("Chờ gửi")}</dt><dd data-testid="waiting">${tally.value.waiting}</dd></div>
      <div><dt>${_("Đã gửi thử")}</dt><dd>${tally.value.received}</dd></div>
    </dl>
    <p>${_("Dải vàng trên cùng cho mất mạng và có mạng lại: ghi một lượt đến khi mất mạng, rồi cho có mạng để xem phiếu tự gửi.")}</p>
    <${Second} label=${_("Làm lại từ đầu")} icon="same" onClick=${again} />
  <//>`;
}
