/* The PIN: it wraps the key of a place, and opens it again.

   Six digits are few. So each try costs this phone about half a second of PBKDF2, as much as it can bear, and wrong
   tries make the next one wait. What that does not protect against: docs/decisions/0024-a-pin-wraps-a-key.md. */

import { bytesOf, open, seal, textOf } from "./seal.js";

/** So many digits at least. */
export const SHORTEST = 6;
export const LONGEST = 12;

const AIM_MS = 500;
const MOST_MS = 700;
const FEWEST_ROUNDS = 100_000;
const MOST_ROUNDS = 2_000_000;
const TRIAL_ROUNDS = 50_000;
const SALT_BYTES = 16;
const PLACE = "keys/pin";

/* A slip of the thumb costs nothing; from the fifth wrong PIN on each pause is twice the last. */
const FREE_TRIES = 4;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/** The rounds that take this phone AIM_MS, when so many took it `ms`. */
export function roundsFor(ms, rounds) {
  const wanted = Math.round((rounds * AIM_MS) / Math.max(ms, 0.1) / 1000) * 1000;
  return Math.min(MOST_ROUNDS, Math.max(FEWEST_ROUNDS, wanted));
}

/** Milliseconds that the next try waits after so many wrong ones. */
export function pauseAfter(wrong) {
  return wrong <= FREE_TRIES ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (wrong - FREE_TRIES - 1));
}

/** Milliseconds left to wait. tries: {wrong, at}, or nothing. Never longer than the pause itself, whatever the clock says. */
export function waitOf(tries, now) {
  if (!tries) return 0;
  const pause = pauseAfter(tries.wrong);
  return Math.min(pause, Math.max(0, tries.at + pause - now));
}

/** The tries after one more at `now`, counted before it is made: a browser that is killed meanwhile gives no try away. */
export const tried = (tries, now) => ({ wrong: (tries?.wrong ?? 0) + 1, at: now });

/** The tries as this moment sees them: what was written down by a clock that ran ahead counts from now. */
export const seenAt = (tries, now) => (tries && tries.at > now ? { ...tries, at: now } : tries);

/** Whether a PIN is one that everybody tries first: one digit only, or a run such as 123456. */
export function isWeak(pin) {
  const steps = new Set(Array.from(pin).slice(1).map((digit, i) => digit - pin[i]));
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0]);
}

/** The key's bytes wrapped by a PIN: {salt, rounds, iv, box}, by as many rounds as this phone makes in half a second.

    tick(): milliseconds that only grow. */
export async function wrapped(pin, bytes, tick = () => performance.now()) {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const timed = async (rounds) => {
    const began = tick();
    const key = await keyFrom(pin, salt, rounds);
    return [key, tick() - began];
  };
  const [, trialMs] = await timed(TRIAL_ROUNDS);
  let rounds = roundsFor(trialMs, TRIAL_ROUNDS);
  let [key, ms] = await timed(rounds);
  // The trial was lucky.
  if (ms > MOST_MS && rounds > FEWEST_ROUNDS) {
    rounds = roundsFor(ms, rounds);
    key = (await timed(rounds))[0];
  }
  return { salt, rounds, ...(await seal(key, PLACE, textOf(bytes))) };
}

/** The key's bytes again; null when it is another PIN. */
export async function unwrapped(pin, record) {
  const key = await keyFrom(pin, record.salt, record.rounds);
  return open(key, PLACE, record).then(bytesOf, () => null);
}

async function keyFrom(pin, salt, iterations) {
  const raw = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
