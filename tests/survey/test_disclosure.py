"""What is told of a commune, month by month, and what an attacker makes of it who keeps everything that was ever told."""

import pytest

from fieldapp.survey import disclosure
from fieldapp.survey.balance import Balance
from fieldapp.survey.disclosure import REST, WHOLE, apart, asks_the_same, kinds_of, parts_of, shown, told
from fieldapp.survey.indicator import BY_KEY
from tests.survey.attacker import Attacker, Population, printed, truly

SMARTPHONE, WORKING_AGE, EPAY = (BY_KEY[f"{code}:1"] for code in ("smartphone", "epay_working_age", "epay"))


def count(yes, no=0, unknown=0):
    return Balance(yes, no, unknown)


def of(whole, **parts):
    """What stood at a month's end: the whole, and by sex where it is given."""
    return {WHOLE: {WHOLE: whole}, **({"sex": parts} if parts else {})}


def test_a_count_of_ten_is_told_and_one_of_nine_is_hidden():
    assert shown(told("2026-09", of(count(4, 6)))[WHOLE]).cells == {WHOLE: count(4, 6)}
    assert told("2026-09", of(count(4, 5))) == {}


def test_a_cut_with_one_small_part_is_hidden_whole():
    found = told("2026-09", of(count(60, 40), female=count(60, 31), male=count(0, 9)))
    assert shown(found[WHOLE]) and "sex" not in found


def test_a_cut_without_anybody_in_a_part_is_hidden():
    assert "sex" not in told("2026-09", of(count(60, 40), female=count(60, 40), male=count(0)))


def test_the_few_of_no_part_hide_a_cut_once_one_of_them_answered():
    parts = {"female": count(30, 20), "male": count(30, 17)}
    assert "sex" not in told("2026-09", of(count(60, 40), **parts))
    found = told("2026-09", of(count(60, 37, 3), **parts))
    assert found["sex"].cells[REST] == count(0, 0, 3)


def test_a_month_that_differs_by_a_few_tells_what_was_told_last():
    first = told("2026-09", of(count(60, 40)))
    kept = told("2026-10", of(count(63, 41)), [first])
    assert kept == first and told("2026-11", of(count(68, 44)), [first, kept])[WHOLE].since == "2026-11"


def test_a_month_without_a_change_is_told_as_its_own():
    first = told("2026-09", of(count(60, 40)))
    assert told("2026-10", of(count(60, 40)), [first])[WHOLE].since == "2026-10"


def test_a_cut_stands_as_it_was_told_while_one_of_its_parts_moved_a_little():
    first = told("2026-09", of(count(60, 40), female=count(30, 20), male=count(30, 20)))
    later = told("2026-10", of(count(82, 40), female=count(49, 20), male=count(33, 20)), [first])
    assert (later[WHOLE].since, later["sex"].since) == ("2026-10", "2026-09")


def test_who_came_and_mostly_left_again_is_not_told_by_the_month_before():
    """Twelve came, ten of them went: beside the first month stand two."""
    months = [told("2026-09", of(count(60, 40)))]
    months.append(told("2026-10", of(count(72, 40)), months))
    assert told("2026-11", of(count(62, 40)), months)[WHOLE].since == "2026-10"


def test_cuts_stand_while_the_whole_stands():
    """Else the whole would be their sum."""
    first = told("2026-09", of(count(60, 40), female=count(30, 20), male=count(30, 20)))
    later = told("2026-10", of(count(62, 40), female=count(42, 20), male=count(20, 20)), [first])
    assert (later[WHOLE].since, later["sex"].since) == ("2026-09", "2026-09")


def test_a_count_that_became_small_is_hidden_and_what_was_told_last_is_remembered():
    first = told("2026-09", of(count(60, 40)))
    small = told("2026-10", of(count(4, 4)), [first])
    assert shown(small[WHOLE]) is None
    assert told("2026-11", of(count(62, 41)), [first, small])[WHOLE] == first[WHOLE]


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        (count(60, 40), count(60, 40), True), (count(60, 40), count(61, 40), False), (count(60, 40), count(70, 40), True),
        (count(60, 40), count(59, 41), False), (count(60, 40), count(50, 50), True), (count(60, 40), count(69, 31, 2), False),
    ],
)  # fmt: skip
def test_two_counts_are_apart_by_nobody_or_by_ten(one, other, are):
    assert apart(one, other) is are and apart(other, one) is are


def test_a_narrower_indicator_is_told_where_it_leaves_out_nobody_or_ten():
    wide = told("2026-09", of(count(60, 40)))
    assert told("2026-09", of(count(57, 38)), wider=[wide]) == {}
    assert shown(told("2026-09", of(count(50, 35)), wider=[wide])[WHOLE])


def test_which_indicators_ask_the_same_and_which_parts_they_have():
    assert asks_the_same(EPAY, WORKING_AGE) and not asks_the_same(EPAY, SMARTPHONE)
    assert parts_of(SMARTPHONE, "age") == ("15-17", "18-34", "35-59", "60+")
    assert parts_of(BY_KEY["poor_without_smartphone:1"], "poverty") == ("poor", "near_poor")
    assert kinds_of(BY_KEY["camera:1"]) == ("poverty",)


# --- the attacker ---


@pytest.mark.parametrize("seed", range(12))
def test_nothing_hidden_is_recovered_by_subtraction(seed):
    """From wholes, cuts, sums over communes and four months, by exact linear algebra."""
    world = Population(seed)
    attacker = Attacker(world, printed(world))
    assert attacker.hidden, "a population without anything to hide proves nothing"
    assert attacker.recovered() == []


@pytest.mark.parametrize("seed", range(12))
def test_no_small_difference_of_two_months_is_recovered(seed):
    world = Population(seed)
    assert Attacker(world, printed(world)).small_differences() == []


@pytest.mark.parametrize("seed", range(6))
def test_no_hidden_number_is_pinned_down_even_by_who_knows_the_rules(seed):
    """Every pair of men and women that would have been printed alike is a possible one: at least three numbers are left."""
    world = Population(seed)
    assert min(truly(world)) >= 3


def without_rest(cells):
    return any(each.eligible < 10 for part, each in cells.items() if part != REST)


@pytest.mark.parametrize("planted", ["one_part_only", "sums_of_all", "rest", "months", "whole_and_cut"])
def test_the_attacker_finds_each_protection_that_was_taken_away(planted, monkeypatch):
    found = []
    for seed in range(12):
        world = Population(seed)
        with monkeypatch.context() as patched:
            if planted == "rest":
                patched.setattr(disclosure, "_is_small", without_rest)
            if planted == "months":
                patched.setattr(disclosure, "_apart", lambda cells, others: True)
            if planted == "whole_and_cut":
                patched.setattr(disclosure, "is_told", lambda each, month: each is not None)
            pages = printed(world, small_alone=planted == "one_part_only", sums_of_all=planted == "sums_of_all")
        attacker = Attacker(world, pages)
        found += attacker.recovered() + attacker.small_differences()
    assert found
