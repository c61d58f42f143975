"""Indicators as data: all of INDICATORS.md is there, complete in both languages, and versions live side by side."""

import pytest

from fieldapp.survey.expression import ExpressionError
from fieldapp.survey.indicator import GROUPS, INDICATORS, NO, UNKNOWN, YES, Indicator, current, read, versions

PEOPLES = {
    "smartphone", "network_4g", "vneid", "vneid_level2", "epay", "epay_working_age", "health_record", "esign", "digital_skills",
    "online_service", "benefit_cashless",
}  # fmt: skip
HOUSES = {
    "internet_fixed", "electricity_cashless", "address_code", "zalo_group", "camera", "business_cashless",
    "poor_without_smartphone",
}  # fmt: skip


ROW = {
    "code": "smartphone", "version": 1, "valid_from": "2026-01-01", "group": "society", "unit": "person", "source": "",
    "names": {}, "short": {}, "yes": "${phone} = 'smartphone'", "no": "${phone} = 'none'",
}  # fmt: skip


def made(**changes):
    return Indicator(**{**ROW, **changes})


def of(code):
    return next(each for each in INDICATORS if each.code == code)


def test_every_indicator_of_the_field_is_there():
    assert {each.code for each in INDICATORS if each.unit == "person"} == PEOPLES
    assert {each.code for each in INDICATORS if each.unit == "household"} == HOUSES


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: each.key)
def test_an_indicator_is_named_in_both_languages_with_its_source(indicator):
    for names in (indicator.names, indicator.short):
        assert set(names) == {"vi", "en"} and all(names.values())
    assert indicator.source and indicator.group in GROUPS and "…" not in indicator.names["vi"]
    assert len(indicator.short["vi"]) <= len(indicator.names["vi"])


def test_a_key_names_the_version():
    assert made(version=3).key == "smartphone:3"


def test_a_new_version_lives_beside_the_old_and_is_shown_from_its_day():
    old, new = made(), made(version=2, valid_from="2027-01-01")
    both = (new, old)
    assert versions("smartphone", both) == [old, new]
    assert current("2026-12-31", both) == (old,) and current("2027-01-01", both) == (new,) and current(None, both) == (new,)
    assert current("2020-01-01", both) == (old,)


def test_one_key_given_twice_is_refused():
    with pytest.raises(ValueError, match="smartphone:1"):
        read([ROW, ROW])


@pytest.mark.parametrize("changes", [{"group": "weather"}, {"unit": "dog"}])
def test_an_unknown_group_or_unit_is_refused(changes):
    with pytest.raises(ValueError, match="smartphone:1"):
        read([{**ROW, **changes}])


def test_a_rule_that_cant_be_read_says_so_at_once():
    with pytest.raises(ExpressionError):
        read([{**ROW, "yes": "1 +"}])


def test_an_indicator_knows_what_it_reads():
    assert of("business_cashless").variables == {"business", "business_digital"}


@pytest.mark.parametrize(
    "age, phone, verdict",
    [
        (15, "smartphone", YES),
        (15, "none", NO),
        (15, "unknown", UNKNOWN),
        (15, None, UNKNOWN),
        (14, "smartphone", None),
        (None, None, UNKNOWN),
    ],
)
def test_adults_with_a_smartphone(age, phone, verdict):
    assert of("smartphone").answer({"phone": phone}, age) == verdict


@pytest.mark.parametrize("working_age, verdict", [("yes", NO), ("no", None), ("", UNKNOWN), (None, UNKNOWN)])
def test_working_age_is_the_questionnaires(working_age, verdict):
    assert of("epay_working_age").answer({"epay": ["none"], "working_age": working_age}, 58) == verdict


@pytest.mark.parametrize(
    "benefit, verdict", [("account", YES), ("cash", NO), ("not_receiving", None), ("refused", UNKNOWN), (None, UNKNOWN)]
)
def test_who_may_receive_a_benefit_but_did_not_say_is_unknown(benefit, verdict):
    assert of("benefit_cashless").answer({"benefit": benefit}, 70) == verdict


def test_an_upper_bound_in_years_is_included():
    young = made(age_from=10, age_to=20)
    assert [young.answer({"phone": "none"}, age) for age in (9, 10, 20, 21)] == [None, NO, NO, None]
