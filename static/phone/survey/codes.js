/* Household codes (15835-03-0127) and the token in a door card's QR (CNS1:K3V9X2M7AP), read forgivingly.

   Twin of fieldapp/survey/codes.py; tests/vectors/codes.json binds both. */

const SPACED = /^(?:([0-9]{5}) )?([0-9]{1,3}) ([0-9]{1,5})$/;
const RUN = /^([0-9]{5})([0-9]{2})([0-9]{4,5})$/;

const padded = (number, width) => String(Number(number)).padStart(width, "0");

/** Lower case, with the digits that were meant by o, i and l. */
export const forgiven = (text) => text.trim().toLowerCase().replace(/o/g, "0").replace(/[il]/g, "1");

/** The household code; null when a part is out of range. */
export function codeOf(communeCode, villageNumber, serial) {
  const fits = /^[0-9]{5}$/.test(communeCode) && villageNumber >= 1 && villageNumber <= 999 && serial >= 1 && serial <= 99999;
  return fits ? `${communeCode}-${padded(villageNumber, 2)}-${padded(serial, 4)}` : null;
}

/** The household code in what somebody typed, or null; with the commune's code given, "3-127" is enough. */
export function parseCode(text, communeCode) {
  const spaced = forgiven(text).replace(/[^0-9a-z]+/g, " ").trim();
  const found = SPACED.exec(spaced) || RUN.exec(spaced.replace(/ /g, ""));
  return found ? codeOf(found[1] || communeCode || "", Number(found[2]), Number(found[3])) : null;
}

/** The token in a scanned or typed QR text, or null when it is not ours. */
export function tokenOf(text) {
  const found = text.replace(/[\s-]/g, "").match(/^CNS1:(.*)$/i);
  const token = found ? forgiven(found[1]) : "";
  return /^[0-9a-hjkmnp-tv-z]{10}$/.test(token) ? token : null;
}
