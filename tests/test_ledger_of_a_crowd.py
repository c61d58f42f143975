"""The ledger of a commune of thousands of households equals plain SQL over its events: every indicator, every cut, on fifty random days."""

import random
from datetime import date, timedelta

import pytest

from fieldapp.store import areas, ledger
from fieldapp.store.engine import reading, writing
from fieldapp.store.rebuild import differences
from tests import crowd, ledger_in_sql
from tests.crowd import Crowd
from tests.story import COMMUNE
from tests.test_arrival import NOW, arrive, fresh, templates  # noqa: F401 (a fixture)

HOUSEHOLDS, SAYINGS_EACH, DAYS = 2_000, 4, 50  # tests/kept/ledger_of_crowds.py has other numbers, many seeds, and PostgreSQL
AT_ONCE = 400


def told(engine, population):
    """Let all of it arrive through the real receipt, in batches, the villages merged somewhere in between."""
    events = population.arriving()
    half = len(events) // 2
    arrive(engine, events[:half], most=AT_ONCE)
    with writing(engine) as connection:
        for village, (into, since) in crowd.MERGED.items():
            areas.merge_village(connection, COMMUNE, village, into, since)
    arrive(engine, events[half:], most=AT_ONCE)


def days_of(chance, count=DAYS):
    """So many random days, and the last of each of their months: cuts are kept by the month."""
    days = [(crowd.BEGUN + timedelta(days=each)).date().isoformat() for each in chance.sample(range(crowd.DAYS), count)]
    return sorted(days), sorted({last_of_month(each) for each in days})


def last_of_month(day):
    first = date.fromisoformat(day).replace(day=1)
    return ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).isoformat()


def unlike(engine, population, days, months):
    """(day, cut, village, key) → (what the ledger says, what SQL says), wherever they differ."""
    events = [{**each, "at": min(each["at"], NOW)} for each in population.events]
    expected = ledger_in_sql.figures(events, {*days, *months}, crowd.VILLAGES, crowd.MERGED)
    cuts = {cut for each in months for cut in expected[each]} - {"all"}
    found = {}
    with reading(engine) as connection:
        for day, cut in [*((day, "all") for day in {*days, *months}), *((month, cut) for month in months for cut in cuts)]:
            said = {place: tuple(balance) for place, balance in ledger.balances(connection, COMMUNE, cut, until=day).items() if any(balance)}
            right = expected[day].get(cut, {})
            wrong = [place for place in said.keys() | right.keys() if said.get(place) != right.get(place)]
            found |= {(day, cut, *place): (said.get(place), right.get(place)) for place in wrong}
    return found


@pytest.mark.parametrize(("kind", "households"), [("sqlite", HOUSEHOLDS), pytest.param("postgres", 300, marks=pytest.mark.postgres)])
def test_the_ledger_is_what_plain_sql_says_of_the_visits(kind, households, templates):  # noqa: F811
    chance = random.Random(1)
    population = Crowd(chance, households, SAYINGS_EACH)
    with fresh(kind, templates, crowd.VILLAGES) as engine:
        told(engine, population)
        assert unlike(engine, population, *days_of(chance)) == {}
        with reading(engine) as connection:
            assert differences(connection, COMMUNE) == []
