"""The comparison of tests/test_ledger_of_a_crowd.py is proven by faults: each planted alone where figures are made, and each must be seen."""

import random
from dataclasses import replace

import pytest

from fieldapp.store import ledger, projection
from fieldapp.survey import fold, redact, standing
from tests import crowd
from tests.crowd import Crowd
from tests.test_arrival import fresh
from tests.test_ledger_of_a_crowd import days_of, told, unlike

HOUSEHOLDS, SEED = 80, 2


def moved(movements, place):
    """The movements, each under another place."""
    found = {}
    for key, counts in movements.items():
        row = found.setdefault(place(*key), [0, 0, 0])
        row[:] = [one + other for one, other in zip(row, counts, strict=True)]
    return found


def without_effects(steps):
    return [each._replace(adds={key: triple for key, triple in each.adds.items() if not key[0].startswith("effect:")}) for each in steps]


def on_its_own_day(event, corrections):
    """A correction as a statement of its own: it overrides the visits between."""
    return replace(standing_corrected(event, corrections), at=max(each.at for each in corrections))


standing_corrected = standing.corrected

# what is wrong → (where, which function, what stands in its place; it is given the right one)
FAULTS = {
    "somebody of 35 to 59 is cut as one of 60 and over": (
        ledger, "post", lambda right: lambda connection, commune_id, movements: right(
            connection, commune_id, moved(movements, lambda day, village, key, cut: (day, village, key, cut.replace("35-59", "60+"))))),
    "a late event is posted on the day on which it came": (
        ledger, "post", lambda right: lambda connection, commune_id, movements: right(
            connection, commune_id, moved(movements, lambda _day, *place: (max(day for day, *_ in movements), *place)))),
    "a posting misses its year": (ledger, "periods_of", lambda right: lambda day, cut: tuple(each for each in right(day, cut) if len(each) != 4)),
    "a void that was voided still holds": (standing, "voided_by", lambda right: lambda voids: {each.body["event"] for each in voids}),
    "a correction counts from its own day": (standing, "corrected", lambda right: on_its_own_day),
    "the team's effect is never taken back": (
        projection, "post", lambda right: lambda totals, steps, sign=1: right(totals, without_effects(steps) if sign < 0 else steps, sign)),
    "what was posted before is never taken back": (projection, "post", lambda right: lambda totals, steps, sign=1: sign < 0 or right(totals, steps)),
    "only the new day is thought to change": (
        projection, "first_day", lambda right: lambda fresh, known: max((fold.day_of(each.at) for each in fresh), default=fold.LAST_DAY)),
    "a merge makes nothing one": (fold.Merging, "take", lambda right: lambda self, event: False),
    "a house that moved stays where it was": (fold.APPLY, "move", lambda right: fold._nothing),
    "a person who married away stays in the house": (
        fold, "statement_of", lambda right: lambda event: right(event) if event.kind != "move" else ({}, {})),
    "who asked not to be counted is counted": (redact.Erasures, "counts", lambda right: lambda self, person_id: True),
    "an evening in London is the same day here": (fold, "day_of", lambda right: lambda at: at[:10]),
    "villages that merged are told apart": (ledger, "successors", lambda right: lambda *_asked: {}),
}  # fmt: skip


def seen(templates, seed=SEED):
    """How many figures are not what SQL says."""
    chance = random.Random(seed)
    population = Crowd(chance, HOUSEHOLDS, 4)
    with fresh("sqlite", templates, crowd.VILLAGES) as engine:
        told(engine, population)
        return len(unlike(engine, population, *days_of(chance)))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_where_figures_are_made_is_seen(fault, sqlite_template, monkeypatch):
    where, name, wrong = FAULTS[fault]
    if isinstance(where, dict):
        monkeypatch.setitem(where, name, wrong(where[name]))
    else:
        monkeypatch.setattr(where, name, wrong(getattr(where, name)))
    assert seen({"sqlite": sqlite_template}) > 0


def test_without_a_fault_nothing_is_seen(sqlite_template):
    assert seen({"sqlite": sqlite_template}) == 0
