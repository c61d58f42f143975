/* What every screen is made of: a head with the way back and the state of sending, a body, and the main button at the
   bottom, where a thumb reaches it. */

import { html, useEffect, useRef } from "../html.js";
import { Icon } from "../icons.js";
import { practising } from "../phone.js";
import { reaches } from "../pretend.js";
import { signal } from "../signals.js";
import { syncNow } from "../when.js";
import { _ } from "../words.js";
import { Sending } from "./sending.js";

/** What was just done, in words, with what undoes it or goes on: [{label, run}]. */
export const notice = signal(null);

const SHORT_MS = 300;

/** Say what was done; it stays until something else is said or the person goes on to another screen. */
export function say(text, ...actions) {
  notice.value = { text, actions: actions.filter(Boolean), since: Date.now() };
}

// What is said while a screen changes belongs to the new one.
window.addEventListener("hashchange", () => {
  if (notice.value && Date.now() - notice.value.since > SHORT_MS) notice.value = null;
});

/** A whole screen. title: its one heading; tab: what the browser may write into its history, never a name; back: where "back" leads (a function), null on the first screen; foot: buttons; low: its last part stays down by the thumb. */
export function Screen({ title, tab = title, under, back = null, foot = null, sending = true, low = false, children }) {
  const heading = useRef(null);
  useEffect(() => {
    document.title = `${tab} · Từng Nhà`;
    // A reader of screens, and a keyboard, begin at the top of what is new.
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [tab]); // never of what is being typed, such as a name
  return html`<div class=${practising.value ? "screen practice" : "screen"}>
    ${practising.value && html`<${Practising} />`}
    <header>
      ${back && html`<button type="button" class="back" onClick=${back} aria-label=${_("Quay lại")}><${Icon} name="back" /></button>`}
      <div class="title"><h1 tabindex="-1" ref=${heading}>${title}</h1>${under && html`<p>${under}</p>`}</div>
    </header>
    ${sending && html`<${Sending} />`}
    <main class=${low ? "low" : ""}>${children}</main>
    <${Notice} />
    ${foot && html`<footer>${foot}</footer>`}
  </div>`;
}

// On every screen: nobody may take what is practised for real. It leads to the way out.
function Practising() {
  const on = reaches.value;
  const toggle = () => { reaches.value = !on; syncNow(); };
  return html`<div class="practising">
    <a href="#/status">${_("TẬP · không tính")}</a>
    <button type="button" onClick=${toggle}>${on ? _("Tắt mạng") : _("Bật mạng")}</button>
  </div>`;
}

/** What stands while a screen is on its way. */
export function Opening() {
  return html`<${Screen} title=${_("Từng Nhà")}><p class="nothing">${_("Đang mở…")}</p><//>`;
}

function Notice() {
  const said = notice.value;
  if (!said) return null;
  const close = () => { notice.value = null; };
  return html`<section class="notice" aria-label=${_("Vừa xong")}>
    <p>${said.text}</p>
    ${said.actions.map(({ label, run }) => html`<button type="button" key=${label} onClick=${() => { close(); run(); }}>${label}</button>`)}
    <button type="button" class="quiet" aria-label=${_("Đóng thông báo")} onClick=${close}><${Icon} name="cross" /></button>
  </section>`;
}

/** What was just done, for readers of screens: stays in its place while screens change around it, else it is not read. */
export function Spoken() {
  return html`<p class="unseen" role="status" aria-live="polite">${notice.value?.text}</p>`;
}

/** The main button of a screen. */
export function Main({ label, icon = "next", onClick, disabled = false, ...others }) {
  return html`<button type="button" class="main" onClick=${onClick} disabled=${disabled} ...${others}>
    <span>${label}</span><${Icon} name=${icon} />
  </button>`;
}

/** A second, quieter button. */
export function Second({ label, icon, onClick, ...others }) {
  return html`<button type="button" class="second" onClick=${onClick} ...${others}>
    ${icon && html`<${Icon} name=${icon} />`}<span>${label}</span>
  </button>`;
}

/** Something to know before going on: kind is warning, good or plain. */
export function Banner({ kind = "plain", icon = "warning", children }) {
  return html`<div class=${`banner ${kind}`}><${Icon} name=${icon} /><div>${children}</div></div>`;
}
