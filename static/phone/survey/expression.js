/* XLSForm's expression language on the phone: trees that the server parsed, evaluated as XPath 1.0 says.

   There is no parser here on purpose: fewer bytes, and one place that decides what an expression means. What values are
   is told in fieldapp/survey/expression_values.py; tests/vectors/expressions.json binds both. */

const NUMBER = /^[ \t\r\n]*-?([0-9]+(\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*$/;
const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const DAY_MS = 86400000;
const MOST_PLACES = 15;

/** Text as XPath's string() gives it; a list of choices is its members with spaces between. */
export function asText(value) {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(asText).join(" ");
  return typeof value === "number" ? digits(value) : String(value);
}

/** A number, NaN for what is none; a date is its day, counted from 1970-01-01. */
export function asNumber(value) {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const text = asText(value);
  if (NUMBER.test(text)) return Number(text);
  const ms = DATE.test(text) && !text.startsWith("0000") ? Date.parse(text) : NaN;
  // Chromium takes 30 February for 2 March; a day that is not in the calendar is no number.
  return ms === ms && new Date(ms).toISOString().slice(0, 10) === text ? ms / DAY_MS : NaN;
}

/** Text and lists are true when there is something in them, numbers when they are neither 0 nor NaN. */
export function isTrue(value) {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function equal(left, right) {
  const either = (type) => typeof left === type || typeof right === type;
  if (either("boolean")) return isTrue(left) === isTrue(right);
  return either("number") ? asNumber(left) === asNumber(right) : asText(left) === asText(right);
}

function members(value) {
  return Array.isArray(value) ? value.map(asText) : asText(value).split(/\s+/).filter(Boolean);
}

function digits(number) {
  if (Number.isInteger(number)) return Math.abs(number) < 1e21 ? String(number) : String(BigInt(number));
  const small = number === number && Math.abs(number) < 1e-4;
  return small ? number.toFixed(15).replace(/\.?0+$/, "").replace(/^-0$/, "0") : String(number);
}

function rounded(value, places = 0) {
  if (!Number.isFinite(value) || !(Math.abs(places) <= MOST_PLACES)) return value;
  const scale = 10 ** Math.trunc(places);
  return Math.floor(value * scale + 0.5) / scale;
}

function part(text, start, end) {
  const letters = [...text];
  if (end === undefined) end = letters.length;
  return Number.isFinite(start) && Number.isFinite(end) ? letters.slice(Math.trunc(start), Math.trunc(end)).join("") : "";
}

const patterns = new Map();
function matches(text, pattern) {
  if (!patterns.has(pattern)) patterns.set(pattern, new RegExp(`^(?:${pattern})$`));
  return patterns.get(pattern).test(text);
}

// What sees its arguments' values; the few that choose which argument to look at stand in `evaluate`.
const FUNCTIONS = {
  "=": equal, "!=": (a, b) => !equal(a, b),
  "<": (a, b) => asNumber(a) < asNumber(b), "<=": (a, b) => asNumber(a) <= asNumber(b),
  ">": (a, b) => asNumber(a) > asNumber(b), ">=": (a, b) => asNumber(a) >= asNumber(b),
  "+": (a, b) => asNumber(a) + asNumber(b), "-": (a, b) => asNumber(a) - asNumber(b), "*": (a, b) => asNumber(a) * asNumber(b),
  div: (a, b) => asNumber(a) / asNumber(b), mod: (a, b) => asNumber(a) % asNumber(b), neg: (a) => -asNumber(a),
  not: (a) => !isTrue(a), boolean: isTrue, true: () => true, false: () => false,
  selected: (answer, choice) => members(answer).includes(asText(choice)), "count-selected": (answer) => members(answer).length,
  count: (answer) => members(answer).length, contains: (a, b) => asText(a).includes(asText(b)), "starts-with": (a, b) => asText(a).startsWith(asText(b)),
  regex: (value, pattern) => matches(asText(value), pattern), string: asText, number: asNumber,
  int: (a) => Math.trunc(asNumber(a)), round: (a, places) => rounded(asNumber(a), places === undefined ? 0 : asNumber(places)),
  min: (...all) => Math.min(...all.map(asNumber)), max: (...all) => Math.max(...all.map(asNumber)),
  concat: (...all) => all.map(asText).join(""), "string-length": (a) => [...asText(a)].length,
  substr: (text, start, end) => part(asText(text), asNumber(start), end === undefined ? end : asNumber(end)),
};

/** What a tree comes to with these answers: text, a number, a truth or a list. "." is the value just given, "today" the day. */
export function evaluate(tree, values) {
  if (!Array.isArray(tree)) return tree;
  const of = (place) => evaluate(tree[place], values);
  switch (tree[0]) {
    case "$": return values[tree[1]] ?? "";
    case ".": return values["."] ?? "";
    case "today": return values.today || "";
    case "and": return isTrue(of(1)) && isTrue(of(2));
    case "or": return isTrue(of(1)) || isTrue(of(2));
    case "if": return isTrue(of(1)) ? of(2) : of(3);
    case "coalesce": {
      for (let place = 1; place < tree.length; place++) {
        const value = of(place);
        if (asText(value) !== "") return value;
      }
      return "";
    }
  }
  return FUNCTIONS[tree[0]](...tree.slice(1).map((_, place) => of(place + 1)));
}
