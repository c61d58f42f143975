/* The worker: keeps the app's shell, whole, so that a door never waits for a network.

   The server puts two lines before this file: self.VERSION and self.PRECACHE = [[url, sha256 of its bytes], …].
   A new version is fetched whole and each file's hash is checked before it takes over; if one fails, the install fails
   loudly and the old version stays as it was. It never touches /api or anything but GET, and it waits until the app
   says that no visit is open. */

const SHELL = "shell-";
const CACHE = SHELL + self.VERSION;
const START = "/phone/";

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "which version") event.source.postMessage({ version: self.VERSION });
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") {
    if (url.pathname === START || url.pathname === START.slice(0, -1)) event.respondWith(fromShell(START, request));
  } else if (self.PRECACHE.some(([path]) => path === url.pathname)) event.respondWith(fromShell(url.pathname, request));
});

async function install() {
  if (self.registration.active && await isHeld()) throw new Error("held");
  const had = await caches.has(CACHE); // the version that is in use may be installed again
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(self.PRECACHE.map(([url, hash]) => keep(cache, url, hash)));
  } catch (problem) {
    if (!had) await caches.delete(CACHE); // half a shell must never be served
    console.error("The new version could not be kept:", problem);
    for (const client of await self.clients.matchAll({ includeUncontrolled: true }))
      client.postMessage({ problem: "install_failed", detail: String(problem.message) });
    throw problem;
  }
}

// Once installed it would take over as soon as the app is closed. Asked for again later.
async function isHeld() {
  const kept = await caches.match("/phone/held-until"); // shell.js
  const today = new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 10);
  return Boolean(kept) && today <= await kept.text();
}

async function keep(cache, url, hash) {
  const response = await fetch(url, { cache: "no-cache", credentials: "omit", redirect: "error" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const digest = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  const found = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== hash) throw new Error(`${url}: other bytes than promised`);
  await cache.put(url, response);
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith(SHELL) && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function fromShell(url, request) {
  const kept = await (await caches.open(CACHE)).match(url);
  return kept ?? fetch(request);
}
