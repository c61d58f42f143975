/* The words on the screen. The message itself is the Vietnamese; another language is a table beside it.

   Rooms that must stay pure import nothing from here: the core speaks codes, screens speak languages. */

const REMEMBERED = "language";
export const LANGUAGES = { vi: "Tiếng Việt", en: "English" };

let spoken = "vi";
let table = {};

/** The message in the language in use, with %(name)s replaced by values.name. */
export function _(message, values = {}) {
  const said = table[message] || message;
  return said.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The language in use: vi or en. */
export function language() {
  return spoken;
}

/** The language this phone was last set to; Vietnamese when it never was. */
export function rememberedLanguage() {
  try {
    const kept = localStorage.getItem(REMEMBERED);
    return kept in LANGUAGES ? kept : "vi";
  } catch {
    return "vi"; // storage closed to us: the gate will say so, in Vietnamese
  }
}

/** Speak a language from now on; words: {Vietnamese: translated}, empty for Vietnamese itself. */
export function speak(chosen, words = {}) {
  spoken = chosen;
  table = words;
  if (typeof document !== "undefined") document.documentElement.lang = chosen;
  try {
    localStorage.setItem(REMEMBERED, chosen);
  } catch {
    // only the choice is forgotten
  }
}
