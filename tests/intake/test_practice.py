"""What was practised can never enter a figure, whichever way it comes and whatever an officer answers."""

import json

import pytest

from fieldapp.intake import holding
from fieldapp.store import held
from fieldapp.store.engine import reading
from fieldapp.survey.event import dumps, sha256_of
from tests.conftest import HERE
from tests.intake.test_sync import a_visit


@pytest.fixture
def practised(huong):
    """A register and a visit as a phone makes them while practising: of nobody, without numbers."""
    a_visit(huong)
    texts = [dumps({**json.loads(text), "n": None, "after": None, "device": None, "practice": True}) for text in huong.outbox]
    huong.outbox, huong.n, huong.after = [], 0, None
    return texts


def test_it_is_held_and_counts_nowhere(huong, practised, figure, sound):
    before = figure("dong-cho", "coverage")
    assert [(each["outcome"], each["reason"]) for each in huong.sync(*practised)["receipts"]] == [("held", "practice_event")] * 2
    assert figure("dong-cho", "coverage") == before and huong.households == {}
    sound()


def test_no_answer_of_an_officer_lets_it_count(huong, minh, practised, communes, figure, sound):
    huong.sync(*practised)
    with reading(communes) as connection:
        cases = [holding.case(connection, HERE, each, practised[0]) for each in held.waiting(connection, HERE, "practice_event", 0, 9)]
    assert [each.way for each in cases] == [holding.NEVER] * 2
    for text in practised:
        event = json.loads(text)
        minh("review", event["household"], {"outcome": "replayed", "event": event["id"], "sha256": sha256_of(text)})
    assert figure("dong-cho", "coverage") == (0, 0, 0) and huong.sync()["households"] == []
    sound()


def test_it_takes_no_number_of_the_phone(huong, practised):
    huong.sync(*practised)
    a_visit(huong)
    answer = huong.sync()
    assert [each["outcome"] for each in answer["receipts"]] == ["stored", "stored"] and answer["contiguous"] == 2
