/* Where everything on this phone rests: databases of the browser (database.js).

   Every record is sealed (seal.js) before a transaction opens, because a database transaction ends as soon as it is
   left waiting for anything else. What must be together is in one transaction: an event with its number and the end
   of its draft; the households of an answer with the cursor that leads past them.

   Each member of a shared phone has a database of their own; a small open one tells who they are (places.js). */

import { transactions } from "./database.js";
import { open, seal, sha256 } from "./seal.js";

// 2: the key is wrapped. An app of version 1 must not open such a store: it would make a key of its own beside it.
const VERSION = 2;
// `events` holds what is asked for at every turn (number, state, hash), `texts` the sealed events themselves.
const STORES = ["keys", "known", "counter", "drafts", "events", "texts", "households", "villages"];
const SEALED = ["known", "drafts", "texts", "households", "villages"];
const EMPTIED = ["known", "counter", "drafts", "events", "texts", "households", "villages"];
const PEOPLE = { name: "tung-nha-people", version: 1, stores: ["places"] };
const FIRST = { n: 0, after: null };

/** The open list of who works with this phone. */
export function openPeople() {
  const transact = transactions(PEOPLE);
  return {
    /** The places, by their slot. */
    all: () => transact(["places"], "readonly", (tx) => tx.store.getAll()),

    /** Change the list in one transaction. change(places): the place to put down, null for none; it comes back. */
    change: (change) => transact(["places"], "readwrite", async (tx) => {
      const place = change(await tx.store.getAll());
      if (place) await tx.store.put(place, place.slot);
      return place;
    }),
  };
}

/** A member's store; what is sealed in it is there only between unlock and lock. */
export function openStore(name = "tung-nha") {
  const transact = transactions({ name, version: VERSION, stores: STORES });
  let key = null;

  const read = (store, work) => transact([store], "readonly", (tx) => work(tx.objectStore(store)));
  const sealed = async (store, id, value) => seal(usable(), `${store}/${id}`, value);
  const opened = async (store, id, record) => (record ? open(usable(), `${store}/${id}`, record) : null);

  // A sync or a tap may still be on its way while the phone locks.
  function usable() {
    if (!key) throw Object.assign(new Error("the store is locked"), { code: "locked" });
    return key;
  }

  async function get(store, id) {
    return opened(store, id, await read(store, (s) => s.get(id)));
  }

  async function records(store) {
    const [ids, all] = await transact([store], "readonly", (tx) => Promise.all([tx.store.getAllKeys(), tx.store.getAll()]));
    return all.map((record, i) => [ids[i], record]);
  }

  async function all(store) {
    return Promise.all((await records(store)).map(async ([id, record]) => [id, await opened(store, id, record)]));
  }

  async function put(store, id, value) {
    const record = await sealed(store, id, value);
    await transact([store], "readwrite", (tx) => tx.store.put(record, id));
  }

  return {
    unlock(usableKey) { key = usableKey; },
    lock() { key = null; },

    /* The wrapped keys by name: "pin", "commune"; "tries" of a PIN; of a store of version 1 "data", the key itself. */
    keys: async () => Object.fromEntries(await records("keys")),
    keepKey: (name_, record) => transact(["keys"], "readwrite", (tx) => tx.store.put(record, name_)),

    /** Change the count of wrong PINs in one transaction; what it is then comes back. */
    tries: (change) => transact(["keys"], "readwrite", async (tx) => {
      const before = await tx.store.get("tries");
      const after = change(before);
      if (after && after !== before) await tx.store.put(after, "tries");
      else if (before && !after) await tx.store.delete("tries");
      return after;
    }),

    /** Seal the whole store by a new key, which the PIN wraps like this, in one transaction; then it is unlocked.

        known: {name: value} to begin with. The key that lay beside the data in version 1 goes. Throws `sealed` when there
        is a wrapped one already. */
    async sealBy(newKey, pin, known = {}) {
      const { data } = await this.keys();
      if (data) key = data;
      const again = [];
      for (const store of data ? SEALED : [])
        for (const [id, value] of await all(store)) again.push([store, id, await seal(newKey, `${store}/${id}`, value)]);
      for (const [name_, value] of Object.entries(known))
        again.push(["known", name_, await seal(newKey, `known/${name_}`, value)]);
      await transact(["keys", ...SEALED], "readwrite", async (tx) => {
        const keys = tx.objectStore("keys");
        if (await keys.get("pin")) throw Object.assign(new Error("another tab was faster"), { code: "sealed" });
        for (const [store, id, record] of again) await tx.objectStore(store).put(record, id);
        await keys.put(pin, "pin");
        await keys.delete("data");
      });
      key = newKey;
    },

    /* Facts by name: "enrolment", "sync". */
    known: (name_) => get("known", name_),

    /* Drafts, one a household. */
    drafts: async () => (await all("drafts")).map(([, draft]) => draft),
    draft: (household) => get("drafts", household),
    keepDraft: (draft) => put("drafts", draft.household, draft),
    dropDraft: (household) => transact(["drafts"], "readwrite", (tx) => tx.store.delete(household)),

    household: (id) => get("households", id),
    lists: async () => new Map(await all("villages")),

    /** Throw everything away but the keys: only of a place to practise in. */
    clear: () => transact(EMPTIED, "readwrite", (tx) => Promise.all(EMPTIED.map((name_) => tx.objectStore(name_).clear()))),

    /** The number and hash of this phone's last event: {n, after}. */
    number: async () => (await read("counter", (s) => s.get("last"))) ?? FIRST,

    /** Go on from the server's number when it knows more of this phone than the phone itself. */
    continueFrom: (n, after) => transact(["counter"], "readwrite", async (tx) => {
      const last = (await tx.store.get("last")) ?? FIRST;
      if (n > last.n) await tx.store.put({ n, after }, "last");
    }),
    /** Save events under the next numbers and end their draft, all in one transaction; their headers come back.

        make(n, after, i): the text of the i-th event. count: how many. */
    async record(make, count, household) {
      for (;;) {
        const last = await this.number();
        const records = [];
        let { n, after } = last;
        for (let i = 0; i < count; i += 1) {
          n += 1;
          const text = make(n, after, i);
          after = await sha256(text);
          const bytes = new TextEncoder().encode(JSON.stringify(text)).length + 1;
          const { id, at } = JSON.parse(text);
          const header = { id, n, state: "waiting", sha256: after, bytes, reason: null, over: true, at };
          records.push([header, await sealed("texts", n, text)]);
        }
        const saved = await transact(["counter", "events", "texts", "drafts"], "readwrite", async (tx) => {
          const now = (await tx.objectStore("counter").get("last")) ?? FIRST;
          const ids = records.map(([header]) => header.id);
          const before = (await tx.objectStore("events").getAll()).filter((header) => ids.includes(header.id));
          if (before.length) { // saved already, and the answer was lost on the way: never under a second number
            await tx.objectStore("drafts").delete(household);
            return before;
          }
          if (now.n !== last.n) return false; // another tab was faster: number again
          await tx.objectStore("counter").put({ n, after }, "last");
          for (const [header, text] of records) {
            await tx.objectStore("events").add(header, header.n);
            await tx.objectStore("texts").add(text, header.n);
          }
          await tx.objectStore("drafts").delete(household);
          return records.map(([header]) => header);
        });
        if (saved) return saved;
      }
    },

    /** The headers of all events on this phone, without their sealed texts. */
    events: () => read("events", (s) => s.getAll()),

    /** What is here as it rests, sealed, also while it is locked: {headers, texts, drafts}, the latter two as [id, {iv, box}]. */
    atRest: async () => ({
      headers: await read("events", (s) => s.getAll()), texts: await records("texts"), drafts: await records("drafts"),
    }),

    /** The texts of these events, in the same order. */
    async texts(numbers) {
      const records = await transact(["texts"], "readonly", (tx) =>
        Promise.all(numbers.map((n) => tx.store.get(n))));
      return Promise.all(records.map((record, i) => opened("texts", numbers[i], record)));
    },

    /** Write down what an answer brought, in one transaction.

        events: changed headers; left: numbers that leave; households: [{id, …}]; gone: household ids;
        lists: {village: rows, or null to drop}; known: {name: value}. */
    async take({ events = [], left = [], households = [], gone = [], lists = {}, known = {} }) {
      const puts = [];
      for (const household of households)
        puts.push(["households", household.id, await sealed("households", household.id, household)]);
      for (const [village, rows] of Object.entries(lists))
        puts.push(["villages", village, rows && (await sealed("villages", village, rows))]);
      for (const [name_, value] of Object.entries(known)) puts.push(["known", name_, await sealed("known", name_, value)]);
      await transact(["events", "texts", "households", "villages", "known"], "readwrite", async (tx) => {
        for (const header of events) await tx.objectStore("events").put(header, header.n);
        for (const n of left) for (const store of ["events", "texts"]) await tx.objectStore(store).delete(n);
        for (const id of gone) await tx.objectStore("households").delete(id);
        for (const [store, id, record] of puts)
          await (record ? tx.objectStore(store).put(record, id) : tx.objectStore(store).delete(id));
      });
    },
  };
}
