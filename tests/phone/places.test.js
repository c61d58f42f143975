/* What one member leaves behind when another opens their place, and visits that can't be: the app's own modules, over databases in memory. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Browser } from "../../fieldapp/soak/browser.mjs";
import { addressOf, leadImports } from "../../fieldapp/soak/loader.mjs";
import * as indexed from "../vendor/fake-indexeddb/build/esm/index.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const NOW = Date.parse("2026-11-22T05:00:00.000Z");
const FORM = "household-1";
const PIN = "274183";
const folder = mkdtempSync(join(tmpdir(), "places-"));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "form.mjs"), `export default ${readFileSync(`${ROOT}/fieldapp/survey/questionnaires/${FORM}.json`, "utf-8")};`);
for (const [name, value] of Object.entries(indexed)) if (name.startsWith("IDB")) globalThis[name] = value;
globalThis.started = new Map();
leadImports(ROOT, { [`/phone/questionnaires/${FORM}.js`]: join(folder, "form.mjs") });
let starts = 0;

/** An app on a phone with no network, with a place for each of these members; the last one's stands open. */
async function appOf(...names) {
  starts += 1;
  const browser = new Browser({ factory: new indexed.IDBFactory(), send: async () => null, dice: Math.random, now: NOW });
  globalThis.started.set(starts, browser.around);
  const app = {};
  for (const name of ["phone", "locking", "visiting", "when", "places"]) app[name] = await import(addressOf(ROOT, `${name}.js`, starts));
  for (const name of names) {
    await app.locking.lock();
    await add(app, name);
  }
  return app;
}

async function add({ locking, phone }, name, questionnaire = FORM) {
  const { slot, device } = await locking.placeForSomebody();
  const [member, commune] = [{ id: name, name }, { id: "c1", name: "Đồng Chợ", key: null }];
  const enrolment = { device, token: null, member, commune, questionnaire };
  locking.welcome({ slot, n: 0, after: null, known: { enrolment, sync: { last: name } }, member, commune });
  await locking.choosePin(PIN);
  return phone.kept();
}

test("a visit to a household that nobody knows is not begun, and its name is free again", async () => {
  const { visiting } = await appOf("Hường");
  const id = visiting.openFound("dong-cho", "Ngõ 1");
  await visiting.drop();
  await assert.rejects(visiting.openVisit(id), /no such household/); // the phone's own "back" leads here
  assert.equal(visiting.draft.value, null);
  await assert.rejects(visiting.openVisit(id), /no such household/);
  assert.equal(visiting.elsewhere.value, null);
});

test("an answer to no open visit changes nothing and does not keep the phone from locking", async () => {
  const { visiting, locking } = await appOf("Hường");
  visiting.change({ outcome: "done", confirmed: {} }); // "nothing changed", while the visit is open in another tab
  assert.equal(await visiting.settled(), true);
  assert.equal(visiting.draft.value, null);
  assert.equal(await locking.lock(), true);
});
