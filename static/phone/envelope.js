/* The key of a place, in an envelope that only the commune's recovery sheet opens: so a forgotten PIN loses nothing.

   HPKE (RFC 9180) as fieldapp/store/sealing.py opens it. The library is asked for only when there is something to seal. */

import { bytesOf, sha256 } from "./seal.js";

const ABOUT = "tung-nha commune key 1";
const FINGERPRINT_LETTERS = 16;

/** Which key it is, in few letters, as the server calls it. */
export const fingerprint = async (publicText) => (await sha256(publicText)).slice(0, FINGERPRINT_LETTERS);

/** The key's bytes for the holder of the commune's key: {for, sealed}. publicText: base64 of the point, as the server tells it. */
export async function enveloped(bytes, publicText) {
  const { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } = await import("hpke");
  const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
  const key = await suite.DeserializePublicKey(bytesOf(publicText));
  const { encapsulatedSecret, ciphertext } = await suite.Seal(key, bytes, { info: new TextEncoder().encode(ABOUT) });
  const sealed = new Uint8Array(encapsulatedSecret.length + ciphertext.length);
  sealed.set(encapsulatedSecret);
  sealed.set(ciphertext, encapsulatedSecret.length);
  return { for: await fingerprint(publicText), sealed };
}
