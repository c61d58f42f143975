/* Field work is refused where unsent visits would not survive. */

import assert from "node:assert/strict";
import test from "node:test";
import { gateFor } from "../../static/phone/gate.js";

const ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";
const IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15";
const around = (more) => ({
  userAgent: ANDROID, touchPoints: 5, standalone: false, secure: true, features: { locks: true, streams: true },
  enrolled: false, quota: 10 * 2 ** 30, memoryGib: 2, persisted: false, ...more,
});

test("Chrome on Android may begin", () => assert.equal(gateFor(around()), null));

for (const app of ["Zalo android/12110602", "[FBAN/FB4A;FBAV/400.0]", "TikTok 30.1", "BytedanceWebview/d8a21c6", "Instagram 300.0"])
  test(`inside another app it may not: ${app}`, () =>
    assert.equal(gateFor(around({ userAgent: `${ANDROID} ${app}` })), "in_app"));

test("a bare web view is inside another app", () =>
  assert.equal(gateFor(around({ userAgent: ANDROID.replace("K)", "K; wv)") })), "in_app"));

test("a browser below the floor is told so", () =>
  assert.equal(gateFor(around({ features: { locks: true, streams: false } })), "old"));

test("an address without https is told so, not the browser blamed", () =>
  assert.equal(gateFor(around({ secure: false, features: { locks: false, streams: true }, closed: true })), "insecure"));

test("on iOS it is installed first", () => assert.equal(gateFor(around({ userAgent: IPHONE })), "install"));

test("an iPad that says it is a Mac is installed first too", () =>
  assert.equal(gateFor(around({ userAgent: IPAD })), "install"));

test("a Mac is not a phone", () => assert.equal(gateFor(around({ userAgent: IPAD, touchPoints: 0 })), null));

test("on iOS from the home screen it may begin", () =>
  assert.equal(gateFor(around({ userAgent: IPHONE, standalone: true })), null));

test("a window with a share of the memory instead of the disk is private", () =>
  assert.equal(gateFor(around({ quota: 0.4 * 2 ** 30 })), "private"));

test("a browser that keeps its stores shut is in a private window", () =>
  assert.equal(gateFor(around({ closed: true })), "private"));

test("a full phone that works already is not locked out", () =>
  assert.equal(gateFor(around({ quota: 0.1 * 2 ** 30, enrolled: true })), null));

test("an installed app is never a private window", () =>
  assert.equal(gateFor(around({ quota: 0.1 * 2 ** 30, standalone: true })), null));
