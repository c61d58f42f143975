/* The worker keeps a version whole or not at all, and fetches of it what the phone does not have. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const CODE = readFileSync(new URL("../../static/phone/sw.js", import.meta.url), "utf-8");
const sha = (text, letters) => createHash("sha256").update(text).digest("hex").slice(0, letters);
const APP = { "/a.js": 'say("Lưu trên máy");', "/b.js": "export const b = 1;", "/c.css": ".c{}" };
const PAGE = { "/phone/": "<p>Từng Nhà</p>", "/phone/words.en.js": "export default {};" };

/** What a server of these files lists and serves. hint: what it says of a file in the pack. */
function release(app = APP, hint = (text) => sha(text, 4)) {
  const files = Object.values(app);
  const texts = files.join("\0").match(/(?<=")[^"]*[^"\0-\x7f][^"]*(?=")/g) ?? [];
  const travels = [texts.join("\x01"), ...files.map((file) => texts.reduce((left, text) => left.replace(`"${text}"`, '"\x01"'), file))].join("\0");
  const listed = [["/phone/pack", sha(files.join("\0"), 12), Object.fromEntries(Object.entries(app).map(([url, text]) => [url, hint(text)]))]];
  return { version: sha(travels, 12), packs: listed, single: Object.fromEntries(Object.entries(PAGE).map(([url, text]) => [url, sha(text, 12)])),
    served: { ...app, ...PAGE, "/phone/pack": travels } };
}

/** A phone: its kept versions, and what it asked for. */
function phone() {
  const kept = new Map();
  const open = (name) => {
    if (!kept.has(name)) kept.set(name, new Map());
    const of = kept.get(name);
    return { match: async (url) => of.get(url)?.clone(), put: async (url, response) => { of.set(url, response); } };
  };
  const caches = { open: async (name) => open(name), keys: async () => [...kept.keys()], has: async (name) => kept.has(name),
    delete: async (name) => kept.delete(name), match: async () => undefined };
  const at = { kept, asked: [] };
  at.install = async ({ version, packs, single, served }) => {
    const listeners = {};
    const self = { VERSION: version, PACKS: packs, SINGLE: single, registration: {}, clients: { matchAll: async () => [] },
      location: { origin: "https://x" }, addEventListener: (name, run) => { listeners[name] = run; } };
    const fetch = async (url) => { at.asked.push(url); return new Response(served[url], { status: url in served ? 200 : 404 }); };
    const quiet = { error: () => {} };
    vm.runInNewContext(CODE, { self, caches, fetch, crypto, Response, URL, TextEncoder, TextDecoder, Uint8Array, Promise, Error, console: quiet });
    at.asked = [];
    let done;
    listeners.install({ waitUntil: (promise) => { done = promise; } });
    await done;
    return version;
  };
  at.text = async (version, url) => kept.get(`shell-${version}`).get(url).clone().text();
  return at;
}

test("a first version comes as the pack, each file at its address, and words of another language not at all", async () => {
  const hers = phone();
  const version = await hers.install(release());
  assert.deepEqual(hers.asked.toSorted(), ["/phone/", "/phone/pack"]);
  for (const [url, text] of Object.entries(APP)) assert.equal(await hers.text(version, url), text);
  assert.equal(hers.kept.get(`shell-${version}`).get("/c.css").headers.get("Content-Type"), "text/css; charset=utf-8");
});

test("of a later version only the changed file and the page are fetched", async () => {
  const hers = phone();
  await hers.install(release());
  const next = { ...APP, "/b.js": "export const b = 2;" };
  const version = await hers.install(release(next));
  assert.deepEqual(hers.asked.toSorted(), ["/b.js", "/phone/"]);
  for (const [url, text] of Object.entries(next)) assert.equal(await hers.text(version, url), text);
});

test("a file that only seems to be the same is not taken: then the pack is fetched", async () => {
  const hers = phone();
  await hers.install(release(APP, () => ""));
  const version = await hers.install(release({ ...APP, "/b.js": "export const b = 2;" }, () => ""));
  assert.deepEqual(hers.asked.toSorted(), ["/phone/", "/phone/pack"]);
  assert.equal(await hers.text(version, "/b.js"), "export const b = 2;");
});

test("a mangled file is fetched again with the pack", async () => {
  const hers = phone();
  await hers.install(release());
  const next = release({ ...APP, "/b.js": "export const b = 2;" });
  next.served["/b.js"] = "<html>";
  const version = await hers.install(next);
  assert.equal(await hers.text(version, "/b.js"), "export const b = 2;");
});

for (const [what, mangle] of [["mangled", (pack) => pack.replace("const", "let")], ["cut short", (pack) => pack.slice(0, -1)]])
  test(`a pack that is ${what} is no version, and the one before stays`, async () => {
    const hers = phone();
    const before = await hers.install(release());
    const next = release({ "/a.js": "1;", "/b.js": "const two = 2;", "/c.css": ".d{}" });
    next.served["/phone/pack"] = mangle(next.served["/phone/pack"]);
    await assert.rejects(hers.install(next), /other bytes than promised/);
    assert.deepEqual([...hers.kept.keys()], [`shell-${before}`]);
  });
