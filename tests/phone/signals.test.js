/* What follows a value hears of each change once, and of nothing else. */

import assert from "node:assert/strict";
import test from "node:test";
import { computed, effect, follow, signal } from "../../static/phone/signals.js";

/** What an effect saw of make() so far. */
function seen(make) {
  const all = [];
  effect(() => { all.push(make()); });
  return all;
}

test("an effect runs at once and at each change of what it read", () => {
  const waiting = signal(1);
  const all = seen(() => waiting.value);
  waiting.value = 2;
  waiting.value = 2;
  assert.deepEqual(all, [1, 2]);
});

test("what is no longer read is no longer followed", () => {
  const [open, name] = [signal(true), signal("Hường")];
  const all = seen(() => (open.value ? name.value : null));
  open.value = false;
  name.value = "Lan";
  assert.deepEqual(all, ["Hường", null]);
  assert.equal(name.followers.size, 0);
});

test("what is reckoned is reckoned anew only when a source has changed, however far below", () => {
  const [rows, other] = [signal([3, 1]), signal(0)];
  let times = 0;
  const sum = computed(() => { times += 1; return rows.value.reduce((a, b) => a + b); });
  const doubled = computed(() => sum.value * 2);
  assert.equal(doubled.value, 8);
  other.value = 1;
  assert.equal(doubled.value, 8);
  assert.equal(times, 1);
  rows.value = [5];
  assert.equal(doubled.value, 10);
  assert.equal(times, 2);
});

test("a value that is reckoned from two sources never shows one of them old", () => {
  const n = signal(1);
  const [next, before] = [computed(() => n.value + 1), computed(() => n.value - 1)];
  const all = seen(() => next.value - before.value);
  n.value = 7;
  assert.deepEqual(all, [2, 2]);
});

test("an effect that changes what it has read settles", () => {
  const left = signal(3);
  const all = seen(() => { if (left.value) left.value -= 1; return left.value; });
  assert.equal(left.value, 0);
  assert.equal(all.at(-1), 0);
  left.value = 2;
  assert.equal(left.value, 0);
});

test("an effect hears nothing of what is reckoned to the same", () => {
  const draft = signal({ house: 1, help: "none" });
  const help = computed(() => draft.value.help);
  const all = seen(() => help.value);
  draft.value = { house: 2, help: "none" };
  draft.value = { house: 2, help: "given" };
  assert.deepEqual(all, ["none", "given"]);
});

test("what is reckoned from other signals than before is followed there, also where it came to the same", () => {
  const [open, name] = [signal(false), signal("")];
  const shown = computed(() => (open.value ? name.value : ""));
  const all = seen(() => shown.value);
  open.value = true;
  name.value = "Lan";
  assert.deepEqual(all, ["", "Lan"]);
});

test("who follows is told until it is ended, and then of nothing", () => {
  const name = signal("Hường");
  let told = 0;
  const { given, end } = follow(() => name.value, () => { told += 1; });
  assert.equal(given, "Hường");
  name.value = "Lan";
  name.value = "Minh";
  assert.equal(told, 2);
  end();
  name.value = "Hoa";
  assert.equal(told, 2);
  assert.equal(name.followers.size, 0);
});

test("what was read is stale once it is another, however often it was asked", () => {
  const [name, other] = [signal("Hường"), signal(0)];
  const { stale } = follow(() => computed(() => (other.value, name.value)).value, () => {});
  other.value = 1;
  assert.equal(stale(), false); // preact takes nothing else for no
  name.value = "Lan";
  assert.ok(stale() && stale());
});

test("who was ended by another that heard of the same change hears nothing", () => {
  const name = signal("Hường");
  let told = false;
  let end = () => {};
  follow(() => name.value, () => end());
  ({ end } = follow(() => name.value, () => { told = true; }));
  name.value = "Lan";
  assert.equal(told, false);
});

test("an effect that failed still follows", () => {
  const n = signal(1);
  const all = [];
  effect(() => { all.push(n.value); if (n.value === 2) throw new Error("seen"); });
  assert.throws(() => { n.value = 2; }, /seen/);
  n.value = 3;
  assert.deepEqual(all, [1, 2, 3]);
});

test("what one follower reads is not another's", () => {
  const [outer, inner] = [signal(0), signal(0)];
  const all = seen(() => { outer.value; effect(() => { inner.value; }); return outer.value; });
  inner.value = 1;
  assert.deepEqual(all, [0]);
});
