/* The two ways to begin at a door: somebody is met, or nobody can be asked. */

import { html } from "../html.js";
import { _ } from "../words.js";
import { Main, Second } from "./parts.js";

/** onMet, onNot: what to do. */
export function Begin({ onMet, onNot, disabled = false }) {
  return html`<${Second} label=${_("Không hỏi được")} icon="away" onClick=${onNot} disabled=${disabled} />
    <${Main} label=${_("Bắt đầu lượt đến")} onClick=${onMet} disabled=${disabled} />`;
}
