/* The last step: five lines to read back to the house, what looks doubtful, and saving. */

import { dayInWords } from "../clock.js";
import { Choice } from "../form.js";
import { html, useEffect } from "../html.js";
import { now } from "../phone.js";
import * as said from "../said.js";
import { check } from "../survey/check.js";
import { fold } from "../survey/fold.js";
import { isGone, livingHere, outcomeOfDraft, SURVEYED } from "../visit.js";
import * as visiting from "../visiting.js";
import { _ } from "../words.js";
import { flagWords } from "./flags.js";
import { Banner, Second } from "./parts.js";
import { standOf } from "./people.js";
import { useSaving } from "./saving.js";
import { Leave, Step } from "./step.js";

const FEW = 2;

export function Summary({ to }) {
  const { foot, failed } = useSaving();
  const draft = visiting.draft.value;
  const outcome = outcomeOfDraft(draft);
  const surveyed = SURVEYED.includes(outcome);
  const { people } = visiting.found();
  const nobody = surveyed && Object.keys(people).every((id) => (isGone(people[id]) ? !draft.people[id] : standOf(id) === "open"));
  // Whoever asked nobody has not done the house; said by hand it stands.
  useEffect(() => {
    if (surveyed && !draft.by_hand) visiting.change({ ...draft, outcome: nobody ? "partly" : "done" });
  }, []);
  const back = () => to(surveyed ? "people" : "consent");
  const again = () => to("return");
  return html`<${Step} title=${_("Xem lại rồi lưu")} back=${back} foot=${foot}>
    ${failed}
    <dl class="summary">${linesOf(draft, outcome, surveyed).map(([what, words]) => html`<div key=${what}><dt>${what}</dt><dd>${words}</dd></div>`)}</dl>
    ${surveyed && html`<${Whole} draft=${draft} nobody=${nobody} />`}
    <${Doubts} />
    <${Second} label=${draft.return_on ? _("Đổi ngày hẹn") : _("Hẹn ngày quay lại")} icon="calendar" onClick=${again} />
    <${Leave} />
  <//>`;
}

function linesOf(draft, outcome, surveyed) {
  const consent = draft.consent ? said.choice("consent", draft.consent.given ? "yes" : "no") : surveyed && _("Đã đồng ý từ trước");
  const lines = [[said.label("outcome"), [said.choice("outcome", outcome), consent].filter(Boolean).join(" · ")]];
  if (surveyed) {
    lines.push([said.group("house"), houseInWords(draft)], [said.group("people"), peopleInWords(draft)]);
    if (draft.help.length) lines.push([said.group("help"), helpInWords(draft)]);
  }
  if (draft.return_on) lines.push([said.label("return_on"), dayInWords(draft.return_on)]);
  return lines;
}

// A few answers are read back word by word, many are counted.
function houseInWords(draft) {
  const answers = Object.entries(draft.house).map(([name, value]) => `${said.label(name)}: ${said.answer(name, value)}`);
  if (answers.length > FEW) return _("%(count)s câu trả lời", { count: answers.length });
  if (answers.length) return answers.join("; ");
  return draft.confirmed.house ? _("Không đổi") : _("Chưa hỏi");
}

function peopleInWords(draft) {
  const { people } = visiting.found();
  const before = visiting.known();
  const here = livingHere(people);
  const counts = { said: 0, same: 0, open: 0 };
  for (const id of here) counts[standOf(id)] += 1;
  const gone = Object.keys(draft.people).filter((id) => isGone(people[id]) && !isGone(before[id] ?? {}));
  const parts = [
    counts.said && _("%(count)s người đã hỏi", { count: counts.said }),
    counts.same && _("%(count)s người không đổi", { count: counts.same }),
    counts.open && _("%(count)s người chưa hỏi", { count: counts.open }),
    ...here.filter((id) => draft.added.includes(id) || draft.arrived?.[id]).map((id) => _("thêm %(name)s", { name: named(people[id]) })),
    ...gone.map((id) => `${named(people[id])}: ${said.choice("residence", people[id].residence)}`),
  ];
  return parts.filter(Boolean).join("; ") || _("Không có ai");
}

const named = (person) => person?.name || _("người chưa rõ tên");

function somethingOpen(draft) {
  const houseOpen = !Object.keys(draft.house).length && !draft.confirmed.house;
  return houseOpen || livingHere(visiting.found().people).some((id) => standOf(id) === "open");
}

// Under whose name it was given; what was done needs no more words.
function helpInWords(draft) {
  const { people } = visiting.found();
  const given = new Map();
  for (const { person, service, result } of draft.help)
    given.set(person, [...(given.get(person) ?? []), said.choice("service", service) + (result === "done" ? "" : ` (${said.choice("result", result)})`)]);
  return [...given].map(([person, all]) => (person ? `${named(people[person])}: ` : "") + all.join(", ")).join("; ");
}

// Whether all was asked is known best at the end, so it can be said here once more.
function Whole({ draft, nobody }) {
  const pick = (outcome) => visiting.change({ ...draft, outcome, by_hand: true });
  const isDone = draft.outcome === "done";
  return html`<fieldset class="question"><legend>${_("Đã hỏi hết chưa?")}</legend><div class="choices">
    ${SURVEYED.map((one) => html`<${Choice} key=${one} name="whole" value=${one} label=${said.choice("outcome", one)}
      checked=${draft.outcome === one} onPick=${pick} />`)}
  </div>${isDone && somethingOpen(draft) && html`<p class="hint">${_("Còn phần chưa hỏi. Nhà chưa trả lời hết thì chọn “Dở dang”.")}</p>`}
    ${!isDone && nobody && html`<p class="hint">${_("Chưa hỏi ai trong nhà nên ghi là dở dang.")}</p>`}
  </fieldset>`;
}

function Doubts() {
  const codes = new Set();
  let state = visiting.state.value;
  for (const [kind, id, base, body, household] of visiting.events()) {
    if (household !== visiting.draft.value.household) continue; // of the house that somebody left
    const event = { id, kind, base, body, at: now() };
    for (const flag of check(event, state)) codes.add(flag.code);
    state = fold(state, [event]); // a visit comes after its own register
  }
  const open = SURVEYED.includes(outcomeOfDraft(visiting.draft.value)) ? visiting.passedOver() : [];
  if (!codes.size && !open.length) return null;
  return html`<${Banner} kind="warning"><h2>${_("Xin nhìn lại")}</h2>
    <ul>${[...codes].map((code) => html`<li key=${code}>${flagWords(code)}</li>`)}
      ${open.map((name) => html`<li key=${name}>${_("Chưa hỏi: %(question)s", { question: said.label(name) })}</li>`)}</ul>
    <p>${_("Nếu đúng như vậy thì cứ lưu.")}</p><//>`;
}
