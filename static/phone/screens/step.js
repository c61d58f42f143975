/* What the steps of a visit are made of: the screen of one, and the way out of the visit. */

import { html } from "../html.js";
import { go, goInstead } from "../route.js";
import { draft, drop, found, trouble } from "../visiting.js";
import { _ } from "../words.js";
import { headOf } from "./household.js";
import { Banner, say, Screen, Second } from "./parts.js";

/** One step of a visit. under: what stands under the title; by itself whose house it is. */
export function Step({ title, tab, under, back, foot, children }) {
  return html`<${Screen} title=${title} tab=${tab} under=${under ?? headOf(found())?.name} back=${back} foot=${foot}>
    ${trouble.value && html`<${Banner} kind="warning">
      <p>${_("Máy hết chỗ, chưa ghi được câu vừa rồi. Câu trả lời vẫn còn đây: giữ màn hình này mở, xóa bớt ảnh hoặc video, máy sẽ tự ghi lại.")}</p><//>`}
    ${children}
  <//>`;
}

/** The button that leaves the visit without saving it; it can be brought back. */
export function Leave() {
  const { household, corrects, found: added } = draft.value;
  const leave = async () => {
    const back = await drop();
    const again = async () => { await back(); go("visit", household); };
    say(corrects ? _("Giữ như đã lưu.") : _("Đã bỏ lượt đến này."), { label: _("Hoàn tác"), run: again });
    if (added) goInstead("list");
    else goInstead("household", household);
  };
  return html`<${Second} label=${corrects ? _("Thôi, không sửa") : _("Bỏ lượt đến này")} icon="cross" onClick=${leave} />`;
}
