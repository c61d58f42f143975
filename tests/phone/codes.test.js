/* Codes, tokens and ids are made and read as on the server: tests/survey/test_codes.py reads the same vectors. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { codeOf, parseCode, tokenOf } from "../../static/phone/survey/codes.js";
import { personId, uuid7 } from "../../static/phone/survey/ids.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/codes.json", import.meta.url), "utf8"));

for (const { of, code } of vectors.code_of) test(`code of ${of}`, () => assert.equal(codeOf(...of), code));
for (const { text, commune, code } of vectors.parse_code) test(`code in ${text}`, () => assert.equal(parseCode(text, commune), code));
for (const { text, token } of vectors.token) test(`token in ${text}`, () => assert.equal(tokenOf(text), token));
for (const { ms, bytes, id } of vectors.uuid7) test(`id of ${ms}`, () => assert.equal(uuid7(ms, Uint8Array.from(bytes)), id));
for (const { bytes, id } of vectors.person_id) test(`person ${id}`, () => assert.equal(personId(Uint8Array.from(bytes)), id));

test("a printed token is read back", () => assert.equal(tokenOf("CNS1:K3V9X2M7AP"), "k3v9x2m7ap"));
test("an id wants all its random bytes", () => assert.throws(() => uuid7(0, new Uint8Array(9)), RangeError));
