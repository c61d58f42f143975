/* The rounds of a sync, against a server and a store that are small enough to see through. */

import assert from "node:assert/strict";
import test from "node:test";
import { rounds } from "../../static/phone/rounds.js";
import { empty } from "../../static/phone/survey/fold.js";

const NOW = Date.parse("2026-11-22T05:00:00.000Z");
const household = (id, village = "dong-cho") => ({ ...empty(), id, code: null, token: null, village });

/** A store in memory with this many events waiting. */
function storeOf(count, bytes = 1000) {
  const events = new Map();
  for (let n = 1; n <= count; n += 1)
    events.set(n, { n, state: "waiting", sha256: `h${n}`, bytes, reason: null, over: true, at: "2026-11-22T04:00:00.000Z" });
  const known = new Map();
  const households = new Map();
  return {
    number: async () => ({ n: count, after: null }), known: async (name) => known.get(name), events: async () => [...events.values()],
    texts: async (numbers) => numbers.map((n) => `text ${n}`),
    take: async (change) => {
      for (const event of change.events) events.set(event.n, event);
      for (const n of change.left) events.delete(n);
      for (const one of change.households) households.set(one.id, one);
      for (const id of change.gone) households.delete(id);
      for (const [name, value] of Object.entries(change.known)) known.set(name, value);
    },
    all: { events, known, households },
  };
}

/** A phone whose server answers as `server(request, call)` says, over an answer that brings nothing. */
function phoneOf(store, server) {
  const requests = [];
  const exchange = async (token, request) => {
    requests.push(request);
    const receipts = request.events.map((text) => ({ id: text, sha256: `h${text.slice(5)}`, outcome: "stored", reason: null }));
    const plain = {
      epoch: "e1", now: "2026-11-22T05:00:00.000Z", receipts, confirmed: 0, missing: [], households: [], forget: [],
      villages: [{ id: "dong-cho", name: "Đồng Chợ" }], settings: { sync_minutes: 15 }, cursors: { "dong-cho": `c${requests.length}` }, more: false,
    };
    return { ...plain, ...server(request, requests.length) };
  };
  const phone = {
    store, exchange, enrolment: { token: "t", device: "d" }, lists: new Map(), now: () => NOW,
    about: async (tally) => ({ unsent: tally.waiting }), told: () => {},
  };
  return { phone, requests };
}

const states = (store) => [...store.all.events.values()].map((event) => event.state);

test("all that waits is sent, and stays on the phone until a backup has it", async () => {
  const store = storeOf(3);
  const { phone, requests } = phoneOf(store, () => ({}));
  await rounds(phone);
  assert.equal(requests.length, 1);
  assert.deepEqual(states(store), ["stored", "stored", "stored"]);
});

test("the rounds go on while the server has more", async () => {
  const store = storeOf(0);
  const { phone, requests } = phoneOf(store, (_, call) => ({ households: [household(`h${call}`)], more: call < 3 }));
  const { lists } = await rounds(phone);
  assert.deepEqual(requests.map((request) => request.cursors["dong-cho"]), [undefined, "c1", "c2"]);
  assert.equal(lists.get("dong-cho").length, 3);
});

test("each page is told of as it comes, the first one a short one, with what is still to come", async () => {
  const store = storeOf(0);
  const left = [2, 1, undefined];
  const { phone, requests } = phoneOf(store, (_, call) => ({ households: [household(`h${call}`)], more: call < 3, left: left[call - 1] }));
  const seen = [];
  phone.told = async ({ households }, { facts, lists }) => seen.push([households, lists.get("dong-cho").length, facts.left]);
  await rounds(phone);
  assert.deepEqual(seen, [[1, 1, 2], [2, 2, 1], [3, 3, 0]]);
  assert.deepEqual(requests.map(({ limit }) => limit), [100, 500, 500]);
});

test("the rounds go on while anything waits, though the server has nothing more", async () => {
  const store = storeOf(5, 100_000);
  const { phone, requests } = phoneOf(store, () => ({}));
  await rounds(phone);
  assert.deepEqual(requests.map((request) => request.events.length), [2, 2, 1]);
});

test("a batch too large is halved, and all of it arrives", async () => {
  const store = storeOf(8);
  const { phone, requests } = phoneOf(store, (request) => {
    if (request.events.length > 2) throw Object.assign(new Error(), { code: "too_large" });
    return {};
  });
  await rounds(phone);
  assert.deepEqual([...new Set(states(store))], ["stored"]);
  assert.equal(requests[0].events.length, 8);
});

test("one event that is too large alone holds up no other, and is told", async () => {
  const store = storeOf(3);
  const { phone } = phoneOf(store, (request) => {
    if (request.events.includes("text 2")) throw Object.assign(new Error(), { code: "too_large" });
    return {};
  });
  const { tooLarge } = await rounds(phone);
  assert.deepEqual(states(store), ["stored", "waiting", "stored"]);
  assert.equal(tooLarge, true);
});

test("no answer means that nothing happened", async () => {
  const store = storeOf(2);
  const { phone } = phoneOf(store, () => { throw Object.assign(new Error(), { code: "no_network" }); });
  await assert.rejects(rounds(phone), { code: "no_network" });
  assert.deepEqual(states(store), ["waiting", "waiting"]);
});

test("what an earlier round brought stays when a later one fails", async () => {
  const store = storeOf(4, 200_000);
  const { phone } = phoneOf(store, (_, call) => { if (call > 2) throw Object.assign(new Error(), { code: "no_network" }); return {}; });
  await assert.rejects(rounds(phone));
  assert.deepEqual(states(store), ["stored", "stored", "waiting", "waiting"]);
});

test("an answer without receipts is no success and no endless round", async () => {
  const store = storeOf(1);
  const { phone, requests } = phoneOf(store, () => ({ receipts: [], cursors: { "dong-cho": "same" } }));
  await assert.rejects(rounds(phone), { code: "server_down" });
  assert.ok(requests.length <= 2);
  assert.deepEqual(states(store), ["waiting"]);
});

test("a restored server is offered everything again, and asked for everything again", async () => {
  const store = storeOf(2);
  await rounds(phoneOf(store, () => ({})).phone);
  const { phone, requests } = phoneOf(store, () => ({ epoch: "e2" }));
  await rounds(phone);
  assert.deepEqual(requests.map((request) => request.events.length), [0, 2]);
  assert.equal(requests[1].cursors["dong-cho"], "");
  assert.deepEqual(states(store), ["stored", "stored"]);
});

test("what a backup has leaves the phone", async () => {
  const store = storeOf(3);
  await rounds(phoneOf(store, () => ({ confirmed: 2 })).phone);
  assert.deepEqual([...store.all.events.keys()], [3]);
});

test("own events are laid over until the server's answer has them", async () => {
  const store = storeOf(2);
  await rounds(phoneOf(store, () => ({})).phone);
  assert.deepEqual([...store.all.events.values()].map((event) => event.over), [false, false]);
});

test("a village that is no longer the member's leaves with its households", async () => {
  const store = storeOf(0);
  const first = await rounds(phoneOf(store, () => ({ households: [household("h1")] })).phone);
  const { phone } = phoneOf(store, () => ({ cursors: {}, villages: [] }));
  const { lists } = await rounds({ ...phone, lists: first.lists });
  assert.equal(lists.size, 0);
  assert.equal(store.all.households.size, 0);
});

test("a household is forgotten only after its own events went up", async () => {
  const store = storeOf(0);
  const first = await rounds(phoneOf(store, () => ({ households: [household("h1"), household("h2")] })).phone);
  const busy = storeOf(3, 200_000);
  for (const [id, one] of store.all.households) busy.all.households.set(id, one);
  const seen = [];
  const { phone } = phoneOf(busy, (_, call) => { seen.push(busy.all.households.has("h1")); return call === 1 ? { forget: ["h1"] } : {}; });
  const { lists } = await rounds({ ...phone, lists: first.lists });
  assert.deepEqual(seen, [true, true, true]);
  assert.deepEqual([...busy.all.households.keys()], ["h2"]);
  assert.deepEqual(lists.get("dong-cho").map((row) => row.id), ["h2"]);
});

test("a household that moved is listed in one village", async () => {
  const store = storeOf(0);
  const both = { cursors: { "dong-cho": "c", "noi-hung": "c" } };
  const first = await rounds(phoneOf(store, () => ({ ...both, households: [household("h1")] })).phone);
  const { phone } = phoneOf(store, () => ({ ...both, households: [household("h1", "noi-hung")] }));
  const { lists } = await rounds({ ...phone, lists: first.lists });
  assert.deepEqual([lists.get("dong-cho"), lists.get("noi-hung").map((row) => row.id)], [[], ["h1"]]);
});

test("the phone says how far it counted, and remembers how far the server did", async () => {
  const store = storeOf(3);
  const { phone, requests } = phoneOf(store, () => ({ contiguous: 2, missing: [3] }));
  const { facts } = await rounds(phone);
  assert.equal(requests[0].phone.last, 3);
  assert.deepEqual([facts.contiguous, facts.missing], [2, [3]]);
});

test("a household that a restored server knows no more leaves the phone, once all has gone up and come down", async () => {
  const store = storeOf(1);
  const first = await rounds(phoneOf(store, () => ({ households: [household("h1"), household("h2")] })).phone);
  const { phone } = phoneOf(store, (_, call) => ({ epoch: "e2", ...(call === 2 && { households: [household("h1")] }) }));
  const { lists } = await rounds({ ...phone, lists: first.lists });
  assert.deepEqual(lists.get("dong-cho").map((row) => row.id), ["h1"]);
  assert.deepEqual([...store.all.households.keys()], ["h1"]);
  const again = await rounds({ ...phoneOf(store, () => ({ epoch: "e2" })).phone, lists });
  assert.deepEqual(again.lists.get("dong-cho").map((row) => row.id), ["h1"]);
});

test("while a restored server's answer is cut off in the middle, nothing leaves the phone", async () => {
  const store = storeOf(0);
  const first = await rounds(phoneOf(store, () => ({ households: [household("h1"), household("h2")] })).phone);
  const { phone } = phoneOf(store, (_, call) => {
    if (call > 2) throw Object.assign(new Error(), { code: "no_network" });
    return { epoch: "e2", more: true, ...(call === 2 && { households: [household("h1")] }) };
  });
  await assert.rejects(rounds({ ...phone, lists: first.lists }));
  assert.deepEqual([...store.all.households.keys()], ["h1", "h2"]);
});

test("a newer questionnaire is kept, the one before it for who corrects, and the one that a visit in progress was begun with", async () => {
  const store = { ...storeOf(0), drafts: async () => [{ questionnaire: "household-1-a" }, { questionnaire: "household-1" }] };
  store.all.known.set("forms", { newest: "household-1-b", all: { "household-1-a": {}, "household-1-b": {}, old: {} } });
  const { phone, requests } = phoneOf(store, () => ({ form: { name: "household-1-c" } }));
  await rounds(phone);
  assert.equal(requests[0].form, "household-1-b");
  const { newest, all } = store.all.known.get("forms");
  assert.deepEqual([newest, Object.keys(all)], ["household-1-c", ["household-1-b", "household-1-a", "household-1-c"]]);
});

test("a phone without a newer questionnaire asks by the one it was enrolled with", async () => {
  const { phone, requests } = phoneOf(storeOf(0), () => ({}));
  await rounds({ ...phone, enrolment: { ...phone.enrolment, questionnaire: "household-1" } });
  assert.equal(requests[0].form, "household-1");
  assert.equal(phone.store.all.known.has("forms"), false);
});

test("rows of an older version are asked for again, once", async () => {
  const store = storeOf(0);
  store.all.known.set("sync", { epoch: "e1", cursors: { "dong-cho": "old" }, forget: [], villages: [], restores: 0 });
  const { phone, requests } = phoneOf(store, () => ({}));
  await rounds(phone);
  await rounds(phone);
  assert.deepEqual(requests.map((request) => request.cursors), [{}, { "dong-cho": "c1" }]);
});

test("who asked for help stays as it is known until the server says otherwise", async () => {
  const store = storeOf(0);
  const told = { mark: "m1", waiting: [{ id: "s" }] };
  const { phone, requests } = phoneOf(store, (_request, call) => ({ sign_ups: call === 1 ? told : null }));
  await rounds(phone);
  const { facts } = await rounds(phone);
  assert.deepEqual(requests.map((request) => request.sign_ups), ["", "m1"]);
  assert.deepEqual(facts.signUps, told);
});
