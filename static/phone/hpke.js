/* Sealing to the holder of a public key: HPKE (RFC 9180), base mode, one message; DHKEM(P-256), HKDF-SHA256, AES-256-GCM.

   Every step that needs a cryptographer is WebCrypto's; here is only the order that the RFC gives them, by its names. A library for this
   was a seventh of the whole shell. What is sealed here is opened in tests/test_envelope.py by the library that the server opens with. */

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const HMAC = { name: "HMAC", hash: "SHA-256" };
const NOTHING = new Uint8Array();
const HASH_BYTES = 32;
const NONCE_BYTES = 12;
const encoder = new TextEncoder();
const KEM_SUITE = [...encoder.encode("KEM"), 0, 0x10]; // DHKEM(P-256, HKDF-SHA256)
const SUITE = [...encoder.encode("HPKE"), 0, 0x10, 0, 1, 0, 2]; // with HKDF-SHA256 and AES-256-GCM

/** The bytes sealed to a public key, after the point that its holder opens them with. publicKey: its uncompressed point. */
export async function sealTo(publicKey, bytes, info) {
  const theirs = await crypto.subtle.importKey("raw", publicKey, CURVE, false, []);
  const ours = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", ours.publicKey));
  const shared = await sharedSecret(theirs, ours.privateKey, joined(point, publicKey));
  const context = joined([0], await extract(SUITE, NOTHING, "psk_id_hash", NOTHING), await extract(SUITE, NOTHING, "info_hash", encoder.encode(info)));
  const secret = await extract(SUITE, shared, "secret", NOTHING);
  const key = await crypto.subtle.importKey("raw", await expand(SUITE, secret, "key", context, HASH_BYTES), "AES-GCM", false, ["encrypt"]);
  const iv = await expand(SUITE, secret, "base_nonce", context, NONCE_BYTES);
  return joined(point, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes)));
}

async function sharedSecret(theirs, ours, context) {
  const agreed = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours, HASH_BYTES * 8));
  return expand(KEM_SUITE, await extract(KEM_SUITE, NOTHING, "eae_prk", agreed), "shared_secret", context, HASH_BYTES);
}

// LabeledExtract. An empty salt is a hash's length of zeros, for no browser takes an empty key.
function extract(suite, salt, label, bytes) {
  return hmac(salt.length ? salt : new Uint8Array(HASH_BYTES), joined(labelled(suite, label), bytes));
}

// LabeledExpand, of one block: nothing here is longer.
async function expand(suite, secret, label, info, length) {
  return (await hmac(secret, joined([0, length], labelled(suite, label), info, [1]))).slice(0, length);
}

const labelled = (suite, label) => joined(encoder.encode("HPKE-v1"), suite, encoder.encode(label));

async function hmac(key, bytes) {
  const usable = await crypto.subtle.importKey("raw", key, HMAC, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", usable, bytes));
}

const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
