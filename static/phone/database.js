/* The way to the browser's databases. The only module that opens one.

   Writes are `strict`: the browser's default is to answer before the bytes are down. The system may close a database under
   memory pressure: it is opened again and the work done once more. A browser that empties one under the open app takes the
   key away as well: nothing may be written then as if all were well, and the app is told. */

import { openDB } from "idb";

const LOST_CONNECTION = new Set(["InvalidStateError", "AbortError", "UnknownError"]);

let tellEmptied = () => {};

/** told(): called when a database that was open a moment ago is there no more. */
export function whenEmptied(told) {
  tellEmptied = told;
}

/** Runs work(tx) in one transaction of this database; once more on a fresh connection when the browser had closed ours. */
export function transactions({ name, version, stores: wanted }) {
  let connection = null;
  let wasThere = false;

  async function connect() {
    const opened = await openDB(name, version, {
      // Never deletes a store: unsent visits may be in it, whatever version made them.
      upgrade(db, from, _to, tx) {
        if (wasThere && !from) {
          tellEmptied();
          tx.abort();
          return;
        }
        for (const store of wanted) if (!db.objectStoreNames.contains(store)) db.createObjectStore(store);
      },
      blocking(_version, next) {
        // Another tab brings a newer app, or the browser deletes it.
        opened.close();
        connection = null;
        if (next === null) reconnect().catch(() => {});
      },
      terminated() { reconnect().catch(() => {}); }, // whether it is there still is known at once
    });
    wasThere = true;
    return opened;
  }

  function reconnect() {
    connection = connect().catch((problem) => { connection = null; throw problem; });
    return connection;
  }

  return async function transact(stores, mode, work) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const tx = (await (connection ?? reconnect())).transaction(stores, mode, { durability: "strict" });
        try {
          const result = await work(tx);
          await tx.done;
          return result;
        } catch (problem) {
          tx.done.catch(() => {});
          const full = tx.error?.name === "QuotaExceededError" ? tx.error : null; // the request itself only says "aborted"
          try { tx.abort(); } catch { /* already over */ }
          throw full ?? problem;
        }
      } catch (problem) {
        if (attempt > 1 || !LOST_CONNECTION.has(problem.name)) {
          if (LOST_CONNECTION.has(problem.name)) connection = null;
          throw problem;
        }
        connection = null;
      }
    }
  };
}
