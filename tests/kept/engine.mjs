/* Asks @getodk/xforms-engine, which is not ours, what of a form is relevant and which constraints hold.

   node engine.mjs FOLDER FORM.xml HOUSEHOLDS.json: FOLDER holds node_modules with @getodk/xforms-engine and jsdom.
   Writes, a line a household: {relevant: [reference …], broken: [reference …]}. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, formFile, householdsFile] = process.argv.slice(2);
// Its parser's loader takes Node for CommonJS, and its own code takes itself to be in a browser.
globalThis.require = createRequire(join(folder, "x.js"));
globalThis.__dirname = folder;
const { window } = new (globalThis.require("jsdom").JSDOM)("<!doctype html>");
for (const name of Object.getOwnPropertyNames(window)) if (/^[A-Z]/.test(name) && !(name in globalThis)) globalThis[name] = window[name];
Object.assign(globalThis, { window, document: window.document, Blob: window.Blob, File: window.File });
const engine = join(folder, "node_modules/@getodk/xforms-engine/dist/index.js");
const { createInstance } = await import(pathToFileURL(engine));

const xml = readFileSync(formFile, "utf-8");
for (const household of JSON.parse(readFileSync(householdsFile, "utf-8"))) {
  const { root } = await createInstance(xml);
  fill(find(root, "door"), household.door);
  fill(find(root, "house"), household.house);
  grow(find(root, "people"), household.people.length);
  household.people.forEach((person, i) => {
    const repeat = find(root, "people").currentState.children[i];
    fill(repeat, person.values);
    grow(find(repeat, "help"), person.help.length);
    person.help.forEach((help, at) => fill(find(repeat, "help").currentState.children[at], help));
  });
  const found = { relevant: [], broken: [] };
  look(root, found);
  console.log(JSON.stringify(found));
}

function grow(range, count) {
  const there = range.currentState.children.length;
  if (count > there) range.addInstances(there - 1, count - there);
  else if (count < there) range.removeInstances(count, there - count);
}

function nameOf(node) {
  return node.currentState.reference.replace(/\[\d+\]$/, "").split("/").pop();
}

function find(parent, name) {
  return parent.currentState.children.find((child) => nameOf(child) === name);
}

function fill(parent, values) {
  for (const child of parent.currentState.children) {
    if (child.nodeType === "group") fill(child, values);
    const value = values[nameOf(child)];
    if (value === undefined) continue;
    if (child.nodeType === "select") child.selectValues(Array.isArray(value) ? value : [value]);
    else child.setValue(typeof value === "number" ? BigInt(value) : value);
  }
}

function look(parent, found) {
  for (const child of parent.currentState.children ?? []) {
    const { reference, relevant } = child.currentState;
    if (!relevant) continue;
    if (["select", "input"].includes(child.nodeType)) {
      found.relevant.push(reference);
      if (child.validationState.constraint?.valid === false) found.broken.push(reference);
    }
    look(child, found);
  }
}
