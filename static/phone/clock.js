/* The phone's time, corrected by what the server's clock said last.

   A cheap phone's clock may be days off; the order of visits must not hang on it. So every answer of the server
   gives an offset, and an event's `at` is the device's time plus that offset. Pure: the time is an argument. */

const VIETNAM_MS = 7 * 3600 * 1000; // Asia/Ho_Chi_Minh has had no summer time since 1975
const DAY_MS = 24 * 3600 * 1000;

/** Milliseconds to add to this device's clock, from the server's `now` and when we asked and were answered. */
export function offsetOf(serverNow, askedMs, answeredMs) {
  const said = Date.parse(serverNow);
  return Number.isNaN(said) ? 0 : Math.round(said - (askedMs + answeredMs) / 2);
}

/** The corrected moment as UTC text that sorts: 2026-11-22T05:31:07.123Z. */
export function atOf(deviceMs, offsetMs = 0) {
  return new Date(deviceMs + offsetMs).toISOString();
}

/** The local day of a moment: 2026-11-22. */
export function dayOf(at) {
  return new Date(Date.parse(at) + VIETNAM_MS).toISOString().slice(0, 10);
}

/** The day that lies `days` after a day. */
export function dayAfter(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A day as people here write it: 22/11/2026. */
export function dayInWords(day) {
  const [year, month, date] = day.split("-");
  return `${date}/${month}/${year}`;
}

/** The local time of a moment as people here write it: 14:05, with the day before it when it is not today's. */
export function momentInWords(at, today) {
  const local = new Date(Date.parse(at) + VIETNAM_MS).toISOString();
  const time = local.slice(11, 16);
  return local.slice(0, 10) === today ? time : `${dayInWords(local.slice(0, 10))} ${time}`;
}
