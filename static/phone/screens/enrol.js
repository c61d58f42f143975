/* Enrolment: a code from a card makes this phone a member's. Opening the card's link only fills in the code; the tap
   here uses it, because chat programs open links by themselves. */

import { Field } from "../form.js";
import { html, useState } from "../html.js";
import { begin } from "../enrolment.js";
import { goTo } from "../locking.js";
import { enrolment } from "../phone.js";
import { places } from "../places.js";
import { practise } from "../practice.js";
import { go, goInstead } from "../route.js";
import { _ } from "../words.js";
import { Camera } from "./camera.js";
import { Banner, Main, Screen, Second } from "./parts.js";
import { enrolmentTroubleWords } from "./troubles.js";

const CODE = /^[0-9A-Z]{8}$/;

// A code is read from paper: O and 0, I, L and 1 look alike, and the alphabet has only the digits.
function codeOf(text) {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
}

/* The code in the link of a card's QR; null when the picture shows something else. */
function codeOfCard(text) {
  const found = /#enrol=([0-9A-Za-z-]+)$/.exec(text);
  return found && codeOf(found[1]);
}

export function Enrol({ parts: [linked] }) {
  const [code, setCode] = useState(codeOf(linked ?? ""));
  const [scanning, setScanning] = useState(false);
  const [doing, setDoing] = useState(false);
  const [trouble, setTrouble] = useState(null);
  const who = enrolment.value;
  const seen = (text) => {
    const found = codeOfCard(text);
    if (!found) return setTrouble("not_a_card");
    setScanning(false);
    return write(found);
  };
  const write = (text) => { setCode(codeOf(text)); setTrouble(null); };
  const enrol = async () => {
    setDoing(true);
    setTrouble(null);
    try {
      await begin(code);
      if (who) goInstead("list");
    } catch (problem) {
      if (!problem.code) console.error(problem);
      setTrouble(problem.code ?? "phone");
      setDoing(false);
    }
  };
  const others = places.value.length ? () => goTo("who") : null;
  const back = who ? () => go("list") : others;
  const already = who && _("Máy này đang của %(name)s. Phiếu trong máy vẫn giữ nguyên.", { name: who.member.name });
  const foot = html`<${Main} label=${doing ? _("Đang đăng ký…") : _("Nhận máy này")} onClick=${enrol} disabled=${doing || !CODE.test(code)} />`;
  return html`<${Screen} title=${_("Đăng ký máy")} back=${back} foot=${foot} sending=${false}>
    ${already && html`<${Banner} icon="phone"><p>${already}</p><//>`}
    <p>${linked ? _("Mã trên thẻ đã điền sẵn. Chỉ cần bấm “Nhận máy này”.") : _("Nhập mã gồm 8 chữ và số trên thẻ đăng ký mà cán bộ xã đã đưa.")}</p>
    <p>${_("Không dùng cửa sổ ẩn danh: đóng lại là mất hết phiếu.")}</p>
    ${linked ? null : scanning ? html`<${Camera} label=${_("Hình từ máy ảnh")} onText=${seen} />`
      : html`<${Second} label=${_("Quét mã trên thẻ")} icon="scan" onClick=${() => setScanning(true)} />`}
    <${Field} id="code" label=${_("Mã đăng ký")} value=${code} onAnswer=${write} hint=${_("Ví dụ: 7KQ2-M8XD")}
      autocapitalize="characters" spellcheck="false" maxlength="12" class="code" />
    <div role="alert">${trouble && html`<${Banner} kind="warning"><p>${enrolmentTroubleWords(trouble)}</p><//>`}</div>
    ${!who && html`<${Second} label=${_("Tập trước, chưa cần mã")} icon="edit" onClick=${practise} />`}
  <//>`;
}

/** The browser took away what was on this phone while the app was open: said as it is, and a way to begin anew. */
export function Emptied() {
  const waiting = places.value.reduce((sum, place) => sum + place.waiting, 0);
  const anew = () => { goInstead("list"); location.reload(); };
  const foot = html`<${Main} label=${_("Đăng ký lại máy này")} onClick=${anew} />`;
  return html`<${Screen} title=${_("Dữ liệu trên máy đã bị xóa")} foot=${foot} sending=${false}>
    <div role="alert"><${Banner} kind="warning">
      <p>${_("Trình duyệt đã xóa dữ liệu của ứng dụng trên máy này.")}</p>
      ${waiting > 0 && html`<p><b>${_("%(count)s phiếu chưa gửi không còn. Vui lòng báo tổ trưởng để đến lại những hộ đó.", { count: waiting })}</b></p>`}
    <//></div>
    <p>${_("Phiếu đã gửi vẫn còn ở xã. Xin cán bộ xã mã đăng ký mới rồi đăng ký lại máy này.")}</p>
  <//>`;
}
