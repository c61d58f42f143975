/* Which screen is shown: kept in the address after #, so that the phone's own "back" works and a kill comes back here. */

import { signal } from "./signals.js";

/** {screen, parts}: the screen's name and what follows it. `#enrol=CODE` is the link of an enrolment card. */
export const route = signal(read());

function read() {
  const hash = decodeURIComponent(location.hash.slice(1));
  if (hash.startsWith("enrol=")) return { screen: "enrol", parts: [hash.slice(6)] };
  const [screen, ...parts] = hash.replace(/^\//, "").split("/");
  return { screen: screen || "list", parts };
}

window.addEventListener("hashchange", () => { route.value = read(); });

/** Go to a screen: go("household", id). */
export function go(screen, ...parts) {
  location.hash = `/${[screen, ...parts].join("/")}`;
}

/** Go to a screen in the place of this one, so that "back" does not lead here again. */
export function goInstead(screen, ...parts) {
  history.replaceState(null, "", `#/${[screen, ...parts].join("/")}`);
  route.value = read();
}
