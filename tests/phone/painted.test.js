/* What comes after the picture waits for it, and for nothing where there is none. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { painted } from "../../static/phone/painted.js";

afterEach(() => { delete globalThis.requestAnimationFrame; delete globalThis.document; });

/** A page whose pictures are painted by hand: what each would run before it. */
function page(hidden) {
  const frames = [];
  globalThis.document = { hidden };
  globalThis.requestAnimationFrame = (run) => frames.push(run);
  return frames;
}

async function isOver(promise) {
  let over = false;
  promise.then(() => { over = true; });
  await new Promise((resolve) => setTimeout(resolve, 10));
  return over;
}

test("it is over after the next picture, not before", async () => {
  const frames = page(false);
  const waited = painted();
  assert.equal(await isOver(waited), false);
  frames[0]();
  assert.equal(await isOver(waited), true);
});

test("of a page that is put aside before its picture it is over soon", async () => {
  page(false);
  await painted();
});

test("where nobody looks it is over at once", async () => {
  page(true);
  assert.equal(await isOver(painted()), true);
});

test("where no pictures are painted it is over at once", async () => assert.equal(await isOver(painted()), true));
