"""What a phone seals by its own forty lines is opened by the library that the server opens with, and by nobody else's key."""

import json
import secrets
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from fieldapp.soak.node import node_binary
from fieldapp.store import sealing

ENVELOPE = (Path(__file__).resolve().parent.parent / "static/phone/envelope.js").as_uri()
SEAL = """
const [envelope, publicText, ...texts] = process.argv.slice(1);
const { enveloped } = await import(envelope);
const sealed = [];
for (const text of texts) {
  const made = await enveloped(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)), publicText);
  sealed.push([made.for, Buffer.from(made.sealed).toString("base64")]);
}
console.log(JSON.stringify(sealed));
"""
SECRETS = [secrets.token_bytes(32) for _ in range(50)]


def sealed_by_a_phone(public):
    texts = [b64encode(each).decode() for each in SECRETS]
    command = [node_binary(), "--input-type=module", "-e", SEAL, ENVELOPE, public, *texts]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return [(whose, b64decode(text)) for whose, text in json.loads(done.stdout)]


def test_what_a_phone_seals_to_the_communes_key_opens_with_it_alone():
    printed, public = sealing.new_key()
    sealed = sealed_by_a_phone(public)
    assert [sealing.unseal(each, sealing.read_private(printed)) for _, each in sealed] == SECRETS
    assert {whose for whose, _ in sealed} == {sealing.fingerprint(public)}
    assert len({each for _, each in sealed}) == len(SECRETS)
    with pytest.raises(sealing.WrongKey):
        sealing.unseal(sealed[0][1], sealing.read_private(sealing.new_key()[0]))
