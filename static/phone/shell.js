/* The app's own files: the worker that keeps them, a new version that waits for its moment, and the language. */

import { atOf, dayOf } from "./clock.js";
import { register } from "./first.js";
import { signal } from "./signals.js";
import { speak } from "./words.js";

const OFTEN_ENOUGH_MS = 60 * 60_000;
const HELD_UNTIL = "/phone/held-until";

/** {ready: opens without a network, waiting: a new version is whole and waits for this page, failed: it could not be kept}. */
export const update = signal({
  ready: Boolean(navigator.serviceWorker?.controller), // this very page came from what is kept
  waiting: false, failed: false,
});

/** Raised when the language changes, so that every screen is drawn anew. */
export const spoken = signal(0);

/** The last day on which the leader keeps this version; null: no such day. */
export const heldUntil = signal(null);
export const isHeld = () => Boolean(heldUntil.value) && dayOf(atOf(Date.now())) <= heldUntil.value;

/** The browser's own offer to put the app on the home screen, when it makes one. */
export const offer = signal(null);

window.addEventListener("beforeinstallprompt", (event) => {
  // Offered on the status screen, not over a visit.
  event.preventDefault();
  offer.value = event;
});
window.addEventListener("appinstalled", () => { offer.value = null; });

let registration = null;
let running = "";
let behind = false; // a newer version serves already, and this page is still the old one

/** The version of the shell that runs; empty until the worker has said it. */
export const version = () => running;

/** Register the worker. */
export async function keepShell() {
  if (!navigator.serviceWorker) return;
  heldUntil.value = await keptHold();
  // A worker that is just being woken, to say its version, would keep the new one waiting: first it has said it.
  const look = () => { update.value = { ...update.value, waiting: behind || Boolean(running && registration?.waiting) }; };
  let controlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.problem === "install_failed") update.value = { ...update.value, failed: true };
    if (data?.version) {
      running = data.version;
      look();
    }
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    // The first worker of all serves the very files that run already. Else another tab may have called it: this one has its own moment.
    behind ||= controlled;
    controlled = true;
    look();
  });
  registration = await register();
  navigator.serviceWorker.ready.then((ready) => {
    update.value = { ...update.value, ready: true };
    ready.active?.postMessage("which version");
  });
  // One may be on its way already: the browser looks by itself when the page is opened.
  const hear = () => registration.installing?.addEventListener("statechange", look);
  registration.addEventListener("updatefound", hear);
  hear();
  look();
  setInterval(() => { if (!document.hidden) registration.update().catch(() => {}); }, OFTEN_ENOUGH_MS);
}

/** Keep this version until the end of that day; null: no longer. Written down where the worker and a locked phone find it. */
export async function holdUntil(day) {
  if (day === heldUntil.value) return;
  heldUntil.value = day;
  const kept = await caches.open("hold");
  await (day ? kept.put(HELD_UNTIL, new Response(day)) : kept.delete(HELD_UNTIL));
  if (!day) registration?.update().catch(() => {});
}

async function keptHold() {
  const kept = await caches.match(HELD_UNTIL).catch(() => null);
  return kept ? kept.text() : null;
}

/** Let the new version take over; the page opens anew with it. */
export function takeOver() {
  if (behind) location.reload();
  else registration.waiting?.postMessage("take over");
}

/** Speak another language from now on. */
export async function chooseLanguage(code) {
  speak(code, code === "vi" ? {} : (await import(`/phone/words.${code}.js`)).default);
  spoken.value += 1;
}
