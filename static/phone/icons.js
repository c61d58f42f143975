/* The few pictures of the app, as paths on a field of 24 by 24. Always beside a word, so a reader skips them. */

import { html } from "./html.js";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  check: "M5 13l4.5 4.5L19 7.5",
  cross: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  question: "M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 1.9v.3M12 17.6v.1",
  mute: "M6 12h12",
  ring: "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14",
  box: "M6 6h12v12H6z",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4.4l3 1.8",
  warning: "M12 4.5L21 19.5H3zM12 10v4.2M12 16.9v.1",
  house: "M4 11.5L12 5l8 6.5M6.5 10v9h11v-9M10.5 19v-5h3v5",
  person: "M12 5a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 12 5M5.5 19.5c.6-3.6 3.2-5.4 6.5-5.4s5.9 1.8 6.5 5.4",
  plus: "M12 5.5v13M5.5 12h13",
  more: "M6 11.9v.2M12 11.9v.2M18 11.9v.2",
  send: "M12 19V6M6.5 11L12 5.5 17.5 11",
  same: "M5 9.5h14M5 14.5h14",
  hand: "M7 12.5V8.2a1.3 1.3 0 0 1 2.6 0V11V6.2a1.3 1.3 0 0 1 2.6 0V11V7.2a1.3 1.3 0 0 1 2.6 0V12V9.4a1.3 1.3 0 0 1 2.6 0V14c0 3.4-2 5.5-5.2 5.5-2.5 0-3.7-1-4.9-3.2L5 13.5a1.3 1.3 0 0 1 2-1.2",
  calendar: "M5 7h14v12.5H5zM5 11h14M9 4.5V8M15 4.5V8",
  empty: "M4 11.5L12 5l8 6.5M6.5 10v9h11v-9M9.5 15.5h5",
  away: "M5 12h13M13 6.5L18.5 12 13 17.5",
  scan: "M4 9V4.5h5M15 4.5h5V9M20 15v4.5h-5M9 19.5H4V15M8 8.5h3v3H8zM13 12.5h3v3h-3z",
  lock: "M6.5 11h11v8.5h-11zM9 11V8a3 3 0 0 1 6 0v3",
  edit: "M5 19l1-4L16 5l3 3L9 18z",
  sound: "M5 10v4h3l4 3.5v-11L8 10zM15 9.5a3.5 3.5 0 0 1 0 5M17.5 7a7 7 0 0 1 0 10",
  phone: "M8 3.5h8v17H8zM11 17.7h2",
};

/** One picture, by its name above. */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}

/* The picture of an answer, by its value: colour and form together, never colour alone. */
const OF_ANSWERS = {
  yes: "check", no: "cross", none: "cross", unknown: "question", refused: "mute",
  done: "check", partly: "clock", absent: "clock", vacant: "empty", moved: "away",
  started: "clock", booked: "calendar", declined: "cross", seen: "check", smartphone: "phone", basic: "phone",
  level2: "check", level1: "check", not_receiving: "cross",
};

/** The name of an answer's picture; undefined when it has none of its own. */
export function iconOf(value) {
  return OF_ANSWERS[value];
}
