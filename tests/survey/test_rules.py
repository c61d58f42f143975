"""Rules and their thresholds are data, and a commune's own hold where they are given."""

import json

import pytest

from fieldapp.survey.check import check
from fieldapp.survey.event import read
from fieldapp.survey.rules import RULES, THRESHOLDS, USUAL
from fieldapp.survey.sudden import sudden_losses
from tests.survey.test_check import VECTORS

BY_NAME = {vector["name"]: vector for vector in VECTORS}


def flags(name, **limits):
    vector = BY_NAME[name]
    return [flag["code"] for flag in check(read(json.dumps(vector["event"])), vector["state"], {**USUAL, **limits})]


def test_every_threshold_has_a_usual_value_within_its_bounds_and_one_rule():
    assert all(each.least <= each.usual <= each.most for each in THRESHOLDS.values())
    assert len(THRESHOLDS) == sum(len(rule.thresholds) for rule in RULES.values())


@pytest.mark.parametrize(
    ("name", "limits", "found"),
    [
        ("confirmed in ten seconds", {"fast_unchanged": 11}, ["visit_too_fast"]),
        ("confirmed in nine seconds", {"fast_unchanged": 9}, []),
        ("nobody at home, found out in 3 seconds", {"fast_absent": 10}, ["visit_too_fast"]),
        ("a first survey of two people in 29 seconds", {"fast_new": 19}, []),
        ("answers of two people in twenty-five seconds, of a house that was surveyed before", {"fast_person": 6}, ["visit_too_fast"]),
    ],
)
def test_a_commune_sets_from_where_on_a_visit_is_too_fast_for_its_kind(name, limits, found):
    assert flags(name, **limits) == found


def lost(before, said, **limits):
    vector = BY_NAME["an ordinary visit with answers raises nothing"]
    event = read(json.dumps(vector["event"]))
    event.body["people"] = {person: {"phone": value} for person, value in said.items()}
    people = {person: {**vector["state"]["people"][person], "phone": value} for person, value in before.items()}
    return sudden_losses(event, {"people": people}, {**USUAL, **limits})


HOA, DAO = "hoa0000001", "dao0000001"
BOTH = {HOA: "smartphone", DAO: "smartphone"}


def test_all_who_had_a_smartphone_have_none_any_more_is_sudden():
    assert lost(BOTH, {HOA: "basic", DAO: "none"}) == [{"code": "sudden_loss", "where": "phone"}]


@pytest.mark.parametrize(
    ("before", "said", "limits"),
    [
        (BOTH, {HOA: "basic"}, {}),
        (BOTH, {HOA: "basic", DAO: "smartphone"}, {}),
        (BOTH, {HOA: "basic", DAO: "unknown"}, {}),
        ({HOA: "smartphone", DAO: "basic"}, {HOA: "none"}, {}),
        (BOTH, {HOA: "basic", DAO: "none"}, {"lost_people": 3}),
    ],
    ids=["one was not asked", "one kept theirs", "one is not known", "only one had one", "the commune asks for three"],
)
def test_what_may_well_be_is_not_sudden(before, said, limits):
    assert lost(before, said, **limits) == []
