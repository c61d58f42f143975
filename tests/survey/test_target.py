"""The sets of targets that ship, line by line as INDICATORS.md has them."""

from fractions import Fraction

import pytest

from fieldapp.survey.indicator import INDICATORS
from fieldapp.survey.target import DEFAULT_SETS, SETS, read, targets_of


def lines(code):
    return {target.indicator: target.percent for target in SETS[code].targets}


def test_the_sets_that_ship_have_their_decisions_lines():
    assert lines("national-2025") == {
        "smartphone": 80,
        "epay": 80,
        "digital_skills": 70,
        "internet_fixed": 80,
        "health_record": 90,
    }
    assert lines("national-2030") == {"smartphone": 95, "epay": 95}
    assert lines("thanh-hoa-2023") == {"electricity_cashless": 60, "esign": 30, "health_record": 95}
    assert lines("nong-cong-2024") == {"epay": 80, "health_record": 100, "electricity_cashless": 70}


def test_what_a_district_reported_is_kept_to_the_hundredth():
    reported = {each.indicator: each.percent for each in SETS["my-duc-2024"].reported}
    assert reported["health_record"] == Fraction(9732, 100) and not SETS["my-duc-2024"].targets


def test_every_line_names_an_indicator():
    codes = {each.code for each in INDICATORS}
    for each in SETS.values():
        assert {line.indicator for line in (*each.targets, *each.reported)} <= codes


def test_an_indicator_may_have_a_target_in_each_set():
    assert [(each.set_code, each.percent) for each in targets_of("health_record", DEFAULT_SETS)] == [
        ("national-2025", 90),
        ("thanh-hoa-2023", 95),
    ]


def a_set(*targets, **more):
    return {"code": "s", "names": {}, "decision": "", "date": "2026-01-01", "area": "", "targets": targets, **more}


def test_a_set_may_have_a_margin_of_its_own():
    down = {"indicator": "poor_without_smartphone", "percent": "3", "direction": "down"}
    first, second = read([a_set({"indicator": "epay", "percent": "80"}, down, margin="2")])["s"].targets
    assert (first.margin, second.direction) == (2, "down")


def test_a_line_that_goes_sideways_is_refused():
    with pytest.raises(ValueError, match="neither up nor down"):
        read([a_set({"indicator": "epay", "percent": "1", "direction": "left"})])
