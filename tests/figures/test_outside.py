"""What of a report leaves the commune: nobody of a small village can be had from it, and every sum comes out."""

import random

import pytest

from fieldapp.figures import outside as outsides
from fieldapp.figures.outside import outside
from fieldapp.figures.published import published
from fieldapp.figures.reporting import drawn_up
from fieldapp.paper.report_rows import length, rows
from fieldapp.store import areas, ledger
from fieldapp.store.engine import reading, writing
from fieldapp.survey.balance import total
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.indicator import current
from fieldapp.survey.period import whole
from tests.conftest import HERE

# One database is enough: what is read is read elsewhere, on both.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
SIZES = {"dong-cho": 60, "dong-thanh": 7, "phu-van": 25}


@pytest.fixture
def report(communes):
    """The report of villages of these sizes, all of them asked about smartphones: report({village: eligible})."""

    def report(sizes, key="smartphone:1"):
        with writing(communes) as connection:
            for number, (village, eligible) in enumerate(sizes.items(), start=30):
                if village not in {each.village_id for each in areas.villages(connection, HERE)}:
                    areas.found_village(connection, HERE, areas.Village(village, village, "thon", False, number, "2025-07-01"))
                yes = eligible // 3
                counts = {(key, "all"): [yes, eligible - yes, 0], (COVERAGE, "all"): [eligible, 0, 0]}
                ledger.post(connection, HERE, {("2026-10-12", village, name, cut): count for (name, cut), count in counts.items()})
        with reading(communes) as connection:
            return published(drawn_up(connection, HERE, whole("month", 2026, 10), "2026-10-31"))

    return report


def told(report, code="smartphone"):
    return {row.village.village_id for row in report.villages if code in row.figures}


def test_a_small_village_stands_with_the_next_smallest(report):
    found = outside(report(SIZES))
    assert told(found) == {"dong-cho"} and found.pools["smartphone"].villages == 2 and found.pools["smartphone"].figure.balance.eligible == 32


def test_villages_of_ten_and_more_and_those_where_nobody_is_stand_by_themselves(report):
    found = outside(report({"dong-cho": 60, "dong-thanh": 10, "phu-van": 0}))
    assert told(found) == {"dong-cho", "dong-thanh", "phu-van"} and found.pools == {}


def test_an_indicator_of_nine_in_all_is_not_told(report):
    found = outside(report({"dong-cho": 5, "dong-thanh": 4}))
    assert "smartphone" in {line.indicator.code for line in found.untold} and "smartphone" not in {line.indicator.code for line in found.lines}
    assert told(found) == set()  # of no village either: the province's own form goes through those


def test_what_was_too_few_as_the_period_began_is_not_told_a_month_later(report, communes):
    """Last month's report hid it."""
    with writing(communes) as connection:
        ledger.post(connection, HERE, {("2026-09-12", "dong-cho", "smartphone:1", "all"): [5, 4, 0]})
    shown = report(SIZES)
    (line,), (told,) = ([each for each in of.lines if each.indicator.code == "smartphone"] for of in (shown, outside(shown)))
    assert line.before.balance.eligible == 9 and line.change is not None and (told.before, told.change) == (None, None)
    assert told.figure == line.figure


def test_every_sum_comes_out(report):
    found = outside(report(SIZES))
    of_it = [row for row in rows(found, str) if row.indicator.code == "smartphone"]
    assert total(row.figure.balance for row in of_it) == next(line.figure.balance for line in found.lines if line.indicator.code == "smartphone")
    assert len(list(rows(found, str))) == length(found) and [row.village for row in of_it][-1] == "2 thôn gộp lại"


def test_the_desk_shows_each_village(report):
    assert told(report(SIZES)) == set(SIZES)


def exposed(found, sizes):
    """Small villages that are printed, or are the commune's total less all that is printed."""
    missing = set(sizes) - told(found)
    lone = missing if len(missing) == 1 or sum(sizes[each] for each in missing) < 10 else set()
    return {each for each in told(found) | lone if 0 < sizes.get(each, 0) < 10}


@pytest.mark.parametrize("seed", range(8))
def test_no_small_village_is_had_by_subtraction(report, seed):
    chance = random.Random(seed)
    sizes = {f"thon-{number}": chance.choice((0, 2, 6, 9, 10, 14, 40)) for number in range(chance.randint(2, 7))} | {"dong-cho": 30}
    assert exposed(outside(report(sizes)), sizes) == set()


def test_a_pool_of_one_is_found(report, monkeypatch):
    monkeypatch.setattr(outsides, "FEWEST_TOGETHER", 1)
    monkeypatch.setattr(outsides, "SMALL", 8)
    sizes = {"dong-cho": 60, "phu-van": 9}
    assert exposed(outside(report(sizes)), sizes) == {"phu-van"}


def test_every_indicator_is_either_told_or_named(report):
    found = outside(report(SIZES))
    assert {line.indicator.key for line in (*found.lines, *found.untold)} == {each.key for each in current("2026-10-31")}
