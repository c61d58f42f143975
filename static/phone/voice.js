/* The phone's own voices, for whoever would rather hear a text than read it. Only voices that speak on the phone itself: the
   others send each text to a foreign host, and are silent without a network. */

import { signal } from "./signals.js";

const engine = globalThis.speechSynthesis;
const voices = signal([]);

/** The text that is being read aloud, else null. */
export const reading = signal(null);

// Phones find their voices late.
const look = () => { voices.value = engine.getVoices().filter((voice) => voice.localService); };
if (engine) {
  engine.addEventListener?.("voiceschanged", look);
  look();
}

/** The voice for a language code, undefined when this phone has none. */
export const voiceFor = (language) => voices.value.find((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language);

/** Read a text aloud; a text that is being read falls silent. */
export function readAloud(text, language) {
  engine.cancel();
  if (reading.value === text) return silent();
  reading.value = text;
  const lines = text.split("\n").map((line) => new SpeechSynthesisUtterance(line));
  for (const line of lines) {
    Object.assign(line, { voice: voiceFor(language), lang: voiceFor(language).lang, rate: 0.9 });
    engine.speak(line);
  }
  lines.at(-1).onend = () => { if (reading.value === text) silent(); };
  return null;
}

/** Be silent. */
export function silent() {
  if (reading.value === null) return;
  reading.value = null;
  engine.cancel();
}
