/* Several tabs of one phone: they tell each other what changed, and only one at a time holds a visit. */

const PATIENCE_MS = 4_000; // a tab that sleeps in the background does not answer

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("tung-nha");

/** Tell the other tabs. Never anything about a household: they may be another member's. */
export const tell = (message) => channel?.postMessage(message);

/** Hear what other tabs tell. */
export const listen = (told) => channel?.addEventListener("message", ({ data }) => told(data));

/** Hold a name; gives how to let go of it, null when another tab holds it. lost(): called when it is taken away by force. */
export const hold = (name, lost) => request(name, { ifAvailable: true }, lost);

/** Have a name that another tab holds: it is asked to let go, and not waited for any longer than PATIENCE_MS.

    Null when that tab answers that it can't. */
export async function takeFrom(name, lost) {
  const impatience = new AbortController();
  let refused = false;
  const hear = ({ data }) => { if (data.keeps === name) { refused = true; impatience.abort(); } };
  channel?.addEventListener("message", hear);
  const timer = setTimeout(() => impatience.abort(), PATIENCE_MS);
  tell({ wanted: name });
  const release = await request(name, { signal: impatience.signal }, lost);
  clearTimeout(timer);
  channel?.removeEventListener("message", hear);
  return release || refused ? release : request(name, { steal: true }, lost);
}

function request(name, how, lost) {
  return new Promise((resolve) => {
    let held = false;
    navigator.locks.request(name, how, (lock) => {
      if (!lock) return resolve(null);
      held = true;
      return new Promise((release) => resolve(release));
    }).catch(() => (held ? lost() : resolve(null)));
  });
}
