"""The fold's vectors, read by the phone's tests too, and the facts that no single vector can show."""

import json
import random
from pathlib import Path

import pytest

from fieldapp.survey.event import Event
from fieldapp.survey.fold import fold, walk
from fieldapp.survey.standing import voided_by

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "folds.json").read_text("utf-8"))


def events_of(vector):
    return [Event(**event) for event in vector["events"]]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_fold_gives_the_household_of_its_vector(vector):
    assert fold(events_of(vector), vector["household"]) == vector["state"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_fold_does_not_depend_on_the_order_of_arrival(vector):
    for seed in range(5):
        events = events_of(vector)
        random.Random(seed).shuffle(events)
        assert fold(events, vector["household"]) == vector["state"]


def test_each_day_shows_the_household_as_it_was_then():
    vector = next(v for v in VECTORS if v["name"].startswith("the last stated value"))
    phones = [(day, state["people"]["hoa0000001"].get("phone")) for day, state in walk(events_of(vector), vector["household"])]
    assert phones == [("2026-06-01", None), ("2026-06-02", "basic"), ("2026-07-02", "smartphone")]


def test_a_late_correction_changes_the_past_from_its_visit_on():
    vector = next(v for v in VECTORS if v["name"].startswith("a correction acts"))
    phones = [(day, state["people"]["hoa0000001"].get("phone")) for day, state in walk(events_of(vector), vector["household"])]
    assert phones == [("2026-06-01", None), ("2026-06-02", "none"), ("2026-07-02", "smartphone")]


def test_before_a_merge_the_other_household_stands_by_itself_and_after_it_leads_here():
    vector = next(v for v in VECTORS if v["name"].startswith("a merged household"))
    other = next(e["household"] for e in vector["events"] if e["household"] != vector["household"])
    days = [(day, state["status"], state["merged_into"]) for day, state in walk(events_of(vector), other)]
    assert days[0] == ("2026-06-01", "active", None)
    assert days[-1] == ("2026-07-15", "merged", vector["household"])


def test_voids_that_name_each_other_can_not_form_a_circle():
    first, second = (
        Event(
            i,
            "void",
            "c",
            "h",
            None,
            None,
            None,
            "minh",
            f"2026-06-0{n}T00:00:00.000Z",
            [],
            None,
            None,
            {"event": target, "reason": ""},
        )
        for n, (i, target) in enumerate((("a", "b"), ("b", "a")), start=1)
    )
    assert voided_by([first, second]) == {"a"}
