/* A visit, step by step: each step is a screen of its own with an address of its own, so that "back" goes one step back. */

import { html, useEffect, useRef, useState } from "../html.js";
import { form } from "../phone.js";
import { go, goInstead } from "../route.js";
import { stepOf } from "../visit.js";
import * as visiting from "../visiting.js";
import { _ } from "../words.js";
import { Consent } from "./consent.js";
import { House } from "./house.js";
import { Join } from "./join.js";
import { Outcome } from "./outcome.js";
import { Banner, Main, say, Screen } from "./parts.js";
import { People } from "./people.js";
import { Person } from "./person.js";
import { Return } from "./return.js";
import { Summary } from "./summary.js";

const LOOK_MS = 2_000;
const toList = () => goInstead("list");
const STEPS = { outcome: Outcome, consent: Consent, house: House, people: People, person: Person, join: Join, return: Return, summary: Summary };

export function Visit({ parts: [household, step, person] }) {
  useEffect(() => {
    visiting.openVisit(household).catch(toList);
    // Whichever way the person leaves.
    return visiting.close;
  }, [household]);
  const taken = visiting.moved.value;
  const before = useRef(taken);
  useEffect(() => {
    if (taken === before.current) return;
    say(_("Lượt đến này đã mở ở thẻ khác. Các câu trả lời đều còn."));
    toList();
  }, [taken]);
  if (visiting.elsewhere.value?.household === household) return html`<${Elsewhere} household=${household} />`;
  const opened = visiting.draft.value?.household === household;
  useEffect(() => {
    if (!opened) return;
    const { outcome, corrects } = visiting.draft.value;
    // Left in the middle, or begun from the list: it goes on where it stands.
    if (!step) goInstead("visit", household, stepOf(visiting.draft.value, visiting.state.value, form.value.consent.name));
    // The phone's own "back", after saving: here nothing is begun, and a consent is not corrected.
    else if (outcome ? corrects && step === "consent" : step !== "outcome") goInstead("household", household);
  }, [opened, step]);
  if (!opened || !step)
    return html`<${Screen} title=${_("Lượt đến")}><p class="nothing">${_("Đang mở…")}</p><//>`;
  // The phone's own "back" may lead to somebody who was taken away again.
  const Step = person && !visiting.found().people[person] ? People : STEPS[step] ?? Outcome;
  return html`<${Step} key=${`${step}/${person}`} to=${to} person=${person} />`;
}

// Two tabs with one visit would write over each other's answers.
function Elsewhere({ household }) {
  const [doing, setDoing] = useState(false);
  const back = () => go("household", household);
  // The other tab may close by itself.
  useEffect(() => {
    const timer = setInterval(() => visiting.openVisit(household).catch(toList), LOOK_MS);
    return () => clearInterval(timer);
  }, [household]);
  const take = async () => {
    setDoing(true);
    await visiting.takeOver(household).catch(toList).finally(() => setDoing(false));
  };
  const { keeps } = visiting.elsewhere.value;
  const foot = html`<${Main} label=${_("Mở ở thẻ này")} onClick=${take} disabled=${doing} />`;
  return html`<${Screen} title=${_("Lượt đến này đang mở ở thẻ khác")} back=${back} foot=${foot}>
    <p>${_("Mở ở thẻ này thì thẻ kia tự đóng lượt đến. Các câu đã trả lời đều còn.")}</p>
    <div role="status">${keeps && html`<${Banner} kind="warning"><p>${_("Thẻ kia chưa ghi xong câu vừa rồi. Mở thẻ kia, đợi hết báo đỏ rồi bấm lại ở đây.")}</p><//>`}</div>
  <//>`;
}

/** Go to a step of the open visit. */
function to(step, ...more) {
  go("visit", visiting.draft.value.household, step, ...more.filter(Boolean));
}
