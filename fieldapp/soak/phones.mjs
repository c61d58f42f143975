/* All the phones of a soak in one process of Node: the real modules of static/phone, as served, over databases in memory.

   One thing at a time, over lines of JSON. In: {do, phone, slot, now, …}, the slot of the member whose place on that phone it is; out: {done: …}, or before that {fetch: …} for each request,
   which the soak answers with {status, headers, body} or null. What a phone shows as saved is told the first time it is shown. */

import { createInterface } from "node:readline";
import { Browser } from "./browser.mjs";
import { addressOf, leadImports } from "./loader.mjs";
import { visit } from "./member.mjs";

const [repository, root, served] = process.argv.slice(2);
const fake = `${repository}/tests/vendor/fake-indexeddb/build/esm`;
const { IDBFactory, forceCloseDatabase, ...indexed } = await import(`${fake}/index.js`);
for (const [name, value] of Object.entries(indexed)) if (name.startsWith("IDB")) globalThis[name] = value;
globalThis.started = new Map(); // start → its browser's globals, where the loader's first line finds them
leadImports(root, JSON.parse(served));

const MODULES = {
  phone: "phone.js", when: "when.js", enrolment: "enrolment.js", locking: "locking.js", visiting: "visiting.js", arriving: "arriving.js", making: "visit.js",
  service: "survey/service.js", places: "places.js", handover: "handover.js",
};
const PIN = "274183";
const ANSWER_AGAIN_MS = 5_000; // after so long an answer that could not be kept is kept again (visiting.js)
const phones = new Map();
let starts = 0;
let problems = [];
process.on("unhandledRejection", (problem) => { problems.push(String(problem?.stack ?? problem)); });

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const heard = async () => JSON.parse((await lines.next()).value ?? "null");

class Phone {
  constructor(seed) {
    this.factory = new IDBFactory();
    this.dice = diceOf(seed);
    this.told = new Set();
  }

  /** Start the app over what this phone holds. end: where its browser will die. */
  async start(now, end) {
    starts += 1;
    this.browser = new Browser({ factory: this.factory, send, dice: this.dice, now });
    this.browser.end = end ?? null;
    globalThis.started.set(starts, this.browser.around);
    this.app = {};
    for (const [name, module] of Object.entries(MODULES)) this.app[name] = await import(addressOf(root, module, starts));
    return this.while(() => this.app.locking.standBefore());
  }

  /** The member of this slot takes the phone: what is open is locked, their own place is opened by its PIN. */
  async opened(slot) {
    const { door, lock, approach, unlock } = this.app.locking;
    this.browser.passes(ANSWER_AGAIN_MS);
    if (door.value.at === "open" && door.value.slot === slot) return;
    if (door.value.at === "open" && !(await lock())) throw new Error("stays open");
    await approach(slot);
    if (door.value.at !== "unlock") throw new Error(`stands before ${door.value.at}`);
    const { open } = await unlock(slot, PIN);
    if (!open) throw new Error("stays locked");
    await this.settled();
  }

  /** Enrol the open place again, or a new one for somebody who has none here yet. */
  async enrolled(code, slot) {
    const { enrolment, locking } = this.app;
    if (slot === null) {
      if (locking.door.value.at === "open") await locking.lock();
      locking.goTo("enrol");
    } else await this.opened(slot);
    await enrolment.begin(code);
    if (locking.door.value.at === "choose") await locking.choosePin(PIN);
    return this.settled();
  }

  /** Do something until it is done, fails, or the browser dies over it. */
  async while(work) {
    try {
      return await Promise.race([work().then((result) => result ?? "done"), this.browser.death]);
    } catch (problem) {
      return `${problem.name}: ${problem.code ?? problem.message}`;
    }
  }

  async sync() {
    const { when } = this.app;
    await when.syncNow();
    return this.settled();
  }

  // A sync may have been begun by something else: one thing at a time.
  async settled() {
    const { when } = this.app;
    while (this.browser.alive && when.link.value.doing) await new Promise((resolve) => { setImmediate(resolve); });
    return when.link.value.trouble ?? "done";
  }

  /** What the screens say now: {device, member, sent, waiting, saved: texts shown as saved for the first time, …}. */
  async shown() {
    if (!this.browser?.alive) return null;
    const { phone, when, locking } = this.app;
    if (locking.door.value.at !== "open") return { slot: null, saved: [] };
    const fresh = phone.headers.value.filter((header) => !this.told.has(header.sha256));
    const texts = await phone.kept().texts(fresh.map((header) => header.n));
    for (const header of fresh) this.told.add(header.sha256);
    const { waiting, held } = phone.tally.value;
    return {
      slot: locking.door.value.slot, device: phone.enrolment.value?.device ?? null, member: phone.enrolment.value?.member.id ?? null, waiting, held,
      trouble: when.link.value.trouble, lack: phone.lack.value, revoked: phone.facts.value.revoked, epoch: phone.facts.value.epoch,
      saved: fresh.map(({ n, id, sha256 }, i) => ({ n, id, sha256, text: texts[i] })),
      rows: phone.rows.value.map((row) => row.id), villages: phone.villages.value.map((village) => village.id),
    };
  }

  async households() {
    const { phone } = this.app;
    const all = [];
    for (const row of phone.rows.value) all.push({ row, state: await phone.household(row.id) });
    return all;
  }
}

const ACTIONS = {
  start: (phone, asked) => phone.start(asked.now, asked.end),
  open: (phone, { slot }) => phone.while(() => phone.opened(slot)),
  sync: (phone, { slot }) => phone.while(async () => { await phone.opened(slot); return phone.sync(); }),
  enrol: (phone, { code, slot }) => phone.while(() => phone.enrolled(code, slot)),
  visit: (phone, asked) => phone.while(async () => { await phone.opened(asked.slot); await visit(phone.app, asked, phone.dice); }),
  close: async (phone) => { phone.browser.closeDatabase(forceCloseDatabase); return "done"; },
  households: (phone) => phone.households(),
  file: (phone, { slot, now }) => phone.while(async () => {
    const file = await phone.app.handover.fileOf(phone.app.places.places.value.find((place) => place.slot === slot), new Date(now).toISOString());
    return typeof file === "string" ? file : JSON.stringify(file);
  }),
};

async function send(url, options) {
  say({ fetch: { url, headers: options.headers, body: Buffer.from(options.body).toString("base64") } });
  return heard();
}

async function act(asked) {
  if (!phones.has(asked.phone)) phones.set(asked.phone, new Phone(asked.phone + asked.seed));
  const phone = phones.get(asked.phone);
  if (phone.browser) Object.assign(phone.browser, { now: asked.now, full: asked.full ?? false, end: asked.end ?? null });
  const result = await ACTIONS[asked.do](phone, asked);
  if (phone.browser) Object.assign(phone.browser, { full: false, end: null });
  const said = { result, shown: await phone.shown(), problems: phone.browser.alive ? problems : [] };
  problems = [];
  return said;
}

// Numbers from 0 to 1, the same for the same seed (mulberry32 over the text's hash).
function diceOf(seed) {
  let state = [...seed].reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0), 16777619), 2166136261) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

for (let asked = await heard(); asked !== null; asked = await heard()) say({ done: await act(asked) });
process.exit(0);
