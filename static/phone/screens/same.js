/* "Không đổi": one tap that confirms what is known. Kept as confirmed, never as said anew. */

import { html } from "../html.js";
import { Icon } from "../icons.js";

export function Same({ is, label, onPick }) {
  const pick = () => onPick(!is);
  return html`<button type="button" class="same" aria-pressed=${is} onClick=${pick}>
    <${Icon} name=${is ? "check" : "same"} /><span>${label}</span>
  </button>`;
}
