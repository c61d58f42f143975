"""What one household adds: held against the naive recomputation of tests/oracle.py on thousands of random households, and by its
edges."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from fieldapp.survey.contribution import Reckoning, contribution
from fieldapp.survey.fold import empty
from fieldapp.survey.indicator import INDICATORS, Indicator
from fieldapp.survey.questionnaire import load
from tests import oracle

QUESTIONNAIRE = load("household-1")
SERVICES, RESULTS = ("sim_4g", "epay_open"), ("done", "declined")


def answers_to(question):
    if question.name == "birth_year":
        return some.one_of(some.none(), some.integers(1930, 2027), some.sampled_from([1965, 1966, 1969, 1970, 2008, 2011, 2012]))
    if question.type == "select_multiple":
        alone = {"none", "unknown", "refused"}
        several = some.lists(some.sampled_from([each for each in question.choices if each not in alone]), max_size=3, unique=True)
        return some.one_of(some.none(), some.sampled_from([[each] for each in question.choices]), several)
    if question.type == "select_one":
        return some.one_of(some.none(), some.sampled_from(question.choices))
    return some.just("Lê Thị Hường")


def values_of(group):
    questions = QUESTIONNAIRE.of_group[group]
    return some.fixed_dictionaries({}, optional={each.name: answers_to(each) for each in questions})


households = some.builds(
    oracle.Household,
    village=some.sampled_from(["dong-cho", "dong-cho", "dong-cho", None]),
    status=some.sampled_from(["active"] * 6 + ["vacant", "moved", "merged"]),
    poverty=some.sampled_from(["poor", "near_poor", "none", None]),
    visited=some.sampled_from([True, True, True, False]),
    outcome=some.sampled_from(["done", "partly", "absent", None]),
    year=some.sampled_from([2025, 2026, 2027, 2031]),
    house=values_of("house"),
    people=some.lists(values_of("people"), max_size=6),
    helped=some.dictionaries(some.sampled_from(SERVICES), some.dictionaries(some.sampled_from(RESULTS), some.integers(1, 3))),
)


def folded(household):
    people = {f"p{place}": person for place, person in enumerate(household.people)}
    return {**empty(), **vars(household), "people": people}


@settings(max_examples=400, deadline=None)
@given(household=households)
def test_a_household_adds_what_the_naive_recomputation_says(household):
    expected = {(key, cut): triple for (_, key, cut), triple in oracle.figures([household]).items()}
    assert contribution(folded(household), QUESTIONNAIRE) == expected


def house(*people, **more):
    return folded(oracle.Household(people=list(people), **more))


def adult(**more):
    return {"birth_year": 1980, "sex": "female", "residence": "permanent", **more}


def test_the_same_household_adds_the_same_twice():
    state = house(adult(phone="smartphone"), adult(phone="smartphone"))
    assert contribution(state) == contribution(state)
    assert contribution(state)["smartphone:1", "sex:female"] == (2, 0, 0)


def test_an_unvisited_household_is_only_registered():
    assert contribution(house(adult(), visited=False, outcome=None)) == {
        ("coverage", "all"): (0, 1, 0),
        ("outcome:none", "all"): (1, 0, 0),
    }


@pytest.mark.parametrize("status", ["vacant", "moved"])
def test_an_empty_house_keeps_its_outcome_and_the_help_that_was_given_there(status):
    adds = contribution(house(adult(phone="smartphone"), helped={"sim_4g": {"done": 1}}, status=status, outcome=status))
    assert adds == {(f"outcome:{status}", "all"): (1, 0, 0), ("help:sim_4g:done", "all"): (1, 0, 0)}


@pytest.mark.parametrize("more", [{"status": "merged"}, {"village": None}])
def test_a_household_that_is_registered_nowhere_adds_nothing(more):
    assert contribution(house(adult(phone="smartphone"), helped={"sim_4g": {"done": 1}}, **more)) == {}


@pytest.mark.parametrize(
    "residence, people", [("permanent", 1), ("temporary", 1), (None, 1), ("away", 0), ("left", 0), ("deceased", 0)]
)
def test_only_residents_are_counted(residence, people):
    added = contribution(house(adult(residence=residence)))
    assert added.get(("people", "all"), (0, 0, 0))[0] == people == sum(added.get(("smartphone:1", "all"), (0, 0, 0)))


def test_a_value_whose_question_does_not_apply_does_not_count():
    added = contribution(house(adult(phone="none", network_4g="yes"), adult(birth_year=2024, phone="smartphone")))
    assert ("network_4g:1", "all") not in added and added["smartphone:1", "all"] == (0, 1, 0)


def test_without_birth_year_and_sex_a_person_is_unknown_and_in_no_cut_of_theirs():
    added = contribution(house(adult(birth_year=None, sex=None, phone="smartphone"), poverty="poor"))
    assert added["smartphone:1", "all"] == (0, 0, 1) == added["smartphone:1", "poverty:poor"]
    assert {cut for _, cut in added} == {"all", "poverty:poor"}


def test_a_poor_house_without_smartphone_is_one_where_no_adult_has_one():
    child = {"birth_year": 2014, "phone": "smartphone"}
    assert contribution(house(adult(phone="basic"), child, poverty="poor"))["poor_without_smartphone:1", "all"] == (1, 0, 0)
    assert contribution(house(adult(phone="basic"), adult(), poverty="poor"))["poor_without_smartphone:1", "all"] == (0, 0, 1)
    assert contribution(house(adult(), adult(phone="smartphone"), poverty="near_poor"))["poor_without_smartphone:1", "all"] == (
        0,
        1,
        0,
    )
    assert ("poor_without_smartphone:1", "all") not in contribution(house(adult(phone="none"), poverty="none"))


def test_help_is_counted_by_service_and_result():
    added = contribution(house(helped={"sim_4g": {"done": 2, "declined": 1}}))
    assert added["help:sim_4g:done", "all"] == (2, 0, 0) and added["help:sim_4g:declined", "all"] == (1, 0, 0)


def test_two_versions_of_an_indicator_are_counted_side_by_side():
    first = next(each for each in INDICATORS if each.code == "esign")
    second = Indicator(**{**vars_of(first), "version": 2, "age_from": 18})
    added = Reckoning(QUESTIONNAIRE, (first, second)).of(house(adult(birth_year=2010, esign="yes")))
    assert added["esign:1", "all"] == (1, 0, 0) and ("esign:2", "all") not in added


def vars_of(indicator):
    return {name: getattr(indicator, name) for name in Indicator.__dataclass_fields__}


def test_no_indicator_is_named_like_a_count():
    assert not {each.code for each in INDICATORS} & {"coverage", "people", "outcome", "help"}
    assert max(Counter(each.key for each in INDICATORS).values()) == 1
