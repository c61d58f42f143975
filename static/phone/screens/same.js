/* "Không đổi": one tap that confirms what is known. Kept as confirmed, never as said anew. */

import { html } from "../html.js";
import { Icon } from "../icons.js";

/** name: whose, for those who hear the screen: several stand on one. */
export function Same({ is, label, name, onPick }) {
  const pick = () => onPick(!is);
  return html`<button type="button" class="same" aria-pressed=${is} aria-label=${name && `${label}: ${name}`} onClick=${pick}>
    <${Icon} name=${is ? "check" : "same"} /><span>${label}</span>
  </button>`;
}
