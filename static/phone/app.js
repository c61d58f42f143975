/* The app behind the gate: opens the store, shows the screen that the address names, keeps in touch.

   The list is what a member waits for in the morning, so it alone is loaded at once; the other screens come right
   after it. */

import { effect, signal } from "@preact/signals";
import { render } from "preact";
import { html } from "./html.js";
import { begin, enrolment, form, loadQuestionnaire } from "./phone.js";
import { route } from "./route.js";
import { List } from "./screens/list.js";
import { Opening, Spoken } from "./screens/parts.js";
import { keepShell, spoken, takeOver, update, version } from "./shell.js";
import { openStore } from "./store.js";
import { keepInTouch } from "./when.js";

const LATER = {
  enrol: async () => (await import("./screens/enrol.js")).Enrol,
  household: async () => (await import("./screens/household.js")).Household,
  visit: async () => (await import("./screens/visit.js")).Visit,
  scan: async () => (await import("./screens/scan.js")).Scan,
  found: async () => (await import("./screens/found.js")).Found,
  status: async () => (await import("./screens/status.js")).Status,
};
const screens = signal({ list: List });

function App() {
  const { screen, parts } = route.value;
  // Without an enrolment there is nothing to see; after a lost one (401) the visits made stay open to work on.
  const name = enrolment.value === null ? "enrol" : screen in LATER ? screen : "list";
  const ready = screens.value[name] && (form.value || name === "enrol" || name === "list");
  const Shown = ready ? screens.value[name] : Opening;
  const key = `${spoken.value}/${name}/${name === "visit" ? parts[0] : parts.join("/")}`;
  return html`<${Shown} key=${key} parts=${parts} /><${Spoken} />`;
}

async function load(name) {
  const loaded = screens.value[name] ?? (await LATER[name]());
  screens.value = { ...screens.value, [name]: loaded };
}

/** Open the app in this element. enrolled(): called once this phone is a member's. */
export async function open(app, enrolled) {
  await begin(await openStore());
  const first = enrolment.value ? route.value.screen : "enrol";
  if (first in LATER) await load(first);
  app.replaceChildren();
  render(html`<${App} />`, app);
  if (enrolment.value) await loadQuestionnaire(enrolment.value.questionnaire);
  await Promise.all(Object.keys(LATER).map(load));
  const { draft, busy } = await import("./visiting.js");
  const idle = () => draft.value === null && !busy.value;
  // A new version waits while a visit is open, and takes over by itself as soon as none is.
  effect(() => { if (update.value.waiting && idle()) takeOver(); });
  effect(() => { if (enrolment.value) enrolled(); });
  keepShell(idle).catch((problem) => console.error("The app could not be kept for offline use:", problem));
  keepInTouch(version);
}
