/* A PIN is chosen, twice: by somebody new, by somebody whose phone had none yet, and anew on the status screen. */

import { html, useState } from "../html.js";
import { changePin, choosePin, door, objection } from "../locking.js";
import { places } from "../places.js";
import { go, goInstead, route } from "../route.js";
import { _ } from "../words.js";
import { isWhole, Pad } from "./pad.js";
import { Banner, Main, say, Screen } from "./parts.js";
import { useWait, waitInWords } from "./unlock.js";

const AGAIN = "again";

/** The first PIN of a place. */
export function Choose() {
  const known = places.value.find((place) => place.slot === door.value.slot);
  const chosen = async (pin) => {
    await choosePin(pin);
    if (route.value.screen === "enrol") goInstead("list");
  };
  const why = known && _("Từ bản này, phiếu trong máy được khóa bằng mã PIN của %(name)s. Phiếu đang có vẫn giữ nguyên.", { name: known.member.name });
  return html`<${NewPin} onChosen=${chosen} why=${why} />`;
}

/** Another PIN in place of the one that opens now. */
export function ChangePin() {
  const [old, setOld] = useState(null);
  const [pin, type] = useState("");
  const [wrong, setWrong] = useState(false);
  const [wait, refused] = useWait(door.value.slot);
  const back = () => go("status");
  const chosen = async (after) => {
    const { open, wait: next } = await changePin(old, after);
    if (open) {
      say(_("Đã đổi mã PIN."));
      return goInstead("status");
    }
    setOld(null);
    setWrong(true);
    return refused(next);
  };
  if (old !== null) return html`<${NewPin} onChosen=${chosen} back=${back} />`;
  const on = () => { if (isWhole(pin) && !wait) { setOld(pin); type(""); } };
  const foot = html`<${Main} label=${_("Tiếp")} onClick=${on} disabled=${!isWhole(pin) || wait > 0} />`;
  return html`<${Screen} title=${_("Nhập mã PIN đang dùng")} back=${back} foot=${foot} sending=${false} low>
    <div role="alert">${(wrong || wait > 0) && html`<${Banner} kind="warning"><p>${wait ? waitInWords(wait) : _("Mã PIN đang dùng chưa đúng. Vui lòng nhập lại.")}</p><//>`}</div>
    <${Pad} pin=${pin} onType=${type} onDone=${on} disabled=${wait > 0} />
  <//>`;
}

function NewPin({ onChosen, why = null, back = null }) {
  const [first, setFirst] = useState(null);
  const [pin, type] = useState("");
  const [trouble, setTrouble] = useState(null);
  const [doing, setDoing] = useState(false);
  const start = (what) => { setTrouble(what); setFirst(null); type(""); setDoing(false); };
  const on = async () => {
    if (!isWhole(pin) || doing) return;
    if (first === null) {
      const weak = objection(pin);
      setTrouble(weak);
      if (!weak) setFirst(pin);
      type("");
    } else if (first !== pin) start(AGAIN);
    else {
      setDoing(true);
      await onChosen(pin).catch((problem) => {
        console.error(problem);
        start(problem.code ?? "phone");
      });
    }
  };
  const label = doing ? _("Đang khóa…") : first === null ? _("Tiếp") : _("Dùng mã này");
  const foot = html`<${Main} label=${label} onClick=${on} disabled=${doing || !isWhole(pin)} icon=${first === null ? "next" : "check"} />`;
  return html`<${Screen} title=${first === null ? _("Chọn mã PIN 6 số") : _("Nhập lại mã PIN")} back=${back} foot=${foot} sending=${false} low>
    ${why && first === null && html`<p>${why}</p>`}
    <p>${first === null ? _("Nhớ kỹ mã này: mỗi lần mở ứng dụng đều phải nhập. Không viết mã lên máy hay lên thẻ.") : _("Bấm lại đúng 6 số vừa chọn.")}</p>
    <div role="alert">${trouble && html`<${Banner} kind="warning"><p>${troubleInWords(trouble)}</p><//>`}</div>
    <${Pad} pin=${pin} onType=${type} onDone=${on} disabled=${doing} />
  <//>`;
}

function troubleInWords(trouble) {
  if (trouble === "weak") return _("Mã này dễ đoán quá. Vui lòng chọn số khác.");
  if (trouble === AGAIN) return _("Hai lần bấm không giống nhau. Vui lòng chọn lại.");
  if (trouble === "sealed") return _("Mã PIN đã được chọn ở thẻ khác. Vui lòng đóng thẻ này rồi mở lại.");
  return _("Máy chưa ghi được vào bộ nhớ. Vui lòng xóa bớt ảnh hoặc video.");
}
