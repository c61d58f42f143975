/* Where everything on this phone rests. The only module that names the browser's database.

   Every record is sealed (seal.js) before a transaction opens, because a database transaction ends as soon as it is
   left waiting for anything else. What must be together is in one transaction: an event with its number and the end
   of its draft; the households of an answer with the cursor that leads past them. Writes are `strict`: the browser's
   default is to answer before the bytes are down. The system may close the database under memory pressure: it is
   opened again and the work done once more. */

import { openDB } from "idb";
import { newKey, open, seal, sha256 } from "./seal.js";

const VERSION = 1;
// `events` holds what is asked for at every turn (number, state, hash), `texts` the sealed events themselves.
const STORES = ["keys", "known", "counter", "drafts", "events", "texts", "households", "villages"];
const LOST_CONNECTION = new Set(["InvalidStateError", "AbortError", "UnknownError"]);
const FIRST = { n: 0, after: null };

/** Open the phone's store; made at the first time. */
export async function openStore(name = "tung-nha") {
  let connection = null;

  async function connect() {
    const opened = await openDB(name, VERSION, {
      // Never deletes a store: unsent visits may be in it, whatever version made them.
      upgrade(db) {
        for (const store of STORES) if (!db.objectStoreNames.contains(store)) db.createObjectStore(store);
      },
      blocking() {
        opened.close(); // another tab brings a newer app
        connection = null;
      },
      terminated() {
        connection = null;
      },
    });
    return opened;
  }

  /** Run work(tx) in one transaction; once more on a fresh connection when the browser had closed ours. */
  async function transact(stores, mode, work) {
    for (let attempt = 1; ; attempt += 1) {
      connection ??= connect().catch((problem) => { connection = null; throw problem; });
      try {
        const tx = (await connection).transaction(stores, mode, { durability: "strict" });
        try {
          const result = await work(tx);
          await tx.done;
          return result;
        } catch (problem) {
          tx.done.catch(() => {});
          try { tx.abort(); } catch { /* already over */ }
          throw problem;
        }
      } catch (problem) {
        if (attempt > 1 || !LOST_CONNECTION.has(problem.name)) {
          if (LOST_CONNECTION.has(problem.name)) connection = null;
          throw problem;
        }
        connection = null;
      }
    }
  }

  const read = (store, work) => transact([store], "readonly", (tx) => work(tx.objectStore(store)));

  async function keyOfThisPhone() {
    const made = await newKey(); // before the transaction, see above; dropped when there is one already
    return transact(["keys"], "readwrite", async (tx) => {
      const kept = await tx.store.get("data");
      if (kept) return kept;
      await tx.store.put(made, "data");
      return made;
    });
  }

  const key = await keyOfThisPhone();
  const sealed = (store, id, value) => seal(key, `${store}/${id}`, value);
  const opened = (store, id, record) => (record ? open(key, `${store}/${id}`, record) : null);

  async function get(store, id) {
    return opened(store, id, await read(store, (s) => s.get(id)));
  }

  async function all(store) {
    const [ids, records] = await transact([store], "readonly", (tx) =>
      Promise.all([tx.store.getAllKeys(), tx.store.getAll()]));
    return Promise.all(records.map(async (record, i) => [ids[i], await opened(store, ids[i], record)]));
  }

  async function put(store, id, value) {
    const record = await sealed(store, id, value);
    await transact([store], "readwrite", (tx) => tx.store.put(record, id));
  }

  return {
    /* Facts by name: "enrolment", "sync". */
    known: (name_) => get("known", name_),
    keep: (name_, value) => put("known", name_, value),

    /* Drafts, one a household. */
    drafts: async () => (await all("drafts")).map(([, draft]) => draft),
    draft: (household) => get("drafts", household),
    keepDraft: (draft) => put("drafts", draft.household, draft),
    dropDraft: (household) => transact(["drafts"], "readwrite", (tx) => tx.store.delete(household)),

    household: (id) => get("households", id),
    lists: async () => new Map(await all("villages")),

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
