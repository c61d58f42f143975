/* The worker: keeps the app's shell, whole, so that a door never waits for a network.

   The server puts two lines before this file: self.VERSION and self.PRECACHE = [[url, how the SHA-256 of its bytes begins, how many
   of them are in the pack], …]. What an older version has with the same bytes is taken from there; of the rest a little is fetched
   file by file, and much as the pack, which is all of them in one. Each file's hash is checked before a version takes over; if one
   fails, the install fails loudly and the old version stays as it was. The words of a language are kept once they were asked for. It never touches /api or anything but GET, and it waits until
   the app says that no visit is open. */

const SHELL = "shell-";
const CACHE = SHELL + self.VERSION;
const START = "/phone/";
const PACK = "/phone/pack";
const ONCE_SPOKEN = "/phone/words."; // beginning of the addresses of other languages' words
const FEW = 8; // files that cost less one by one than the pack
const TYPES = { svg: "image/svg+xml", css: "text/css" };

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
  } else if (rowOf(url.pathname)) event.respondWith(fromShell(url.pathname, request));
});

const rowOf = (path) => self.PRECACHE.find(([address]) => address === path);

async function install() {
  if (self.registration.active && await isHeld()) throw new Error("held");
  const had = await caches.has(CACHE); // the version that is in use may be installed again
  const cache = await caches.open(CACHE);
  try {
    const missing = await notKeptYet(cache);
    const packed = missing.filter(([, , bytes]) => bytes);
    const inPack = packed.length > FEW ? packed : [];
    await Promise.all([unpack(cache, inPack), ...missing.filter((row) => !inPack.includes(row)).map((row) => fetchOne(cache, row))]);
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

// What no version kept on this phone has with these very bytes; what one has is copied. The page is asked for each time: its
// headers, which say what it may run, are no part of its bytes.
async function notKeptYet(cache) {
  const versions = await Promise.all((await caches.keys()).filter((name) => name.startsWith(SHELL)).map((name) => caches.open(name)));
  const missing = [];
  await Promise.all(self.PRECACHE.map(async (row) => {
    const kept = (await Promise.all(versions.map((version) => version.match(row[0])))).filter(Boolean);
    for (const found of row[0] === START ? [] : kept)
      if (await isPromised(row, await found.clone().arrayBuffer())) return cache.put(row[0], found);
    if (kept.length || !row[0].startsWith(ONCE_SPOKEN)) missing.push(row);
  }));
  return missing;
}

async function unpack(cache, wanted) {
  if (!wanted.length) return;
  const whole = await (await got(PACK)).arrayBuffer();
  let end = 0;
  await Promise.all(self.PRECACHE.map((row) => {
    const part = whole.slice(end, end += row[2]);
    if (!wanted.includes(row)) return null;
    const type = TYPES[row[0].split(".").pop()] ?? "text/javascript";
    return keep(cache, row, part, new Response(part, { headers: { "Content-Type": `${type}; charset=utf-8` } }));
  }));
}

async function fetchOne(cache, row) {
  const response = await got(row[0]);
  await keep(cache, row, await response.clone().arrayBuffer(), response);
}

async function got(url) {
  const response = await fetch(url, { cache: "no-cache", credentials: "omit", redirect: "error" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

async function keep(cache, row, bytes, response) {
  if (!await isPromised(row, bytes)) throw new Error(`${row[0]}: other bytes than promised`);
  await cache.put(row[0], response);
}

async function isPromised([, hash], bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("").startsWith(hash);
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith(SHELL) && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function fromShell(url, request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(url);
  if (kept || !url.startsWith(ONCE_SPOKEN)) return kept ?? fetch(request);
  const response = await got(url);
  // A newer version's words are shown, but not kept among this one's.
  await keep(cache, rowOf(url), await response.clone().arrayBuffer(), response.clone()).catch(console.error);
  return response;
}
