/* The app behind the gate: shows the door of this phone, and behind it the screen that the address names; keeps in touch.

   The lock and the list are what a member waits for in the morning, so they are loaded at once; the other screens come right
   after them. */

import { render } from "preact";
import { html } from "./html.js";
import { door, keepWatch, standBefore } from "./locking.js";
import { facts, form, practising } from "./phone.js";
import { emptied, places } from "./places.js";
import { route } from "./route.js";
import { List, lookAnew } from "./screens/list.js";
import { isTyped } from "./screens/pad.js";
import { notice, Opening, Spoken } from "./screens/parts.js";
import { Unlock } from "./screens/unlock.js";
import { holdUntil, isHeld, keepShell, spoken, takeOver, update, version } from "./shell.js";
import { effect, signal } from "./signals.js";
import { keepInTouch } from "./when.js";

const LATER = {
  enrol: async () => (await import("./screens/enrol.js")).Enrol,
  choose: async () => (await import("./screens/choose.js")).Choose,
  who: async () => (await import("./screens/who.js")).Who,
  forgotten: async () => (await import("./screens/forgotten.js")).Forgotten,
  emptied: async () => (await import("./screens/enrol.js")).Emptied,
  household: async () => (await import("./screens/household.js")).Household,
  visit: async () => (await import("./screens/visit.js")).Visit,
  todo: async () => (await import("./screens/todo.js")).Todo,
  signup: async () => (await import("./screens/signup.js")).SignUp,
  day: async () => (await import("./screens/day.js")).Day,
  scan: async () => (await import("./screens/scan.js")).Scan,
  found: async () => (await import("./screens/found.js")).Found,
  status: async () => (await import("./screens/status.js")).Status,
  pin: async () => (await import("./screens/choose.js")).ChangePin,
};
const DOORS = ["emptied", "enrol", "choose", "who", "forgotten", "unlock"];
const BEHIND = ["list", "enrol", "household", "visit", "todo", "signup", "day", "scan", "found", "status", "pin"];
const READY_SOON = ["list", ...DOORS]; // what needs no questionnaire
const screens = signal({ list: List, unlock: Unlock });

// A locked place shows its door whatever the address names; opened again it shows that.
function screenNow() {
  const { at } = door.value;
  if (emptied.value) return "emptied";
  if (at !== "open") return at;
  return BEHIND.includes(route.value.screen) ? route.value.screen : "list";
}

function App() {
  const name = screenNow();
  const parts = name === route.value.screen ? route.value.parts : []; // else they are another screen's
  const ready = screens.value[name] && (form.value || READY_SOON.includes(name));
  const Shown = ready ? screens.value[name] : Opening;
  const key = `${spoken.value}/${door.value.slot}/${name}/${name === "visit" ? parts[0] : parts.join("/")}`;
  return html`<${Shown} key=${key} parts=${parts} /><${Spoken} />`;
}

async function load(name) {
  const loaded = screens.value[name] ?? (await LATER[name]());
  screens.value = { ...screens.value, [name]: loaded };
}

/** Open the app in this element. enrolled(): called once this phone is a member's. */
export async function open(app, enrolled) {
  await standBefore(route.value.screen === "enrol");
  const first = screenNow();
  if (first in LATER) await load(first);
  app.replaceChildren();
  render(html`<${App} />`, app);
  await Promise.all(Object.keys(LATER).map(load));
  // A new version opens the page anew, and that asks for the PIN: it waits until the phone asks for one anyway, and none of it is typed yet.
  effect(() => { if (update.value.waiting && ["who", "unlock"].includes(door.value.at) && !isTyped() && !emptied.value && !isHeld()) takeOver(); });
  effect(() => { if (facts.value.last && !practising.value) holdUntil(facts.value.settings.hold_updates_until ?? null).catch(console.error); });
  effect(() => { if (places.value.length) enrolled(); });
  // What was said and searched for is the member's too.
  effect(() => { if (door.value.at !== "open") { notice.value = null; lookAnew(); } });
  keepShell().catch(console.error);
  keepWatch();
  keepInTouch(version);
}
