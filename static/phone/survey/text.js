/* Vietnamese names on the phone: normal form, folding, search that forgives accents, Telex and VNI keys. Lists go by lane here, so the
   order of names is the server's alone.

   Twin of fieldapp/survey/text.py and telex.py, where the reasons stand; tests/vectors/text.json binds both. */

const TONES = { "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5" };
const MARKS = /[\u0300-\u036f\u200b-\u200f\u2060\ufeff]/g;

export const EXACT = 0, FOLDED = 1, TYPED_RAW = 2;

export const nfc = (text) => text.normalize("NFC");

const words = (text) => text.split(/\s+/).filter(Boolean);

/** The search key: no marks, đ as d, lower case, single spaces. */
export const folded = (text) => words(text.normalize("NFD").replace(MARKS, "").toLowerCase().replace(/đ/g, "d")).join(" ");

function withToneFirst(word) {
  let tone = "0", letters = "";
  for (const character of word.toLowerCase().normalize("NFD")) {
    if (TONES[character]) tone = TONES[character];
    else letters += character;
  }
  return tone + nfc(letters);
}

/** A folded word read as Telex keys: "nguyeenx" is nguyen. */
export function telexFolded(word) {
  const onset = word.match(/^[^aeiouyw]*/)[0];
  const bare = word.slice(onset.length).replace(/[sfrxjzd]/g, "").replace(/^w/, "u").replace(/w/g, "");
  return onset.replace(/dd/g, "d") + bare.replace(/([aeo])\1+/g, "$1").replace(/([aeo])([^aeiouy]+)\1$/, "$1$2");
}

/** A folded word read as VNI keys: "nguye6n4" is nguyen. */
export const vniFolded = (word) => /^[a-z]+[0-9][a-z0-9]*$/.test(word) ? word.replace(/[0-9]/g, "") : word;

/** For each word of a query the folded texts that it may mean, as typed first. */
export const readings = (query) => words(folded(query)).map((word) => [...new Set([word, telexFolded(word), vniFolded(word)])]);

const beginsWord = (key, word) => ` ${key}`.includes(` ${word}`) || (/^[0-9]/.test(word) && key.includes(word));

/** A query made ready once, for thousands of names: (key, name) → EXACT, FOLDED, TYPED_RAW, or null when it is not found.
    key: folded(name), kept beside the name; without a name exact accents are not looked at. */
export function searcher(query) {
  const ways = readings(query);
  const toned = words(nfc(query)).map(withToneFirst);
  return (key, name) => {
    if (!ways.every((one) => one.some((word) => beginsWord(key, word)))) return null;
    if (name !== undefined) {
      const full = words(nfc(name)).map(withToneFirst).join(" ");
      if (toned.every((word) => beginsWord(full, word))) return EXACT;
    }
    return ways.every((one) => beginsWord(key, one[0])) ? FOLDED : TYPED_RAW;
  }
}

let latest = { query: null };

/** Whether a query finds a folded key; asked for thousands of keys in a row, it reads its query once. */
export function matches(query, key) {
  if (latest.query !== query) latest = { query, find: searcher(query) };
  return latest.find(key) !== null;
}

export const rank = (query, name) => searcher(query)(folded(name), name);

/** What makes a name doubtful (never wrong), or null. */
export function nameProblem(name) {
  const count = words(name).length;
  return /\p{Nd}/u.test(name) ? "name_has_digits" : count < 2 ? "name_one_word" : count > 6 ? "name_too_many_words" : null;
}
