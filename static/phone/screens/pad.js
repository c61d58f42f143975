/* Digits for a thumb, and for a keyboard where there is one. What is typed is shown as dots. */

import { html, useEffect, useRef } from "../html.js";
import { LONGEST, SHORTEST } from "../pin.js";
import { _ } from "../words.js";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

/** Whether so many digits may be a PIN. */
export const isWhole = (pin) => pin.length >= SHORTEST;

/** Whether some of a PIN stands on the screen: a page that opens anew would lose it. */
export const isTyped = () => document.querySelector(".full");

/** The dots and the digits. pin: what is typed so far; onType: its useState setter; onDone(): "enter" on a keyboard. */
export function Pad({ pin, onType, onDone, disabled = false }) {
  // Keys come faster than screens are drawn.
  const add = (digit) => onType((typed) => (disabled || typed.length >= LONGEST ? typed : typed + digit));
  const remove = () => onType((typed) => typed.slice(0, -1));
  const hands = useRef(null);
  hands.current = { add, remove, onDone };
  useEffect(() => {
    const press = (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (DIGITS.includes(event.key)) hands.current.add(event.key);
      else if (event.key === "Backspace") hands.current.remove();
      // On a button "enter" is that button's own.
      else if (event.key === "Enter" && event.target.tagName !== "BUTTON") hands.current.onDone();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  const stay = (event) => event.preventDefault(); // a tapped digit must not keep the focus: "enter" would type it again
  const said = _("Đã bấm %(count)s số", { count: pin.length });
  return html`<div class="pin">
    <p class="dots" role="status" aria-label=${said}>${Array.from({ length: Math.max(SHORTEST, pin.length) }, (_dot, i) => html`<i class=${i < pin.length ? "full" : ""}></i>`)}</p>
    <div class="pad">
      ${DIGITS.map((digit) => html`<button type="button" key=${digit} onMouseDown=${stay} disabled=${disabled}
        onClick=${() => add(digit)} class=${`digit-${digit}`}>${digit}</button>`)}
      <button type="button" class="erase" onMouseDown=${stay} disabled=${disabled || !pin}
        onClick=${remove}>${_("Xóa")}</button>
    </div>
  </div>`;
}
