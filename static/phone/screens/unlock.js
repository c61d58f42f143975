/* The lock: only this is left of a place until its PIN is typed. It says how many visits wait behind it. */

import { html, useEffect, useState } from "../html.js";
import { door, goTo, unlock, waitBefore } from "../locking.js";
import { places } from "../places.js";
import { _ } from "../words.js";
import { isWhole, Pad } from "./pad.js";
import { Banner, Main, Screen, Second } from "./parts.js";

export function Unlock() {
  const { slot } = door.value;
  const place = places.value.find((one) => one.slot === slot);
  const [pin, type] = useState("");
  const [doing, setDoing] = useState(false);
  const [said, say] = useState(null);
  const [wait, refused] = useWait(slot);
  const open = async () => {
    if (doing || wait || !isWhole(pin)) return;
    setDoing(true);
    const { open: opened, wait: next } = await unlock(slot, pin).catch((problem) => {
      console.error(problem);
      return { open: null, wait: 0 };
    });
    if (opened) return;
    type("");
    setDoing(false);
    say(opened === null ? _("Máy chưa mở được, không phải do mã PIN. Vui lòng đóng ứng dụng rồi mở lại; phiếu vẫn còn nguyên.") : _("Mã PIN chưa đúng. Phiếu vẫn còn nguyên."));
    refused(next);
  };
  const others = () => goTo("who");
  const forgotten = () => goTo("forgotten", slot);
  const foot = html`<${Main} label=${doing ? _("Đang mở…") : _("Mở khóa")} icon="lock" onClick=${open} disabled=${doing || wait > 0 || !isWhole(pin)} />`;
  return html`<${Screen} title=${_("Nhập mã PIN")} under=${`${place.member.name} · ${place.commune.name}`} foot=${foot} sending=${false} low>
    ${place.waiting > 0 && html`<${Banner} kind="waits" icon="clock"><p>${_("%(count)s phiếu chờ gửi. Mở khóa thì máy mới gửi.", { count: place.waiting })}</p><//>`}
    <div role="alert">${(said || wait > 0) && html`<${Banner} kind="warning"><p>${wait ? waitInWords(wait) : said}</p><//>`}</div>
    <div class="pair ways">
      <${Second} label=${_("Quên mã PIN")} onClick=${forgotten} />
      <${Second} label=${_("Người khác")} onClick=${others} />
    </div>
    <${Pad} pin=${pin} onType=${type} onDone=${open} disabled=${doing || wait > 0} />
  <//>`;
}

/** Milliseconds that are left to wait, counting down, and how to begin. */
export function useWait(slot) {
  const [until, setUntil] = useState(0); // of a clock that nobody sets
  const [, look] = useState(0);
  const begin = (ms) => setUntil(performance.now() + ms);
  useEffect(() => { waitBefore(slot).then(begin); }, [slot]);
  const left = Math.max(0, until - performance.now());
  useEffect(() => {
    if (!left) return undefined;
    const timer = setTimeout(() => look((count) => count + 1), Math.min(left, 1000));
    return () => clearTimeout(timer);
  });
  return [left, begin];
}

/** How long to wait, in words. */
export function waitInWords(ms) {
  const seconds = Math.ceil(ms / 1000);
  const time = seconds < 90 ? _("%(count)s giây", { count: seconds }) : _("%(count)s phút", { count: Math.ceil(seconds / 60) });
  return _("Sai mã PIN nhiều lần. Chờ %(time)s rồi thử lại; phiếu vẫn còn nguyên.", { time });
}
