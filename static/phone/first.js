/* The first visit: the app is loaded from the worker, once that has fetched it whole.

   Else the page would ask for seventy files, and the worker for all of them again: two minutes where the network is slow. Where no
   worker comes, the app is loaded straight from the network: its own screens say that it is not kept. */

const WORKER = "/phone/sw.js";
const PATIENCE_MS = 30_000;

/** The worker's registration; the same one however often it is asked for. */
export const register = () => navigator.serviceWorker.register(WORKER, { scope: "/phone/", updateViaCache: "none" });

/** Wait until this page's files come from the worker, or will not soon. */
export async function behindWorker() {
  if (navigator.serviceWorker.controller) return;
  const { installing = null, active = null } = await register().catch(() => ({}));
  // With an active one the page was loaded past it, by its user's wish.
  if (!installing || active) return;
  await new Promise((resolve) => {
    const look = () => { if (installing.state === "activated" || installing.state === "redundant") resolve(); };
    installing.addEventListener("statechange", look);
    setTimeout(resolve, PATIENCE_MS);
    look();
  });
}
