/* The app behind the gate: opens the store, shows the screen that the address names, keeps in touch. */

import { effect } from "@preact/signals";
import { render } from "preact";
import { html } from "./html.js";
import { begin, enrolment, loadQuestionnaire } from "./phone.js";
import { route } from "./route.js";
import { Enrol } from "./screens/enrol.js";
import { Found } from "./screens/found.js";
import { Household } from "./screens/household.js";
import { List } from "./screens/list.js";
import { Status } from "./screens/status.js";
import { Visit } from "./screens/visit.js";
import { keepShell, spoken, takeOver, update, version } from "./shell.js";
import { openStore } from "./store.js";
import { draft } from "./visiting.js";
import { keepInTouch } from "./when.js";

const SCREENS = { list: List, household: Household, found: Found, visit: Visit, status: Status, enrol: Enrol };

function App() {
  const { screen, parts } = route.value;
  // Without an enrolment there is nothing to see; after a lost one (401) the visits made stay open to work on.
  const Shown = enrolment.value === null ? Enrol : (SCREENS[screen] ?? List);
  const key = `${spoken.value}/${screen}/${screen === "visit" ? parts[0] : parts.join("/")}`;
  return html`<${Shown} key=${key} parts=${parts} />`;
}

/** Open the app in this element. enrolled(): called once this phone is a member's. */
export async function open(app, enrolled) {
  await begin(await openStore());
  if (enrolment.value) await loadQuestionnaire(enrolment.value.questionnaire);
  app.replaceChildren();
  render(html`<${App} />`, app);
  const idle = () => draft.value === null;
  // A new version waits while a visit is open, and takes over by itself as soon as none is.
  effect(() => { if (update.value.waiting && idle()) takeOver(); });
  effect(() => { if (enrolment.value) enrolled(); });
  keepShell(idle).catch((problem) => console.error("The app could not be kept for offline use:", problem));
  keepInTouch(version);
}
