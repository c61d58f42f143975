/* The browser around one start of the app: a clock and a chance that the soak sets, a store that can be full, closed or cut off,
   a network that is the soak's, and a death at a chosen point.

   Dead means that nothing leaves it any more: no transaction begins or ends, no request goes out and no answer is read.
   What its modules still do with themselves is nobody's business, as after a kill. */

import { webcrypto } from "node:crypto";

const INERT = () => 0;
// A PIN's price is measured elsewhere (tests/phone/pin.test.js); here it is paid thousands of times.
const subtle = new Proxy(webcrypto.subtle, {
  get: (own, name) => (name === "deriveKey" ? (how, ...rest) => own.deriveKey({ ...how, iterations: 1 }, ...rest) : own[name].bind(own)),
});
/** The points at which a browser can die, each counted: the third write, the second request. */
export const POINTS = ["before_write", "after_write", "before_request", "after_request"];

/** factory: the phone's own IDBFactory, that outlives every start; send(url, options): hands a request to the soak; dice: numbers from 0 to 1. */
export class Browser {
  constructor({ factory, send, dice, now }) {
    this.alive = true;
    this.full = false; // the phone's flash has no room left
    this.now = now;
    this.ticks = 0;
    this.timers = [];
    this.end = null; // {point, after}: dies at the point's after-th time
    this.connections = new Set();
    this.death = new Promise((resolve) => { this.died = resolve; });
    this.around = this.globals(factory, send, dice);
  }

  die() {
    this.alive = false;
    for (const connection of this.connections) connection.close();
    this.died("killed");
  }

  /** Whether the browser dies at this point now. */
  ends(point) {
    if (this.end?.point !== point) return false;
    this.end.after -= 1;
    if (this.end.after > 0) return false;
    this.die();
    return true;
  }

  /** The system takes the connections to the database away, as under memory pressure. */
  closeDatabase(force) {
    for (const connection of this.connections) force(connection);
    this.connections.clear();
  }

  /** So much time passes: what waited exactly so long begins. */
  passes(ms) {
    for (const timer of this.timers.splice(0)) if (timer?.ms === ms) timer.work();
  }

  globals(factory, send, dice) {
    const browser = this;
    class PhonesDate extends Date {
      constructor(...parts) { if (parts.length) super(...parts); else super(browser.now); }
      static now() { return browser.now; }
    }
    const kept = new Map();
    const window = { addEventListener: INERT, removeEventListener: INERT };
    return {
      Date: PhonesDate, window, document: { hidden: false, documentElement: { lang: "vi" }, addEventListener: INERT },
      navigator: { locks: locksOf(), userAgent: "", onLine: true, storage: { estimate: async () => ({ quota: 2e9, usage: 5e6 }) } },
      crypto: { subtle, getRandomValues: (bytes) => { bytes.forEach((_, i) => { bytes[i] = Math.floor(dice() * 256); }); return bytes; } },
      localStorage: { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value), removeItem: (name) => kept.delete(name) },
      location: { hash: "", reload: INERT }, matchMedia: () => ({ matches: false, addEventListener: INERT }), BroadcastChannel: undefined,
      // A slow phone makes the fewest rounds of a PIN that it may.
      performance: { now: () => { browser.ticks += 60_000; return browser.ticks; } },
      // Nothing happens by itself: the soak says when a phone looks for its server, and when time has passed.
      setTimeout: (work, ms) => this.timers.push({ work, ms }), clearTimeout: (timer) => { if (timer) delete this.timers[timer - 1]; }, setInterval: INERT, clearInterval: INERT,
      console: { error: INERT, warn: INERT, log: INERT, info: INERT },
      fetch: (url, options) => this.fetch(send, url, options),
      indexedDB: { open: (...parts) => this.opened(factory.open(...parts)), cmp: (a, b) => factory.cmp(a, b) },
    };
  }

  async fetch(send, url, options) {
    if (!this.alive || this.ends("before_request")) return new Promise(INERT);
    const answer = await send(url, options);
    if (!this.alive || this.ends("after_request")) return new Promise(INERT);
    if (answer === null) throw new TypeError("Failed to fetch");
    return new Response(Buffer.from(answer.body, "base64"), { status: answer.status, headers: answer.headers });
  }

  opened(request) {
    if (!this.alive) throw new DOMException("killed", "AbortError");
    request.addEventListener("success", () => {
      const connection = request.result;
      if (!this.alive) return connection.close();
      this.connections.add(connection);
      const begin = connection.transaction.bind(connection);
      connection.transaction = (stores, mode, options) => this.transaction(begin, stores, mode, options);
      return undefined;
    });
    return request;
  }

  transaction(begin, stores, mode, options) {
    if (!this.alive) throw new DOMException("killed", "AbortError");
    const transaction = begin(stores, mode, options);
    if (mode !== "readwrite") return transaction;
    if (this.full) setImmediate(() => { try { transaction._abort("QuotaExceededError"); } catch { /* already over */ } });
    else if (this.ends("before_write")) transaction.abort();
    else transaction.addEventListener("complete", () => this.ends("after_write"));
    return transaction;
  }
}

// One browser, one tab: whoever asks for a lock waits for those before, unless it is only wanted when it is free.
function locksOf() {
  const held = new Map();
  return {
    request(name, ...rest) {
      const work = rest.at(-1);
      const { ifAvailable = false } = rest.length > 1 ? rest[0] : {};
      if (ifAvailable && held.has(name)) return Promise.resolve(work(null));
      const turn = (held.get(name) ?? Promise.resolve()).then(() => work({ name }));
      const over = turn.catch(INERT).then(() => { if (held.get(name) === over) held.delete(name); });
      held.set(name, over);
      return turn;
    },
  };
}
