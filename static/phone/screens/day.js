/* My day: what I did today and this week, how far my villages are and what is left, and a kind word. Nobody is compared. */

import { html } from "../html.js";
import { Icon } from "../icons.js";
import { facts, rows, today, todo, uncounted, villages } from "../phone.js";
import { go } from "../route.js";
import { partOf } from "../todo.js";
import { coverageOf, wordsFor, workOf } from "../work.js";
import { _ } from "../words.js";
import { Banner, Main, Screen } from "./parts.js";

const kindWords = ({ visits, helped }) => ({
  fresh: _("Chào anh chị. Nhà đầu tiên của hôm nay đang chờ."),
  visited: _("Hôm nay đã đến %(visits)s nhà. Mỗi nhà một bước, cảm ơn anh chị.", { visits }),
  helped: _("Hôm nay bà con được giúp %(helped)s lượt. Cảm ơn anh chị.", { helped }),
  whole: _("Cả thôn đã được hỏi đủ. Công của anh chị và cả tổ."),
});

export function Day() {
  const work = workOf(facts.value.done, uncounted(), today());
  const coverage = coverageOf(rows.value, villages.value);
  const due = todo.value.filter(({ due: day }) => partOf(day, today()) !== "later").length;
  const back = () => go("list");
  const next = () => go("todo");
  const foot = html`<${Main} label=${_("Việc cần làm")} onClick=${next} />`;
  return html`<${Screen} title=${_("Ngày của tôi")} back=${back} foot=${foot}>
    <${Banner} kind="good" icon="check"><p><b>${kindWords(work.today)[wordsFor(work, coverage)]}</b></p><//>
    <${Done} title=${_("Hôm nay")} of=${work.today} />
    <${Done} title=${_("7 ngày qua")} of=${work.week} />
    <h2>${_("Thôn của tôi")}</h2>
    ${coverage.map((village) => html`<${Village} key=${village.id} village=${village} />`)}
    <p>${_("Việc đến hạn trong 7 ngày tới: %(count)s", { count: due })}</p>
  <//>`;
}

function Done({ title, of: { visits, helped } }) {
  return html`<h2>${title}</h2><dl class="bigs">
    <div><dt>${_("lượt đến")}</dt><dd>${visits}</dd></div>
    <div><dt>${_("lượt giúp")}</dt><dd>${helped}</dd></div>
  </dl>`;
}

function Village({ village: { name, registered, surveyed, left } }) {
  return html`<div class="person">
    <p class="whose"><${Icon} name="house" /><b>${name}</b></p>
    <progress max=${registered || 1} value=${surveyed} aria-hidden="true" />
    <dl class="answers">
      <div><dt>${_("Đã hỏi")}</dt><dd>${_("%(surveyed)s trên %(registered)s hộ", { surveyed, registered })}</dd></div>
      <div><dt>${_("Còn phải đến, kể cả đến lại")}</dt><dd>${_("%(left)s hộ", { left })}</dd></div>
    </dl>
  </div>`;
}
