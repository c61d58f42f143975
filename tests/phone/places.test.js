/* What one member leaves behind when another opens their place, and visits that can't be: the app's own modules, over databases in memory. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Browser } from "../../fieldapp/soak/browser.mjs";
import { addressOf, leadImports } from "../../fieldapp/soak/loader.mjs";
import * as indexed from "../vendor/fake-indexeddb/build/esm/index.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const NOW = Date.parse("2026-11-22T05:00:00.000Z");
const FORM = "household-1";
const PIN = "274183";
const folder = mkdtempSync(join(tmpdir(), "places-"));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "form.mjs"), `export default ${readFileSync(`${ROOT}/fieldapp/survey/questionnaires/${FORM}.json`, "utf-8")};`);
for (const [name, value] of Object.entries(indexed)) if (name.startsWith("IDB")) globalThis[name] = value;
globalThis.started = new Map();
leadImports(ROOT, { [`/phone/questionnaires/${FORM}.js`]: join(folder, "form.mjs") });
let starts = 0;

/** An app on a phone with no network, with a place for each of these members; the last one's stands open. */
async function appOf(...names) {
  const app = await started(new indexed.IDBFactory());
  for (const name of names) {
    await app.locking.lock();
    await add(app, name);
  }
  return app;
}

async function started(factory, channel, send = async () => null) {
  starts += 1;
  const browser = new Browser({ factory, send, dice: Math.random, now: NOW });
  globalThis.started.set(starts, { ...browser.around, BroadcastChannel: channel });
  const app = {};
  for (const name of ["phone", "locking", "visiting", "when", "signals", "screens/sending"]) app[name] = await import(addressOf(ROOT, `${name}.js`, starts));
  return app;
}

async function add({ locking, phone }, name, questionnaire = FORM) {
  locking.goTo("enrol");
  const { slot, device } = await locking.placeForSomebody();
  const [member, commune] = [{ id: name, name }, { id: "c1", name: "Đồng Chợ", key: null }];
  const enrolment = { device, token: null, member, commune, questionnaire };
  locking.welcome({ slot, n: 0, after: null, known: { enrolment, sync: { last: name } }, member, commune });
  await locking.choosePin(PIN);
  return phone.kept();
}

test("a visit to a household that nobody knows is not begun, and its name is free again", async () => {
  const { visiting } = await appOf("Hường");
  const id = visiting.openFound("dong-cho", "Ngõ 1");
  await visiting.drop();
  await assert.rejects(visiting.openVisit(id), /no such household/); // the phone's own "back" leads here
  assert.equal(visiting.draft.value, null);
  await assert.rejects(visiting.openVisit(id), /no such household/);
  assert.equal(visiting.elsewhere.value, null);
});

test("an answer to no open visit changes nothing and does not keep the phone from locking", async () => {
  const { visiting, locking } = await appOf("Hường");
  visiting.change({ outcome: "done", confirmed: {} }); // "nothing changed", while the visit is open in another tab
  assert.equal(await visiting.settled(), true);
  assert.equal(visiting.draft.value, null);
  assert.equal(await locking.lock(), true);
});

test("what a sync of one member brought is not shown to the next", async () => {
  const app = await appOf("Hường");
  const hers = app.phone.kept();
  await app.locking.lock();
  await add(app, "Lan");
  await app.phone.took(hers, { facts: { ...app.phone.facts.value, last: "Hường" }, lists: new Map([["dong-cho", []]]) });
  assert.equal(app.phone.facts.value.last, "Lan");
  assert.equal(app.phone.lists.value.size, 0);
});

test("a place that could not be opened whole leaves nothing open behind its door", async () => {
  const app = await appOf();
  await assert.rejects(add(app, "Hường", "household-0"));
  assert.equal(app.phone.kept(), null);
  assert.equal(app.phone.enrolment.value, null);
});

test("no screen of a place is drawn without it while it locks", async () => {
  const { phone, locking, signals } = await appOf("Hường");
  const doors = [];
  signals.follow(() => phone.enrolment.value, () => doors.push(phone.enrolment.value, locking.door.value.at));
  await locking.lock();
  assert.deepEqual(doors, [null, "locking"]);
});

test("what an older version wrote down of its last sync still makes a list after a sync without a network", async () => {
  const { phone, when } = await appOf("Hường"); // of that sync only `last` is known
  phone.enrolment.value = { ...phone.enrolment.value, token: "t" };
  await when.syncNow();
  assert.equal(when.link.value.trouble, "no_network");
  assert.deepEqual(phone.todo.value, []);
});

test("an older reading of the phone's events does not stand over a newer one", async () => {
  const { phone, visiting } = await appOf("Hường");
  const store = phone.kept();
  const { events } = store;
  let late;
  store.events = async () => { // the first reading is slow
    store.events = events;
    const before = await events();
    await new Promise((resolve) => { late = resolve; });
    return before;
  };
  const slow = phone.took(store, { facts: phone.facts.value, lists: phone.lists.value });
  visiting.openFound("dong-cho", "Ngõ 1");
  visiting.change({ ...visiting.draft.value, outcome: "absent" });
  await visiting.finish();
  late();
  await slow;
  assert.equal(phone.tally.value.waiting, 2);
});

test("an enrolment that is answered late does not come over a place that was opened meanwhile", async () => {
  const { locking, phone } = await appOf("Hường");
  locking.welcome({ slot: 2, n: 0, after: null, known: {}, member: { id: "m2", name: "Lan" }, commune: { id: "c1", name: "Đồng Chợ" } });
  assert.deepEqual(locking.door.value, { at: "open", slot: 1 });
  assert.equal(phone.enrolment.value.member.name, "Hường");
});

test("a place that is locked by hand is locked in all tabs", async () => {
  const tabs = [];
  class Channel {
    constructor() { tabs.push(this); this.heard = []; }
    addEventListener(_what, work) { this.heard.push(work); }
    postMessage(data) { for (const tab of tabs) if (tab !== this) for (const work of tab.heard) work({ data }); }
  }
  const factory = new indexed.IDBFactory();
  const [one, other] = [await started(factory, Channel), await started(factory, Channel)];
  await add(one, "Hường");
  await other.locking.standBefore();
  await other.locking.unlock(1, PIN);
  assert.equal(other.locking.door.value.at, "open");
  await one.locking.lockAll();
  while (other.locking.door.value.at !== "unlock") await new Promise(setImmediate);
  assert.equal(other.phone.kept(), null);
});

test("what the server lacks is said before what an officer has to look at", async () => {
  const app = await appOf("Hường");
  const store = app.phone.kept();
  const held = { id: "v1", n: 1, state: "held", sha256: "h1", bytes: 100, reason: null, over: false, at: "2026-11-22T04:00:00.000Z" };
  await store.take({ events: [held] });
  await store.continueFrom(2, "h2");
  await app.phone.took(store, { facts: { ...app.phone.facts.value, contiguous: 1, missing: [2] }, lists: new Map() });
  assert.match(app["screens/sending"].standing().text, /Máy chủ còn thiếu 1 phiếu/);
});

test("a record that the server finds too large says so, though all others went through", async () => {
  const factory = new indexed.IDBFactory();
  const answer = {
    epoch: "e1", now: new Date(NOW).toISOString(), households: [], receipts: [], missing: [], forget: [], villages: [], cursors: {}, settings: {},
    confirmed: 0, contiguous: 0, more: false,
  };
  const send = async (_url, { body }) => {
    const { events } = JSON.parse(await new Response(new Blob([body]).stream().pipeThrough(new DecompressionStream("gzip"))).text());
    const own = { "X-Tung-Nha": "1", "Content-Type": "application/json" };
    return { status: events.length ? 413 : 200, headers: own, body: Buffer.from(JSON.stringify(answer)).toString("base64") };
  };
  const app = await started(factory, undefined, send);
  await add(app, "Hường");
  app.visiting.openFound("dong-cho", "Ngõ 1");
  app.visiting.change({ ...app.visiting.draft.value, outcome: "absent" });
  await app.visiting.finish();
  app.phone.enrolment.value = { ...app.phone.enrolment.value, token: "t" };
  assert.equal(await app.when.syncNow(), false);
  assert.equal(app.when.link.value.trouble, "too_large");
  assert.equal(app.phone.tally.value.waiting, 2);
});

/** No record of wrong PINs can be written down any more, as on a full phone; gives how to end that. */
function noRoomForTries() {
  const { put } = indexed.IDBObjectStore.prototype;
  indexed.IDBObjectStore.prototype.put = function full(record, id) {
    if (id === "tries") throw new DOMException("full", "QuotaExceededError");
    return put.call(this, record, id);
  };
  return () => { indexed.IDBObjectStore.prototype.put = put; };
}

test("a full phone is not made to wait by PINs that were right", async () => {
  const { locking } = await appOf("Hường");
  const end = noRoomForTries();
  for (let time = 1; time <= 7; time += 1) {
    await locking.lock();
    assert.deepEqual(await locking.unlock(1, PIN), { open: true, wait: 0 });
  }
  end();
});

test("a full phone says how long wrong PINs make it wait, and only for whose place they were", async () => {
  const app = await appOf("Hường", "Lan");
  await app.locking.lock();
  const end = noRoomForTries();
  for (let time = 1; time <= 4; time += 1) assert.deepEqual(await app.locking.unlock(1, "999999"), { open: false, wait: 0 });
  assert.deepEqual(await app.locking.unlock(1, "999999"), { open: false, wait: 30_000 });
  assert.deepEqual(await app.locking.unlock(1, PIN), { open: false, wait: 30_000 });
  assert.deepEqual(await app.locking.unlock(2, PIN), { open: true, wait: 0 });
  end();
  assert.equal(await app.locking.waitBefore(1), 30_000);
});

test("a door visit that is begun over an open one lets go of that one's name", async () => {
  const { visiting } = await appOf("Hường");
  const first = visiting.openFound("dong-cho", "Ngõ 1");
  await visiting.settled();
  visiting.openFound("dong-cho", "Ngõ 2");
  await visiting.settled();
  await visiting.openVisit(first);
  assert.equal(visiting.elsewhere.value, null);
  assert.equal(visiting.draft.value.household, first);
});
