/* The one seal and the one open that every record on this phone passes.

   AES-GCM by WebCrypto. The key cannot be read out of the browser, only used; it rests in IndexedDB beside what it
   seals until a PIN wraps it. The place of a record (its store and key) is sealed in, so that a record copied to
   another place does not open. */

const IV_BYTES = 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A new key that only this browser can use. */
export function newKey() {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

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
