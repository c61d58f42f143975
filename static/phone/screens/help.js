/* Help, recorded where the lack is seen: under the answer that shows it. What was done, in one tap; or that it was begun,
   booked or not wanted, and what stood in the way. */

import { Choice } from "../form.js";
import { html, useEffect, useRef, useState } from "../html.js";
import { Icon } from "../icons.js";
import { form } from "../phone.js";
import * as said from "../said.js";
import { whoOf } from "../survey/follow_up.js";
import { below, EFFECTS, lacks } from "../survey/service.js";
import { afterHelp, done, helped } from "../visit.js";
import { change, draft, help, state } from "../visiting.js";
import { _ } from "../words.js";

const NOT_SAID = new Set(["unknown", "refused"]);
const DONE = "done";

/** The services that would change this answer. person: null for the house; value: the answer as found. */
export function Help({ person, field, value }) {
  const [opened, open] = useState(false);
  const whole = useRef(null);
  useEffect(() => { if (opened) whole.current.scrollIntoView({ block: "nearest" }); }, [opened]);
  const given = help.value.filter((one) => one.person === person && EFFECTS[one.service]?.field === field);
  const services = Object.entries(EFFECTS)
    .filter(([name, service]) => service.field === field && form.value.questions.get("service").choices.includes(name))
    .filter(([name, service]) => given.some((one) => one.service === name) || (isSaid(value) && lacks(service, value)) || isWished(person, name))
    .map(([name]) => name);
  if (!services.length) return null;
  const about = services.length > 1 ? said.label(field) : said.choice("service", services[0]);
  const label = given.length ? given.map(inWords).join(", ") : _("Hỗ trợ: %(service)s", { service: about });
  return html`<div class="help" ref=${whole}><div class=${given.length ? "service given" : "service"}>
    <button type="button" aria-expanded=${opened} onClick=${() => open(!opened)}><${Icon} name="hand" /><span>${label}</span></button>
    ${opened && html`<${Opened} id=${`${person ?? "house"}-${field}`} person=${person} field=${field} value=${value} services=${services} given=${given} />`}
  </div></div>`;
}

// What somebody waits for can be done or declined whatever was answered.
const isWished = (person, name) => Boolean(state.value.wishes[whoOf(name, person)]?.[name]);

function isSaid(value) {
  return value !== undefined && value !== null && !NOT_SAID.has(Array.isArray(value) ? value[0] : value);
}

function inWords({ service, result, value }) {
  return `${said.choice("service", service)}: ${value ? said.choice("value", value) : said.choice("result", result)}`;
}

function Opened({ id, person, field, value, services, given }) {
  const undone = given.find((help) => help.result !== DONE);
  const left = afterHelp(draft.value, person, field, value);
  // What is booked or not wanted is the next thing that is still lacking.
  const next = undone?.service ?? services.find((name) => lacks(EFFECTS[name], left) || isWished(person, name));
  const give = (service, option) => change(done(draft.value, { person, service, value: option, also: below(service, value) }));
  const set = (more) => change(helped(draft.value, { person, service: next, ...undone, ...more }));
  const result = (one) => change(helped(draft.value, { person, service: next, result: undone?.result === one ? null : one }));
  const barrier = (one) => set({ barrier: undone.barrier === one ? undefined : one });
  return html`
    <${Part} question="help" group>${services.flatMap((service) => optionsOf(service).map((option) => html`<${Choice}
      key=${`${service} ${option}`} type="checkbox" name=${`${id}-done`} value=${option ?? service} icon="check" label=${doneInWords(service, option)}
      checked=${given.some((help) => help.service === service && help.result === DONE && help.value === option)} onPick=${() => give(service, option)} />`))}<//>
    ${next && html`<${Part} question="result">${form.value.questions.get("result").choices.filter((one) => one !== DONE).map((one) => html`<${Choice}
      key=${one} name=${`${id}-result`} value=${one} label=${said.choice("result", one)} checked=${undone?.result === one} onPick=${result} />`)}<//>`}
    ${undone && html`<${Part} question="barrier">${form.value.questions.get("barrier").choices.map((one) => html`<${Choice}
      key=${one} name=${`${id}-barrier`} value=${one} label=${said.choice("barrier", one)} checked=${undone.barrier === one} onPick=${barrier} />`)}<//>`}`;
}

const optionsOf = (service) => (form.value.options(service).length ? form.value.options(service) : [undefined]);

const doneInWords = (service, option) => [said.choice("service", service), option && said.choice("value", option)].filter(Boolean).join(": ");

function Part({ question, group = false, children }) {
  return html`<fieldset class="part"><legend>${group ? said.group(question) : said.label(question)}</legend><div class="choices">${children}</div></fieldset>`;
}
