/* The last step: a few lines to read back to the house, what looks doubtful, and saving. */

import { useState } from "preact/hooks";
import { dayInWords } from "../clock.js";
import { Choice } from "../form.js";
import { html } from "../html.js";
import { now, rows } from "../phone.js";
import { go, goInstead } from "../route.js";
import { standOf as standOfRow } from "../rows.js";
import * as said from "../said.js";
import { check } from "../survey/check.js";
import { fold } from "../survey/fold.js";
import { livingHere, outcomeOfDraft, SURVEYED, unnamed, withoutPerson } from "../visit.js";
import * as visiting from "../visiting.js";
import { syncNow } from "../when.js";
import { _ } from "../words.js";
import { flagWords } from "./flags.js";
import { endSearch } from "./list.js";
import { Banner, Main, say, Second } from "./parts.js";
import { standOf } from "./people.js";
import { leave, Step } from "./visit.js";

export function Summary({ to }) {
  const [saving, save] = useState(false);
  const [failed, fail] = useState(false);
  const draft = visiting.draft.value;
  const outcome = outcomeOfDraft(draft);
  const surveyed = SURVEYED.includes(outcome);
  const back = () => to(draft.consent?.given === false ? "consent" : surveyed || outcome === "absent" ? "return" : "outcome");
  const keep = async () => {
    if (saving) return; // the second tap of a double tap
    save(true);
    try {
      await finish();
    } catch (problem) {
      console.error("The visit could not be saved:", problem);
      save(false);
      fail(true);
    }
  };
  const foot = html`<${Main} label=${_("Lưu lượt đến")} icon="check" onClick=${keep} disabled=${saving} />`;
  return html`<${Step} title=${_("Xem lại rồi lưu")} back=${back} foot=${foot}>
    ${failed && html`<${Banner} kind="warning"><p>${_("Máy chưa lưu được. Lượt đến vẫn còn đây; vui lòng xóa bớt ảnh hoặc video rồi bấm lại.")}</p><//>`}
    <dl class="summary">${linesOf(draft, outcome, surveyed).map(([what, words]) => html`<div key=${what}><dt>${what}</dt><dd>${words}</dd></div>`)}</dl>
    ${surveyed && html`<${Whole} draft=${draft} />`}
    <${Doubts} />
    <${Second} label=${_("Bỏ lượt đến này")} icon="cross" onClick=${leave} />
  <//>`;
}

async function finish() {
  const nameless = unnamed(visiting.draft.value);
  if (nameless.length) visiting.change(nameless.reduce(withoutPerson, visiting.draft.value));
  const { household } = visiting.draft.value;
  const after = nextAfter(household);
  await visiting.finish();
  const onward = after && { label: _("Hộ tiếp theo"), run: () => go("household", after) };
  say(_("Đã lưu trên máy."), onward);
  endSearch();
  goInstead("list");
  syncNow();
}

// The unvisited household that stands after this one in the list.
function nextAfter(household) {
  const open = rows.value.filter((row) => row.id === household || standOfRow(row) === "unvisited");
  const here = open.findIndex((row) => row.id === household);
  return (open[here + 1] ?? open[0])?.id === household ? null : (open[here + 1] ?? open[0])?.id ?? null;
}

function linesOf(draft, outcome, surveyed) {
  const lines = [[said.label("outcome"), said.choice("outcome", outcome)]];
  if (surveyed) {
    lines.push([said.label("consent"), draft.consent ? said.choice("consent", "yes") : _("Đã có từ trước")]);
    lines.push([said.group("house"), houseInWords(draft)], [said.group("people"), peopleInWords()]);
    if (draft.help.length) lines.push([said.group("help"), helpInWords(draft)]);
  }
  if (draft.return_on) lines.push([said.label("return_on"), dayInWords(draft.return_on)]);
  return lines;
}

function houseInWords(draft) {
  const count = Object.keys(draft.house).length;
  if (count) return _("%(count)s câu trả lời", { count });
  return draft.confirmed.house ? _("Không đổi") : _("Chưa hỏi");
}

function peopleInWords() {
  const { people } = visiting.found();
  const counts = { said: 0, same: 0, open: 0 };
  for (const id of livingHere(people)) counts[standOf(id)] += 1;
  const parts = [
    counts.said && _("%(count)s người đã hỏi", { count: counts.said }),
    counts.same && _("%(count)s người không đổi", { count: counts.same }),
    counts.open && _("%(count)s người chưa hỏi", { count: counts.open }),
  ];
  return parts.filter(Boolean).join(", ") || _("Không có ai");
}

function somethingOpen(draft) {
  const houseOpen = !Object.keys(draft.house).length && !draft.confirmed.house;
  return houseOpen || livingHere(visiting.found().people).some((id) => standOf(id) === "open");
}

function helpInWords(draft) {
  return draft.help.map((help) => `${said.choice("service", help.service)} (${said.choice("result", help.result)})`).join(", ");
}

// Whether all was asked is known best at the end, so it can be said here once more.
function Whole({ draft }) {
  const pick = (outcome) => visiting.change({ ...draft, outcome });
  return html`<fieldset class="question"><legend>${_("Đã hỏi hết chưa?")}</legend><div class="choices">
    ${SURVEYED.map((one) => html`<${Choice} key=${one} name="whole" value=${one} label=${said.choice("outcome", one)}
      checked=${draft.outcome === one} onPick=${pick} />`)}
  </div>${draft.outcome === "done" && somethingOpen(draft) && html`<p class="hint">${_("Còn phần chưa hỏi. Nhà chưa trả lời hết thì chọn “Dở dang”.")}</p>`}
  </fieldset>`;
}

function Doubts() {
  const codes = new Set();
  let state = visiting.state.value;
  for (const [kind, id, base, body] of visiting.events()) {
    const event = { id, kind, base, body, at: now() };
    for (const flag of check(event, state)) codes.add(flag.code);
    state = fold(state, [event]); // a visit comes after its own register
  }
  // Members know how fast they were and what time it is.
  const shown = [...codes].filter((code) => code !== "visit_too_fast" && code !== "night_visit");
  const open = SURVEYED.includes(outcomeOfDraft(visiting.draft.value)) ? visiting.passedOver() : [];
  if (!shown.length && !open.length) return null;
  return html`<${Banner} kind="warning"><h2>${_("Xin nhìn lại")}</h2>
    <ul>${shown.map((code) => html`<li key=${code}>${flagWords(code)}</li>`)}
      ${open.map((name) => html`<li key=${name}>${_("Chưa hỏi: %(question)s", { question: said.label(name) })}</li>`)}</ul>
    <p>${_("Nếu đúng như vậy thì cứ lưu.")}</p><//>`;
}
