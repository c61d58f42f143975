/* Somebody who asked for help on the public page: call, then find their house; the visit that is begun from here ends it. */

import { dayInWords } from "../clock.js";
import { Field } from "../form.js";
import { html, useMemo, useState } from "../html.js";
import { rows, signUps, villages } from "../phone.js";
import { go } from "../route.js";
import { chosen } from "../rows.js";
import * as said from "../said.js";
import { _ } from "../words.js";
import { whose } from "./list.js";
import { Banner, Screen, Second } from "./parts.js";

const MOST = 8;

export function SignUp({ parts: [id] }) {
  const signUp = signUps.value.find((one) => one.id === id);
  const back = () => go("todo");
  if (!signUp) return html`<${Screen} title=${_("Đăng ký nhận giúp đỡ")} back=${back}><p class="nothing">${_("Việc này đã xong hoặc người dân đã rút lại.")}</p><//>`;
  const village = villages.value.find((one) => one.id === signUp.village)?.name;
  const isNew = () => go("found", id);
  const foot = html`<a class="main" href=${`tel:${signUp.phone}`}>${_("Gọi %(number)s", { number: spoken(signUp.phone) })}</a>`;
  return html`<${Screen} title=${signUp.name} tab=${_("Đăng ký nhận giúp đỡ")} under=${_("Đăng ký nhận giúp đỡ")} back=${back} foot=${foot}>
    <dl class="summary">
      ${village && html`<div><dt>${_("Thôn")}</dt><dd>${village}</dd></div>`}
      <div><dt>${said.label("wants")}</dt><dd>${signUp.wishes.map((wish) => said.choice("service", wish)).join(", ")}</dd></div>
      <div><dt>${_("Gọi lại trước ngày")}</dt><dd>${dayInWords(signUp.due)}</dd></div>
    </dl>
    <${Banner} icon="house"><p>${_("Khi đến nhà: chọn hộ dưới đây rồi ghi lượt đến. Ghi xong thì việc này tự hết.")}</p><//>
    <${Houses} signUp=${signUp} />
    <p class="pair"><${Second} label=${_("Hộ mới")} icon="plus" onClick=${isNew} /></p>
  <//>`;
}

function Houses({ signUp }) {
  const [query, search] = useState(signUp.name);
  const found = useMemo(() => chosen(rows.value, { village: signUp.village, query }).rows.slice(0, MOST), [rows.value, query]);
  return html`<${Field} id="house" type="search" label=${_("Tìm hộ")} value=${query} onAnswer=${search} />
    ${!found.length && html`<p class="hint">${_("Chưa thấy hộ nào. Thử gõ tên chủ hộ hoặc ngõ.")}</p>`}
    <ul class="rows">${found.map((row) => html`<li key=${row.id}><a class="row" href=${`#/household/${row.id}/${signUp.id}`}>${whose(row)}</a></li>`)}</ul>`;
}

/** A number as it is said: 0912 345 678. */
export function spoken(phone) {
  return phone.replace(/^\+84/, "0").replace(/^(\d{4})(\d{3})(\d+)$/, "$1 $2 $3");
}
