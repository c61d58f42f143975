/* The key of a place, in an envelope that only the commune's recovery sheet opens: so a forgotten PIN loses nothing.

   HPKE (RFC 9180) as fieldapp/store/sealing.py opens it. */

import { sealTo } from "./hpke.js";
import { bytesOf, sha256 } from "./seal.js";

const ABOUT = "tung-nha commune key 1";
const FINGERPRINT_LETTERS = 16;

/** Which key it is, in few letters, as the server calls it. */
export const fingerprint = async (publicText) => (await sha256(publicText)).slice(0, FINGERPRINT_LETTERS);

/** The key's bytes for the holder of the commune's key: {for, sealed}. publicText: base64 of the point, as the server tells it. */
export async function enveloped(bytes, publicText) {
  return { for: await fingerprint(publicText), sealed: await sealTo(bytesOf(publicText), bytes, ABOUT) };
}
