/* What rests on the phone opens only with its key and in its place. */

import assert from "node:assert/strict";
import test from "node:test";
import { bytesOf, keyOf, newKeyBytes, open, seal, sha256, textOf } from "../../static/phone/seal.js";

const newKey = () => keyOf(newKeyBytes());

test("what was sealed opens as it was", async () => {
  const key = await newKey();
  assert.deepEqual(await open(key, "drafts/1", await seal(key, "drafts/1", { name: "Lê Thị Hoà" })), { name: "Lê Thị Hoà" });
});

test("nothing of it can be read", async () => {
  const { box } = await seal(await newKey(), "drafts/1", "Lê Thị Hoà");
  assert.ok(!Buffer.from(box).includes("Hoà"));
});

test("a record that was moved to another place does not open", async () => {
  const key = await newKey();
  await assert.rejects(open(key, "drafts/2", await seal(key, "drafts/1", 1)));
});

test("another key does not open it", async () => {
  await assert.rejects(open(await newKey(), "drafts/1", await seal(await newKey(), "drafts/1", 1)));
});

test("the key can't be read out", async () => {
  await assert.rejects(crypto.subtle.exportKey("raw", await newKey()));
});

test("an event's hash is that of its UTF-8 bytes", async () => {
  assert.equal(await sha256("Đỗ"), "3e0952215dd243803a5d81e518d4180982e65d10a22264448d336bd75574460c");
});

test("bytes come back from their text", () => {
  const bytes = newKeyBytes();
  assert.deepEqual(bytesOf(textOf(bytes)), bytes);
});
