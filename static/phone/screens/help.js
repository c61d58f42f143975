/* Help, recorded where the lack is seen: under the answer that shows it. What was done, what came of it, and what
   stood in the way when it did not. */

import { useState } from "preact/hooks";
import { Choice } from "../form.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { form } from "../phone.js";
import * as said from "../said.js";
import { whoOf } from "../survey/follow_up.js";
import { EFFECTS, lacks } from "../survey/service.js";
import { helped } from "../visit.js";
import { change, draft, state } from "../visiting.js";
import { _ } from "../words.js";

const NOT_SAID = new Set(["unknown", "refused"]);

/** The services that would change this answer, as buttons. person: null for the house; value: the answer as found. */
export function Help({ person, field, value }) {
  const given = draft.value.help.filter((help) => help.person === person);
  const services = Object.entries(EFFECTS)
    .filter(([name, service]) => service.field === field && form.value.questions.get("service").choices.includes(name))
    .filter(([name, service]) => given.some((help) => help.service === name) || (isSaid(value) && lacks(service, value)) || isWished(person, name))
    .map(([name]) => name);
  if (!services.length) return null;
  return html`<div class="help">${services.map((name) => html`<${Service}
    key=${name} person=${person} name=${name} given=${given.find((help) => help.service === name)} />`)}</div>`;
}

// What somebody waits for can be done or declined whatever was answered.
const isWished = (person, name) => Boolean(state.value.wishes[whoOf(name, person)]?.[name]);

function isSaid(value) {
  return value !== undefined && value !== null && !NOT_SAID.has(Array.isArray(value) ? value[0] : value);
}

function Service({ person, name, given }) {
  const [opened, open] = useState(false);
  const set = (more) => change(helped(draft.value, { person, service: name, ...given, ...more }));
  const toggle = () => open(!opened);
  const id = `${person ?? "house"}-${name}`;
  const label = given ? `${said.choice("service", name)}: ${said.choice("result", given.result)}` : _("Hỗ trợ: %(service)s", { service: said.choice("service", name) });
  const result = (value) => change(helped(draft.value, resultOf({ person, service: name, given, value })));
  const barrier = (value) => set({ barrier: given.barrier === value ? undefined : value });
  const option = (value) => set({ value: given.value === value ? undefined : value });
  return html`<div class=${given ? "service given" : "service"}>
    <button type="button" aria-expanded=${opened} onClick=${toggle}><${Icon} name="hand" /><span>${label}</span></button>
    ${opened && html`<${Part} id=${`${id}-result`} question="result" values=${form.value.questions.get("result").choices} value=${given?.result} onPick=${result} />`}
    ${opened && given?.result === "done" && html`<${Part} id=${`${id}-value`} question="value" values=${form.value.options(name)} value=${given.value} onPick=${option} />`}
    ${opened && given && given.result !== "done" && html`<${Part} id=${`${id}-barrier`} question="barrier" values=${form.value.questions.get("barrier").choices} value=${given.barrier} onPick=${barrier} />`}
  </div>`;
}

// A second tap on the same result takes the help back; another result starts anew.
function resultOf({ person, service, given, value }) {
  return { person, service, result: given?.result === value ? null : value };
}

function Part({ id, question, values, value, onPick }) {
  if (!values.length) return null;
  return html`<fieldset class="part"><legend>${said.label(question)}</legend><div class="choices">
    ${values.map((one) => html`<${Choice} key=${one} name=${id} value=${one} label=${said.choice(question, one)} checked=${value === one} onPick=${onPick} />`)}
  </div></fieldset>`;
}
