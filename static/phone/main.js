/* The start: first whether field work may begin in this browser at all, then the app.

   The gate itself imports nothing that needs a newer browser: an old one must still get as far as its words. */

import { gateFor } from "./gate.js";
import { showGate } from "./screens/gate.js";
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

async function start() {
  const app = document.getElementById("app");
  // The import map is younger than modules: without it this import fails, and the browser is too old.
  const loading = import("./app.js").catch((problem) => { console.error(problem); return null; });
  const language = rememberedLanguage();
  if (language !== "vi") speak(language, (await import(`/phone/words.${language}.js`).catch(() => ({ default: {} }))).default);
  const gate = gateFor(await around());
  if (gate) return showGate(app, gate);
  const loaded = await loading;
  if (!loaded) return showGate(app, "old");
  return loaded.open(app, () => localStorage.setItem(ENROLLED, "1"));
}

start();
