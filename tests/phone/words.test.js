/* The message is the Vietnamese; another language is a table beside it. */

import assert from "node:assert/strict";
import test from "node:test";
import { _, language, rememberedLanguage, speak } from "../../static/phone/words.js";

test("without a table the message itself is said", () => assert.equal(_("Lưu lượt đến"), "Lưu lượt đến"));

test("values take their places, and a missing one stays visible", () => {
  assert.equal(_("%(count)s phiếu chờ gửi", { count: 3 }), "3 phiếu chờ gửi");
  assert.equal(_("%(count)s phiếu chờ gửi"), "%(count)s phiếu chờ gửi");
});

test("another language is said where it has words, Vietnamese where it has none", () => {
  speak("en", { "%(count)s phiếu chờ gửi": "%(count)s waiting" });
  assert.equal(_("%(count)s phiếu chờ gửi", { count: 3 }), "3 waiting");
  assert.equal(_("Lưu"), "Lưu");
  assert.equal(language(), "en");
  speak("vi");
});

test("a browser that keeps nothing speaks Vietnamese", () => assert.equal(rememberedLanguage(), "vi"));
