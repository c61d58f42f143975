/* Only our own answer is an answer; everything else is a trouble with a name. */

import assert from "node:assert/strict";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { enrol, exchange } from "../../static/phone/sync.js";

globalThis.document = { documentElement: { lang: "vi" } };
const OURS = { "X-Tung-Nha": "1", "Content-Type": "application/json" };

function answering(status, body, headers = OURS) {
  const asked = [];
  globalThis.fetch = async (url, options) => { asked.push({ url, ...options }); return new Response(body, { status, headers }); };
  return asked;
}

test("a request is gzipped JSON with the phone's token", async () => {
  const asked = answering(200, "{}");
  await exchange("secret", { device: "d" });
  assert.equal(asked[0].headers.Authorization, "Bearer secret");
  assert.equal(asked[0].headers["Content-Encoding"], "gzip");
  assert.deepEqual(JSON.parse(gunzipSync(Buffer.from(asked[0].body))), { protocol: 2, device: "d" });
});

test("our answer comes back", async () => {
  answering(200, '{"epoch":"e1"}');
  assert.deepEqual(await exchange("t", {}), { epoch: "e1" });
});

for (const [name, code, status, body, headers] of [
  ["a captive portal's page is no answer", "not_ours", 200, "<h1>Đăng nhập</h1>", { "Content-Type": "text/html" }],
  ["JSON without our header is no answer", "not_ours", 200, "{}", {}],
  ["our header on half an answer is no answer", "not_ours", 200, '{"epoch":', OURS],
  ["a proxy that can't reach the server is a server that is down", "server_down", 502, "bad gateway", {}],
  ["a proxy that finds it too large is heard", "too_large", 413, "too large", {}],
  ["a phone that is not known must enrol again", "unknown_device", 401, '{"problem":{"code":"unknown_device"}}', OURS],
])
  test(name, async () => {
    answering(status, body, headers);
    await assert.rejects(exchange("t", {}), { code });
  });

test("no network is no answer", async () => {
  globalThis.fetch = async () => { throw new TypeError("Failed to fetch"); };
  await assert.rejects(exchange("t", {}), { code: "no_network" });
});

test("an enrolment tells why its code was not taken, in the server's words", async () => {
  answering(409, '{"problem":{"code":"code_used"},"message":"Mã này đã dùng."}');
  await assert.rejects(enrol({ code: "7KQ2M8XD" }), { code: "code_used", message: "Mã này đã dùng." });
});
