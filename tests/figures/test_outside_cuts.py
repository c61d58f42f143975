"""The cuts that leave the commune: nobody can be had from them, by subtraction from the villages' rows neither."""

import random
from itertools import combinations

import pytest

from fieldapp.figures import outside_cuts
from fieldapp.figures.cuts import Cut, Part
from fieldapp.figures.outside import outside
from fieldapp.figures.published import published
from fieldapp.figures.reporting import drawn_up
from fieldapp.store import accounts, areas, ledger, teams
from fieldapp.store.engine import reading, writing
from fieldapp.survey.balance import Balance
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.indicator import current
from fieldapp.survey.period import whole
from tests.conftest import HERE

# One database is enough: what is read is read elsewhere, on both.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
KEY = "smartphone:1"


@pytest.fixture
def report(communes):
    """report({village: eligible}, {team: villages}, {cut: eligible}): what would be frozen of October."""

    def report(sizes, given, of_people=()):
        with writing(communes) as connection:
            for number, (village, eligible) in enumerate(sizes.items(), start=30):
                if village not in {each.village_id for each in areas.villages(connection, HERE)}:
                    areas.found_village(connection, HERE, areas.Village(village, village, "thon", False, number, "2025-07-01"))
                counts = {(KEY, "all"): [eligible, 0, 0], (COVERAGE, "all"): [eligible, 0, 0]}
                ledger.post(connection, HERE, {("2026-10-12", village, name, cut): count for (name, cut), count in counts.items()})
            for cut, eligible in dict(of_people).items():
                ledger.post(connection, HERE, {("2026-10-12", next(iter(sizes)), KEY, cut): [eligible, 0, 0]})
            for team_id, villages in given.items():
                if team_id not in {each.team_id for each in teams.of_commune(connection, HERE)}:
                    accounts.add_team(connection, HERE, team_id, team_id)
                teams.give_villages(connection, HERE, team_id, villages, "2026-01-01")
        with reading(communes) as connection:
            return published(drawn_up(connection, HERE, whole("month", 2026, 10), "2026-10-31", ("team", "sex")))

    return report


def told(found, kind, code="smartphone"):
    return set(next((cut.cells.get(code, {}) for cut in found.cuts if cut.kind == kind), {}))


SIZES = {"dong-cho": 60, "dong-thanh": 7, "phu-van": 25}


def test_a_team_with_one_of_two_villages_that_stand_together_is_hidden(report):
    found = outside(report(SIZES, {"to-dong-cho": ["dong-cho", "dong-thanh"], "to-phu-van": ["phu-van"]}))
    assert told(found, "team") == set() and found.cuts[0].hidden["smartphone"] == {"to-dong-cho", "to-phu-van"}


def test_a_team_with_both_of_them_is_told(report):
    found = outside(report(SIZES, {"to-dong-cho": ["dong-cho"], "to-phu-van": ["dong-thanh", "phu-van"]}))
    assert told(found, "team") == {"to-dong-cho", "to-phu-van"}


def test_a_cut_with_nine_women_is_hidden_whole(report):
    assert told(outside(report(SIZES, {}, {"sex:male": 83, "sex:female": 9})), "sex") == set()


def test_a_cut_with_ten_in_each_part_is_told(report):
    assert told(outside(report(SIZES, {}, {"sex:male": 80, "sex:female": 12})), "sex") == {"male", "female"}


def test_the_desk_sees_all_of_it(report):
    found = report(SIZES, {"to-dong-cho": ["dong-cho", "dong-thanh"]}, {"sex:male": 83, "sex:female": 9})
    assert told(found, "sex") == {"male", "female"} and "to-dong-cho" in told(found, "team")


def exposed(found, sizes):
    """Small villages, or small groups of them, that are a told team's sum less villages that are told by themselves."""
    alone = {row.village.village_id for row in found.villages if "smartphone" in row.figures}
    cut = next(each for each in found.cuts if each.kind == "team")
    left = {frozenset(part.villages - alone) for part in cut.parts if part.code in cut.cells["smartphone"]} | {frozenset(set(sizes) - alone)}
    left |= {one ^ other for one, other in combinations(left, 2) if one <= other or other <= one}
    return {each for each in left if 0 < sum(sizes.get(one, 0) for one in each) < 10 or len([one for one in each if sizes.get(one)]) == 1}


def made_up(seed):
    chance = random.Random(seed)
    sizes = {"dong-cho": 40, "dong-thanh": 3, **{f"thon-{number}": chance.choice((0, 2, 6, 9, 14, 40)) for number in range(6)}}
    villages = chance.sample(list(sizes), len(sizes))
    return sizes, {f"to-{number}": villages[2 * number : 2 * number + 2] for number in range(3)}


@pytest.mark.parametrize("seed", range(12))
def test_no_few_villages_are_had_by_subtraction(report, seed):
    sizes, given = made_up(seed)
    assert exposed(outside(report(sizes, given)), sizes) == set()


def test_a_cut_that_is_told_as_it_is_exposes_some(report, monkeypatch):
    monkeypatch.setattr(outside_cuts, "_by_villages", lambda cut, *_more: cut)
    sizes, given = made_up(0)
    assert exposed(outside(report(sizes, given)), sizes)


def test_an_indicator_that_asks_the_same_of_few_less_is_not_cut(engine):
    """Nine who are past working age: the women of both less those of the one would be some of them."""
    indicators = {each.code: each for each in current(None) if each.code in ("epay", "epay_working_age")}
    of_working_age = {"male": Balance(46, 0, 0), "female": Balance(45, 0, 0)}
    cells = {"epay": {"male": Balance(50, 0, 0), "female": Balance(50, 0, 0)}, "epay_working_age": of_working_age}
    cut = Cut("sex", (Part("male"), Part("female")), cells, {})
    wholes = {indicators["epay"]: Balance(100, 0, 0), indicators["epay_working_age"]: Balance(91, 0, 0)}
    (found,) = outside_cuts.outside_cuts([cut], wholes, {})
    assert set(found.cells) == {"epay"} and set(found.hidden) == {"epay_working_age"}
