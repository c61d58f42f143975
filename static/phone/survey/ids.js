/* Ids from a time and random bytes that the caller brings, so that the same in gives the same out.

   Twin of fieldapp/survey/ids.py; tests/vectors/codes.json binds both. */

const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

/** A UUID of version 7. ms: since 1970; bytes: 10 random ones. */
export function uuid7(ms, bytes) {
  if (bytes.length !== 10) throw new RangeError("10 random bytes are needed");
  const raw = [...bytes];
  raw[0] = 0x70 | raw[0] & 0x0f;
  raw[2] = 0x80 | raw[2] & 0x3f;
  const text = ms.toString(16).padStart(12, "0") + raw.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Ten letters of Crockford's base 32 from 10 random bytes. */
export function personId(bytes) {
  if (bytes.length !== 10) throw new RangeError("10 random bytes are needed");
  return [...bytes].map((byte) => LETTERS[byte & 31]).join("");
}

/** Sixteen letters (80 bits) that go into every sealed text and leave it with an erasure: then no guess at a name fits the hash that stays. */
export function salt(bytes) {
  return Array.from(bytes, (byte) => LETTERS[byte & 31]).join("");
}
