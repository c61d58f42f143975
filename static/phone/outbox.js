/* What becomes of an event on this phone, from the first answer to the moment it may be forgotten. Pure.

   An event leaves the outbox only by its own receipt, matched by the hash of its text, and it leaves the phone only
   when the server's `confirmed` (the highest number that a completed backup contains) reaches its number. No answer
   means that nothing happened. */

/* state → what happens → next state. `stored`, `known` and `held` are received: the server has the text. */
export const STEPS = {
  draft: { saved: "waiting" },
  waiting: { stored: "stored", known: "known", held: "held" },
  stored: { known: "known", held: "held", confirmed: "confirmed", epoch: "waiting", missing: "waiting" },
  known: { held: "held", confirmed: "confirmed", epoch: "waiting", missing: "waiting" },
  held: { known: "known", confirmed: "confirmed", epoch: "waiting", missing: "waiting" },
  confirmed: {},
};

export const BATCH_BYTES = 256 * 1024;
const LONG_DAYS = 2;
const DAY_MS = 24 * 3600_000;

/** The state after something happened; unchanged when nothing leads from here. */
export function next(state, happened) {
  return STEPS[state][happened] ?? state;
}

/** The events to send now, oldest first, together at most `bytes`; always at least one when any waits. */
export function batchOf(events, bytes = BATCH_BYTES) {
  const chosen = [];
  let size = 0;
  for (const event of events.filter((one) => one.state === "waiting").sort((a, b) => a.n - b.n)) {
    if (chosen.length && size + event.bytes > bytes) break;
    chosen.push(event);
    size += event.bytes;
  }
  return chosen;
}

/** The limit to try after the server found a batch too large; null when one event alone was too large. */
export function halved(batch) {
  if (batch.length < 2) return null;
  const size = batch.reduce((sum, event) => sum + event.bytes, 0);
  return Math.max(1, Math.floor(size / 2));
}

/** What an answer does to the events of this phone: {changed: [event], left: [n]}.

    events: [{n, state, sha256, bytes, reason, over}]; `over`: still to be folded over what the server sent. */
export function received(events, answer, epoch) {
  const receipts = new Map(answer.receipts.map((receipt) => [receipt.sha256, receipt]));
  const missing = new Set(answer.missing ?? []);
  const restored = epoch !== null && answer.epoch !== epoch;
  const changed = [];
  const left = [];
  for (const event of events) {
    const after = { ...event };
    // First what the server lacks, then its receipts: a receipt of this very answer is the newest word.
    if (restored) after.state = next(after.state, "epoch");
    if (missing.has(event.n)) after.state = next(after.state, "missing");
    const receipt = receipts.get(event.sha256);
    if (receipt && receipt.outcome in STEPS.waiting) {
      after.state = next(after.state, receipt.outcome);
      after.reason = receipt.reason ?? null;
    }
    if (event.n <= answer.confirmed) after.state = next(after.state, "confirmed");
    if (after.state === "confirmed") left.push(event.n);
    else if (after.state !== event.state || after.reason !== event.reason) changed.push(after);
  }
  return { changed, left };
}

/** How many events are in which state, and since when the oldest waits. */
export function tallyOf(events) {
  const tally = { waiting: 0, received: 0, held: 0, oldest: null };
  for (const event of events) {
    if (event.state === "waiting") {
      tally.waiting += 1;
      if (tally.oldest === null || event.at < tally.oldest) tally.oldest = event.at;
    } else if (event.state === "held") tally.held += 1;
    else tally.received += 1;
  }
  return tally;
}

/** How many of this phone's numbers the server lacks though nothing waits here; 0: its count and ours agree.

    last: the highest number that this phone ever gave; facts: what the last sync said (contiguous null: nothing yet). */
export function lackOf(tally, last, facts) {
  if (tally.waiting || facts.contiguous === null || facts.contiguous >= last) return 0;
  return Math.max(1, facts.missing.length);
}

/** {count, days, silent} when visits wait and the oldest, or (silent) the last contact with the server, is two days old; null: all is well. */
export function overdueOf(tally, last, now) {
  const since = (at) => (at ? Math.floor((Date.parse(now) - Date.parse(at)) / DAY_MS) : 0);
  const [waited, quiet] = [since(tally.oldest), since(last)];
  if (!tally.waiting || Math.max(waited, quiet) < LONG_DAYS) return null;
  return { count: tally.waiting, days: waited < LONG_DAYS ? quiet : waited, silent: waited < LONG_DAYS };
}

/** Milliseconds to wait before the next try: growing, and spread out so that phones do not come all at once.

    luck: a number from 0 to 1. */
export function pauseOf(failures, luck) {
  const longest = Math.min(15 * 60_000, 5_000 * 2 ** Math.min(failures, 10));
  return Math.round(longest / 2 + (longest / 2) * luck);
}
