/* When to sync: at the start, when the network comes back, after a visit, every few minutes while somebody looks, and
   when asked to. One sender at a time across all tabs; after a failure growing, jittered pauses. Nothing runs while
   the app is hidden: a battery lasts a day of doors. */

import { pauseOf } from "./outbox.js";
import { came, enrolment, facts, kept, practising, took } from "./phone.js";
import { pretend } from "./pretend.js";
import { NOT_ASKED } from "./room.js";
import { rounds } from "./rounds.js";
import { signal } from "./signals.js";
import { exchange, Trouble } from "./sync.js";

const LOCK = "tung-nha-sync";
const MINUTE_MS = 60_000;
const USUAL_MINUTES = 15;

/** {doing, trouble, households}: whether a sync runs, why the last one failed (null: it did not), what came so far. */
export const link = signal({ doing: false, trouble: null, households: 0 });

/** Begin anew: another member opened their place, or the same one theirs again. */
export function newLink() {
  failures = 0;
  link.value = { doing: link.value.doing, trouble: null, households: 0 };
}

/** How much room this phone has; see room.js. */
export const room = signal(NOT_ASKED);

let versionOfApp = () => "";
let failures = 0;
let timer = null;
let again = false;

/** Sync from now on whenever there is reason to. version(): the app's, told to the server. */
export function keepInTouch(version) {
  versionOfApp = version;
  window.addEventListener("online", () => syncNow());
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : plan()));
  syncNow();
}

/** Sync now; when one runs already, once more after it. Gives whether everything is sent. */
export async function syncNow() {
  if (link.value.doing) {
    again = true;
    return false;
  }
  if (!enrolment.value?.token) return false;
  clearTimeout(timer);
  link.value = { doing: true, trouble: link.value.trouble, households: 0 };
  // Another tab's sync may have begun before our visit was saved: it is waited for, not taken for ours.
  const trouble = await navigator.locks.request(LOCK, once).catch((problem) => {
    // What was on its way is asked again after the next unlocking.
    if (problem.code === "locked") return null;
    // A store that fails must not stop all later syncs.
    console.error(problem);
    return "phone";
  });
  failures = trouble ? failures + 1 : 0;
  link.value = { doing: false, trouble, households: 0 };
  if (again && !trouble) {
    again = false;
    return syncNow();
  }
  again = false;
  plan();
  return trouble === null;
}

async function once() {
  const store = kept();
  // Locked while another tab was waited for.
  if (!store) return null;
  try {
    const result = await rounds({
      // The lists are read again: another tab may have synced since ours were.
      store, exchange: practising.value ? pretend(store) : exchange, enrolment: enrolment.value, lists: await store.lists(), now: Date.now, about,
      told: (progress, brought) => {
        link.value = { ...link.value, ...progress };
        return brought.facts.left && came(store, brought);
      },
    });
    await took(store, result);
    return result.tooLarge ? "too_large" : null;
  } catch (trouble) {
    if (trouble.code === "locked") throw trouble;
    if (!(trouble instanceof Trouble)) console.error(trouble);
    // What earlier rounds brought stays.
    await took(store, { facts: (await store.known("sync")) ?? facts.value, lists: await store.lists() });
    return trouble.code ?? (trouble.name === "QuotaExceededError" ? "full" : "phone");
  }
}

/** Ask the browser how much room is left. */
export async function lookForRoom() {
  const { quota = null, usage = null } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  const persisted = (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
  room.value = { quota, used: usage, persisted };
  return room.value;
}

// What the leader's page tells about this phone: never anything about a household.
async function about(tally) {
  const { quota, used, persisted } = await lookForRoom();
  return { unsent: tally.waiting, oldest: tally.oldest, quota: roughly(quota), used: roughly(used), persisted, version: versionOfApp() };
}

// Whole megabytes say enough, and zeros weigh less on 2G.
function roughly(bytes) {
  return bytes === null ? null : Math.round(bytes / 1e6) * 1e6;
}

// A visible app asks again: after a failure with a growing pause, else by the server's minutes, each phone a bit apart.
function plan() {
  clearTimeout(timer);
  if (document.hidden || link.value.doing || link.value.trouble === "unknown_device") return;
  const minutes = facts.value.settings?.sync_minutes ?? USUAL_MINUTES;
  const pause = failures ? pauseOf(failures, Math.random()) : minutes * MINUTE_MS * (0.9 + 0.2 * Math.random());
  const last = facts.value.last ? Date.parse(facts.value.last) - facts.value.offset : 0;
  const sooner = failures ? 0 : Math.max(0, Date.now() - last);
  timer = setTimeout(syncNow, Math.max(1000, pause - Math.min(sooner, pause)));
}
