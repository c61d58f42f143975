"""Phones are updated when their owners find a network, so the protocol before the present one is spoken on. Proven by conversations that real
phones had with the server of that day: sent again word for word, they are answered as they were then."""

import json
from pathlib import Path

import pytest

from fieldapp.intake import wire
from fieldapp.store import devices
from fieldapp.store.engine import writing
from fieldapp.survey.event import dumps
from tests.conftest import HERE

RECORDED = sorted(Path(__file__).parents[1].glob("recorded/protocol-*.json"))
# Random wherever it stands: the token of the phone, and of each household's door.
RANDOM = {"token"}


@pytest.fixture
def code(communes, monkeypatch):
    """Lets an enrolment code be the recorded one."""

    def code(wanted):
        letters = iter(wanted)
        monkeypatch.setattr("fieldapp.store.devices.secrets.choice", lambda _alphabet: next(letters))
        with writing(communes) as connection:
            assert devices.new_code(connection, HERE, "huong", "2099-01-01T00:00:00.000Z") == wanted
        monkeypatch.undo()

    return code


def test_the_protocol_before_the_present_one_is_among_those_recorded():
    assert f"protocol-{wire.PROTOCOLS[-2]}.json" in [path.name for path in RECORDED]


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_an_older_phones_conversation_is_answered_as_it_was(path, post, clock, code, sound):
    said = json.loads(path.read_text(encoding="utf-8"))
    code(said[0]["request"]["code"])
    token = ""

    def answered(path, request):
        status, body = post(path, {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}, dumps(request).encode())
        return status, json.loads(body)

    for turn in said:
        clock.now = turn["answer"]["now"]
        status, answer = answered(turn["path"], turn["request"])
        token = answer.get("token", token)
        assert status == turn["status"] and without(turn["answer"], answer) == [], turn["request"]
    assert {receipt["outcome"] for receipt in answered("/api/sync", said[-1]["request"])[1]["receipts"]} == {"known"}
    sound()


def without(then, now, place="answer"):
    """Where what was answered then is not in what is answered now; fields that have come since are no difference."""
    if isinstance(then, dict):
        if not isinstance(now, dict):
            return [place]
        return [each for name in then if name not in RANDOM for each in without(then[name], now.get(name), f"{place}.{name}")]
    if isinstance(then, list):
        if not isinstance(now, list) or len(then) != len(now):
            return [place]
        return [each for i, (one, other) in enumerate(zip(then, now, strict=True)) for each in without(one, other, f"{place}.{i}")]
    return [] if then == now else [f"{place}: {then!r}, now {now!r}"]
