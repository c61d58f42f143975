/* The start: first whether field work may begin in this browser at all, then the app.

   The gate itself imports nothing that needs a newer browser: an old one must still get as far as its words. */

import { behindWorker } from "./first.js";
import { gateFor } from "./gate.js";
import { rememberedLanguage, speak } from "./words.js";

const ENROLLED = "enrolled"; // a mark without content: the gate must not need the store

async function around() {
  const { quota = null } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  return {
    userAgent: navigator.userAgent, touchPoints: navigator.maxTouchPoints ?? 0,
    standalone: navigator.standalone === true || matchMedia("(display-mode: standalone)").matches,
    features: {
      database: typeof indexedDB === "object" && indexedDB !== null, cryptography: Boolean(globalThis.crypto?.subtle),
      locks: Boolean(navigator.locks), streams: typeof CompressionStream === "function",
    },
    secure: isSecureContext,
    closed: await closedToUs(),
    enrolled: localStorage.getItem(ENROLLED) !== null, quota, memoryGib: navigator.deviceMemory ?? null,
    persisted: (await navigator.storage?.persisted?.().catch(() => false)) ?? false,
  };
}

// Firefox and Safari close these to private windows.
async function closedToUs() {
  if (!navigator.serviceWorker) return true;
  return Boolean(navigator.storage?.getDirectory) && navigator.storage.getDirectory().then(() => false, () => true);
}

// The import map is younger than modules: without it this import fails, and the browser is too old.
const app = () => import("./app.js").catch((problem) => { console.error(problem); return null; });

// Its words are for the few who can't begin here.
const showGate = async (element, gate) => (await import("./screens/gate.js")).showGate(element, gate);

async function start() {
  const element = document.getElementById("app");
  const loading = navigator.serviceWorker?.controller ? app() : null; // a cold start waits for nothing
  const language = rememberedLanguage();
  if (language !== "vi") speak(language, (await import(`/phone/words.${language}.js`).catch(() => ({ default: {} }))).default);
  const gate = gateFor(await around());
  if (gate) return showGate(element, gate);
  const loaded = await (loading ?? behindWorker().then(app));
  if (!loaded) return showGate(element, "old");
  return loaded.open(element, () => localStorage.setItem(ENROLLED, "1"));
}

start();
