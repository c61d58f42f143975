/* What is to be done, by its day: promised returns, wishes, visits given back, calls from the public page. Nobody ticks anything
   off: the visit that does it does. */

import { dayInWords } from "../clock.js";
import { html, useState } from "../html.js";
import { Icon } from "../icons.js";
import { today, todo } from "../phone.js";
import { go } from "../route.js";
import * as said from "../said.js";
import { partOf, PARTS } from "../todo.js";
import { _ } from "../words.js";
import { Banner, Screen, Second } from "./parts.js";

const PAGE = 30;

const partWords = () => ({
  overdue: _("Đã quá hạn"), today: _("Hôm nay"), week: _("Trong 7 ngày tới"), later: _("Sau đó"),
});

/** One thing to do in words; a name of null means the whole house. */
export function inWords({ kind, service, name }) {
  if (kind === "return") return _("Đã hẹn quay lại");
  if (kind === "back_check") return _("Thăm kiểm tra");
  if (kind === "returned") return _("Cán bộ xin xem lại");
  return [said.choice("service", service), name].filter(Boolean).join(": ");
}

export function Todo() {
  const [shown, setShown] = useState(PAGE);
  const back = () => go("list");
  const more = () => setShown(shown + PAGE);
  const all = todo.value.slice(0, shown);
  const words = partWords();
  return html`<${Screen} title=${_("Việc cần làm")} back=${back}>
    ${!all.length && html`<${Banner} kind="good" icon="check"><p>${_("Không có việc nào chờ. Lần nào hẹn lại, hẹn giúp ai thì việc đó tự hiện ở đây.")}</p><//>`}
    ${PARTS.map((part) => {
      const these = all.filter(({ due }) => partOf(due, today()) === part);
      return these.length > 0 && html`<h2 key=${part}>${words[part]}</h2>
        <ul class="rows">${these.map((one) => html`<${One} key=${`${one.due}${(one.row ?? one.signUp).id}`} one=${one} late=${part === "overdue"} />`)}</ul>`;
    })}
    ${all.length < todo.value.length && html`<p><${Second} label=${_("Xem thêm")} onClick=${more} /></p>`}
  <//>`;
}

function One({ one: { due, row, what, signUp }, late }) {
  const href = row ? `#/household/${row.id}` : `#/signup/${signUp.id}`;
  const name = row ? row.head ?? _("Chưa rõ tên") : signUp.name;
  const where = row ? [row.address, row.code ?? _("mới")].filter(Boolean).join(" · ") : _("Đăng ký nhận giúp đỡ");
  const things = row ? what.map(inWords) : [_("Gọi lại"), ...signUp.wishes.map((wish) => said.choice("service", wish))];
  return html`<li><a class=${`row ${late ? "is-returned" : "is-again"}`} href=${href}>
    <span class="who"><b>${name}</b><span>${where}</span><span class="things">${things.join(" · ")}</span></span>
    <span class="stand"><${Icon} name=${late ? "warning" : "clock"} /><span>${dayInWords(due)}</span></span>
  </a></li>`;
}
