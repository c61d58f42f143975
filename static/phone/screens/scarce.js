/* Little room is left on the phone: said before it hurts, with what to do. */

import { html } from "../html.js";
import { freeMb, isScarce } from "../room.js";
import { room } from "../when.js";
import { _ } from "../words.js";
import { Banner } from "./parts.js";

export function Scarce() {
  if (!isScarce(room.value)) return null;
  const what = _("Còn khoảng %(free)s MB. Xóa bớt ảnh, video trong máy; đừng xóa dữ liệu của trình duyệt. Gửi hết phiếu khi có mạng.", { free: freeMb(room.value) });
  return html`<${Banner} kind="warning"><h2>${_("Máy sắp hết chỗ")}</h2><p>${what}</p><//>`;
}
