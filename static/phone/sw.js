/* The worker: keeps the app's shell, whole, so that a door never waits for a network.

   The server puts before this file: self.VERSION; self.PACKS = [[url, the SHA-256 of its bytes, {url of a file in it: how the file's
   SHA-256 begins}], …], a pack being the texts of its files with BETWEEN between; and self.SINGLE = {url of any other file: its SHA-256}.
   Of a pack, what an older version has with the same beginning is taken from there; a few files that are missing are fetched one by
   one, else the pack. Either way the whole must have the pack's hash before this version takes over; if anything fails, the install
   fails loudly and the old version stays as it was. The words of a language are kept once they were asked for. It never touches /api
   or anything but GET, and it waits until the app says that the phone is locked. */

const SHELL = "shell-";
const CACHE = SHELL + self.VERSION;
const START = "/phone/";
const ONCE_SPOKEN = "/phone/words."; // beginning of the addresses of other languages' words
const [BETWEEN, TEXT_HERE] = ["\0", "\x01"];
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
  } else if (isOurs(url.pathname)) event.respondWith(fromShell(url.pathname, request));
});

const isOurs = (url) => url in self.SINGLE || self.PACKS.some(([, , files]) => url in files);

async function install() {
  if (self.registration.active && await isHeld()) throw new Error("held");
  const had = await caches.has(CACHE); // the version that is in use may be installed again
  const cache = await caches.open(CACHE);
  try {
    const versions = await Promise.all((await caches.keys()).filter((name) => name.startsWith(SHELL)).map((name) => caches.open(name)));
    const kept = async (url) => (await Promise.all(versions.map((version) => version.match(url)))).filter(Boolean);
    await Promise.all([
      ...self.PACKS.map((pack) => takePack(cache, kept, ...pack)), ...Object.keys(self.SINGLE).map((url) => takeSingle(cache, kept, url)),
    ]);
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

// The page is asked for each time: its headers, which say what it may run, are no part of its bytes.
async function takeSingle(cache, kept, url) {
  const found = url === START ? [] : await kept(url);
  for (const response of found) if (await isPromised(self.SINGLE[url], await response.clone().arrayBuffer())) return cache.put(url, response);
  if (found.length || !url.startsWith(ONCE_SPOKEN)) await keep(cache, url, await got(url));
}

async function takePack(cache, kept, address, hash, files) {
  const urls = Object.keys(files);
  const texts = await Promise.all(urls.map(async (url) => {
    const found = await Promise.all((await kept(url)).map((response) => response.text()));
    const same = await Promise.all(found.map((text) => isPromised(files[url], bytesOf(text))));
    return found[same.indexOf(true)];
  }));
  const missing = urls.filter((_url, i) => texts[i] === undefined);
  if (missing.length <= FEW && missing.length < urls.length) await Promise.all(missing.map(async (url) => { texts[urls.indexOf(url)] = await (await got(url)).text(); }));
  let whole = texts.join(BETWEEN);
  if (!await isPromised(hash, bytesOf(whole))) whole = filled(await (await got(address)).text());
  if (!await isPromised(hash, bytesOf(whole))) throw new Error(`${address}: other bytes than promised`);
  await Promise.all(whole.split(BETWEEN).map((text, i) => {
    const type = TYPES[urls[i].split(".").pop()] ?? "text/javascript";
    return cache.put(urls[i], new Response(text, { headers: { "Content-Type": `${type}; charset=utf-8` } }));
  }));
}

async function keep(cache, url, response) {
  if (!await isPromised(self.SINGLE[url], await response.clone().arrayBuffer())) throw new Error(`${url}: other bytes than promised`);
  await cache.put(url, response.clone());
}

async function got(url) {
  const response = await fetch(url, { cache: "no-cache", credentials: "omit", redirect: "error" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

// What people read travels before the files, which have a gap for each text: alike things together are smaller.
function filled(pack) {
  const end = pack.indexOf(BETWEEN);
  const texts = pack.slice(0, end).split(TEXT_HERE);
  let next = 0;
  return pack.slice(end + 1).replaceAll(TEXT_HERE, () => texts[next++]);
}

const bytesOf = (text) => new TextEncoder().encode(text);

async function isPromised(hash, bytes) {
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
  await keep(cache, url, response).catch(console.error);
  return response;
}
