/* The one seal and the one open that every record on this phone passes.

   AES-GCM by WebCrypto. In memory the key can only be used, not read out; where it rests, it is wrapped by the member's
   PIN and by the commune's key (pin.js, envelope.js). The place of a record (its store and key) is sealed in, so that a
   record copied to another place does not open. */

const KEY_BYTES = 32;
const IV_BYTES = 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The bytes of a new key: to be wrapped, made usable by keyOf, and forgotten. */
export const newKeyBytes = () => crypto.getRandomValues(new Uint8Array(KEY_BYTES));

/** A key that can seal and open, and can't be read out. */
export const keyOf = (bytes) => crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);

/** The sealed form of a JSON-able value: {iv, box}. */
export async function seal(key, place, value) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const box = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: encoder.encode(place) },
    key,
    encoder.encode(JSON.stringify(value)),
  );
  return { iv, box };
}

/** The value that was sealed; throws when the key, the place or the bytes are not the same. */
export async function open(key, place, sealed) {
  const bytes = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: sealed.iv, additionalData: encoder.encode(place) },
    key,
    sealed.box,
  );
  return JSON.parse(decoder.decode(bytes));
}

/** SHA-256 of a text as 64 hex digits: what receipts and `after` name an event by. */
export async function sha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", encoder.encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes as base64 text. */
export const textOf = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));

/** The bytes of a base64 text. */
export const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
