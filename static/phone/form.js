/* Questions as they stand in the compiled questionnaire, as large things to tap.

   A first visit preselects nothing. What is known from before is marked on its choice and stays known until somebody
   says it again. "Không trả lời" takes no room: a menu or one long press brings it. Tapping a choice again takes it
   back: that is the undo. */

import { html, useEffect, useRef, useState } from "./html.js";
import { Icon, iconOf } from "./icons.js";
import { painted } from "./painted.js";
import { form } from "./phone.js";
import * as said from "./said.js";
import { toggled } from "./survey/questionnaire.js";
import { nfc } from "./survey/text.js";
import { readAloud, reading, silent, voiceFor } from "./voice.js";
import { _, language } from "./words.js";

const REFUSED = "refused";
const TOUCH_MS = 12; // felt, also with gloves and in glare
const NOT_SAID = new Set(["unknown", REFUSED]);
let arrows = false; // a key that moves through the choices is down

/** One question with its choices.

    name: the question's; id: unlike any other on the screen; value: what was said now; known: what was known before; onAnswer(name,
    value or undefined); children: what belongs under it. */
export function Question({ id, name, value, known, onAnswer, children }) {
  const [opened, open] = useState(false);
  const question = form.value.questions.get(name);
  const many = question.type === "select_multiple";
  const chosen = many ? (value ?? []) : [value];
  const before = many ? (known ?? []) : [known];
  const shown = opened || chosen.includes(REFUSED) || before.includes(REFUSED);
  const choices = question.choices.filter((choice) => choice !== REFUSED || shown);
  const pick = (choice) => {
    const after = many ? toggled(chosen, choice) : value === choice ? undefined : choice;
    return onAnswer(name, many && !after.length ? undefined : after);
  };
  const more = (event) => { event.preventDefault(); open(true); };
  return html`<fieldset class="question" data-question=${name} onContextMenu=${more}>
    <legend>${said.asked(name)}</legend>
    ${said.hint(name) && html`<p class="hint">${said.hint(name)}</p>`}
    ${!shown && question.choices.includes(REFUSED) && html`<${More} label=${said.label(name)} onClick=${more} />`}
    <div class="choices">
      ${choices.map((choice) => html`<${Choice}
        key=${choice} type=${many ? "checkbox" : "radio"} name=${id} value=${choice} label=${said.choice(name, choice)} quiet=${NOT_SAID.has(choice)}
        checked=${chosen.includes(choice)} known=${before.includes(choice) && value === undefined} onPick=${pick} />`)}
    </div>
    ${opened && html`<${Aloud} language=${language()} text=${[said.label(name), ...choices.map((choice) => said.choice(name, choice))].join("\n")} />`}
    ${children}
  </fieldset>`;
}

function More({ label, onClick }) {
  const name = _("Câu trả lời khác: %(question)s", { question: label });
  return html`<button type="button" class="more" aria-label=${name} onClick=${onClick}><${Icon} name="more" /></button>`;
}

/** One choice: a whole label to tap, with a radio button or a checkbox lying over it. onPick(value, looking): looking while an arrow
    key only goes through the choices, Enter is a tap; false when the answer is not taken: then the browser puts its mark back. */
export function Choice({ type = "radio", name, value, label, icon = iconOf(value), checked, known = false, quiet = false, onPick }) {
  const look = ["choice", `is-${value}`, quiet && "quiet", known && "known", checked && "checked"].filter(Boolean).join(" ");
  const pick = (event) => {
    if (!arrows) painted().then(() => navigator.vibrate?.(TOUCH_MS));
    if (onPick(value, arrows) === false) event.preventDefault();
  };
  const down = (event) => {
    arrows = event.key.startsWith("Arrow");
    if (event.key === "Enter") pick(event);
  };
  const up = () => { arrows = false; };
  return html`<label class=${look}>
    <input type=${type} name=${name} value=${value} checked=${checked} onClick=${pick} onKeyDown=${down} onKeyUp=${up} />
    <${Icon} name=${icon ?? (checked ? "check" : type === "radio" ? "ring" : "box")} />
    <span>${label}${known && html` <small>${_("lần trước")}</small>`}</span>
  </label>`;
}

/** What reads a text aloud; nothing where this phone has no voice of the language. */
export function Aloud({ text, language }) {
  useEffect(() => silent, []);
  if (!voiceFor(language)) return null;
  const is = reading.value === text;
  return html`<button type="button" class="second" aria-pressed=${is} onClick=${() => readAloud(text, language)}>
    <${Icon} name="sound" /><span>${is ? _("Dừng đọc") : _("Đọc to")}</span></button>`;
}

/** A field to write into. onAnswer(text): the composed text without spaces around it; "" when it was emptied. */
export function Field({ id, label, value, type = "text", inputmode, hint, warning, onAnswer, ...others }) {
  const take = (event) => {
    // In the middle of composing a letter the text is not yet what was meant.
    if (!event.isComposing) onAnswer(nfc(event.target.value).trim().replace(/\s+/g, " "));
  };
  const input = useRef(null);
  // What comes from elsewhere (an undo, the year that an age gives) is shown; what is being typed is never touched.
  useEffect(() => {
    if (document.activeElement !== input.current) input.current.value = value ?? "";
  }, [value]);
  const about = [hint && `${id}-hint`, warning && `${id}-warning`].filter(Boolean).join(" ");
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input id=${id} type=${type} inputmode=${inputmode} ref=${input} aria-describedby=${about || null}
      autocomplete="off" onInput=${take} onCompositionEnd=${take} ...${others} />
    ${hint && html`<p id=${`${id}-hint`} class="hint">${hint}</p>`}
    ${warning && html`<p id=${`${id}-warning`} class="warning" role="status"><${Icon} name="warning" />${warning}</p>`}
  </div>`;
}
