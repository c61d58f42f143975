/* How Node finds the phone's modules: as its page does, by the import map, and each start of the app gets its own.

   A browser that was killed is an instance that nobody asks any more; the next one over the same store must share nothing
   with it. So a start's number stands behind the address of every module and is carried on to what that imports, and
   the names that a browser puts around a module (its clock, its chance, its network, its database) are put before the
   module's own text, on its first line: they are that start's own. */

import { registerHooks } from "node:module";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const AROUND = [
  "Date", "crypto", "navigator", "document", "window", "fetch", "indexedDB", "localStorage", "location", "matchMedia", "BroadcastChannel",
  "setTimeout", "clearTimeout", "setInterval", "clearInterval", "console", "performance",
];
// Libraries know nothing of a browser.
const KNOWS_THE_BROWSER = /\/static\/phone\/|\/phone\/questionnaires\//;
const texts = new Map();

/** The address of a module for one start of the app. */
export const addressOf = (root, module, start) => `${pathToFileURL(`${root}/static/phone/${module}`)}?start=${start}`;

/** Lead every import of a started app. root: where what is served lies; served: {address: file} of what the server makes. */
export function leadImports(root, served) {
  const { imports } = JSON.parse(readFileSync(`${root}/static/vendor/importmap.json`, "utf-8"));
  registerHooks({
    resolve(specifier, context, next) {
      const start = /\?start=(\d+)$/.exec(context.parentURL ?? "")?.[1];
      if (start === undefined || specifier.includes("?start=")) return next(specifier, context);
      return { url: `${found(specifier, context.parentURL)}?start=${start}`, format: "module", shortCircuit: true };
    },
    load(url, context, next) {
      const start = /\?start=(\d+)$/.exec(url)?.[1];
      if (start === undefined) return next(url, context);
      const path = url.split("?")[0];
      if (!texts.has(path)) texts.set(path, readFileSync(fileURLToPath(path), "utf-8"));
      const before = KNOWS_THE_BROWSER.test(path) ? `const { ${AROUND.join(", ")} } = globalThis.started.get(${start}); ` : "";
      return { source: before + texts.get(path), format: "module", shortCircuit: true };
    },
  });

  function found(specifier, parent) {
    if (specifier in imports) return pathToFileURL(root + imports[specifier]);
    if (specifier in served) return pathToFileURL(served[specifier]);
    return new URL(specifier, parent.split("?")[0]);
  }
}
