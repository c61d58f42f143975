/* A forgotten PIN: nothing is lost, and nobody can look in. What waits is saved as a file for the commune, and the member
   goes on in a new place while the old one stays. */

import { html } from "../html.js";
import { approach, door, goTo } from "../locking.js";
import { places } from "../places.js";
import { _ } from "../words.js";
import { HandOver } from "./handing.js";
import { Banner, Screen, Second } from "./parts.js";

export function Forgotten() {
  const { slot } = door.value;
  const place = places.value.find((one) => one.slot === slot);
  const back = () => approach(slot);
  const anew = () => goTo("enrol");
  return html`<${Screen} title=${_("Quên mã PIN")} under=${place.member.name} back=${back} sending=${false}>
    <${Banner} kind="good" icon="check"><p>${_("Phiếu trong máy không mất. Đừng xóa ứng dụng, đừng xóa dữ liệu của trình duyệt.")}</p><//>
    <h2>${_("1. Lưu phiếu cho cán bộ xã")}</h2>
    <p>${_("Lưu phiếu còn trong máy thành một tệp rồi gửi cho cán bộ xã. Tệp đã khóa, chỉ xã mở được.")}</p>
    <${HandOver} place=${place} />
    <h2>${_("2. Đăng ký lại để làm tiếp")}</h2>
    <p>${_("Xin cán bộ xã mã đăng ký mới, nhập mã rồi chọn mã PIN khác. Tên cũ vẫn còn trên máy; nhớ ra mã PIN thì vẫn mở được.")}</p>
    <${Second} label=${_("Đăng ký lại bằng mã mới")} icon="plus" onClick=${anew} />
  <//>`;
}
