"""A twin of static/phone/handover.js: what rests on a phone, sealed as it seals it, as a hand-over file."""

import base64
import json
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldapp.store import sealing
from fieldapp.survey.event import sha256_of

KEY = bytes(range(32))


def base64_of(value):
    return base64.b64encode(value).decode()


def record(place, value, key=KEY):
    """What seal.js puts down: {iv, box}."""
    iv = os.urandom(12)
    box = AESGCM(key).encrypt(iv, json.dumps(value, ensure_ascii=False).encode(), place.encode())
    return {"iv": base64_of(iv), "box": base64_of(box)}


def handed_over(phone, texts, public, drafts=(), key=KEY):
    """The file of a phone that still holds these texts, as JSON can say it. drafts: households."""
    events = []
    for text in texts:
        n = json.loads(text)["n"]
        events.append({"n": n, "sha256": sha256_of(text), "state": "waiting", **record(f"texts/{n}", text, key)})
    return {
        "format": "tung-nha-handover", "version": 1, "device": phone.device, "commune": phone.commune, "made_at": phone.at,
        "key": {"for": sealing.fingerprint(public), "sealed": base64_of(sealing.seal(key, public))}, "events": events,
        "drafts": [{"household": each, **record(f"drafts/{each}", {"household": each, "house": {}}, key)} for each in drafts],
    }  # fmt: skip


def bytes_of(file):
    """As the phone writes it."""
    return json.dumps(file, ensure_ascii=False, separators=(",", ":")).encode()
