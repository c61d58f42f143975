/* Opening a household by the card at its door: scanned, or its code typed. Works without a network, like all of it. */

import { Field } from "../form.js";
import { html, useState } from "../html.js";
import { enrolment, household, rows } from "../phone.js";
import { go, goInstead } from "../route.js";
import { parseCode, tokenOf } from "../survey/codes.js";
import { _ } from "../words.js";
import { Camera } from "./camera.js";
import { Banner, Main, Screen } from "./parts.js";

/* What can be wrong with a code. */
const PROBLEMS = {
  not_a_card: () => _("Mã này không phải thẻ hộ của Từng Nhà."),
  not_a_code: () => _("Chưa đúng mã hộ. Ví dụ: 15835-03-0127, hoặc 3-127."),
  not_here: () => _("Hộ này không có trong máy. Có thể hộ thuộc thôn khác, hoặc máy chưa nhận danh sách mới."),
};

/** Show the household, and where it was merged into another, that one. */
async function show(row) {
  const found = await household(row.id);
  goInstead("household", (found?.status === "merged" && found.merged_into) || row.id);
}

export function Scan() {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState(null);
  const open = (row, otherwise) => (row ? show(row) : setProblem(otherwise));
  const seen = (text) => {
    const token = tokenOf(text);
    return token ? open(rows.value.find((row) => row.token === token), "not_here") : setProblem("not_a_card");
  };
  const byCode = () => {
    const code = parseCode(typed, enrolment.value.commune.code);
    return code ? open(rows.value.find((row) => row.code === code), "not_here") : setProblem("not_a_code");
  };
  const write = (text) => { setTyped(text); setProblem(null); };
  const onEnter = (event) => { if (event.key === "Enter" && !event.isComposing) byCode(); };
  const foot = html`<${Main} label=${_("Mở hộ này")} onClick=${byCode} disabled=${!typed} />`;
  return html`<${Screen} title=${_("Quét thẻ hộ")} back=${() => go("list")} foot=${foot}>
    <p>${_("Đưa mã vuông trên thẻ hộ vào giữa khung.")}</p>
    <${Camera} label=${_("Hình từ máy ảnh")} onText=${seen} />
    <div role="alert">${problem && html`<${Banner} kind="warning"><p>${PROBLEMS[problem]()}</p><//>`}</div>
    <${Field} id="household-code" label=${_("Hoặc gõ mã hộ in trên thẻ")} value=${typed} inputmode="text" onAnswer=${write}
      onKeyDown=${onEnter} hint=${_("Ví dụ: 3-127 là thôn số 3, hộ 127.")} class="code" />
  <//>`;
}
