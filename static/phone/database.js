/* The way to the browser's databases. The only module that opens one.

   Writes are `strict`: the browser's default is to answer before the bytes are down. The system may close a database under
   memory pressure: it is opened again and the work done once more. A browser that empties one under the open app takes the
   key away as well: nothing may be written then as if all were well, and the app is told. */

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
    const opening = indexedDB.open(name, version);
    // Never deletes a store: unsent visits may be in it, whatever version made them.
    opening.onupgradeneeded = ({ oldVersion: from }) => {
      const { result: db, transaction: tx } = opening;
      if (wasThere && !from) {
        tellEmptied();
        tx.abort();
        return;
      }
      for (const store of wanted) if (!db.objectStoreNames.contains(store)) db.createObjectStore(store);
    };
    const opened = await answered(opening);
    // Another tab brings a newer app, or the browser deletes it.
    opened.onversionchange = ({ newVersion: next }) => {
      opened.close();
      connection = null;
      if (next === null) reconnect().catch(() => {});
    };
    opened.onclose = () => { reconnect().catch(() => {}); }; // whether it is there still is known at once
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
        const done = ended(tx);
        try {
          const objectStore = (store) => promising(tx.objectStore(store));
          const result = await work({ objectStore, store: objectStore(stores[0]) });
          await done;
          return result;
        } catch (problem) {
          done.catch(() => {});
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

const REQUESTS = ["get", "getAll", "getAllKeys", "put", "add", "delete", "clear"];

// A store whose requests are promises.
const promising = (store) => Object.fromEntries(REQUESTS.map((name) => [name, (...asked) => answered(store[name](...asked))]));

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function ended(tx) {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new DOMException("the transaction was aborted", "AbortError"));
  });
}
