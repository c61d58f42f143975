"""Criteria boards: those that ship, line by line, and where a reported value stands."""

from fractions import Fraction

import pytest

from fieldapp.survey.criteria import (
    BOARDS,
    COUNT,
    DONE,
    EXCEEDED,
    IN_PROGRESS,
    MET,
    NO_TARGET,
    NOT_STARTED,
    PERCENT,
    Line,
    Value,
    plain,
    read,
    targets_of,
    value_of,
)
from fieldapp.survey.indicator import INDICATORS


def states(board):
    values = {each.line: each.value for each in board.examples}
    return [line.state(values.get(line.code)) for line in board.lines]


def thresholds(code):
    return {line.indicator: line.threshold for line in BOARDS[code].lines}


def test_the_boards_that_ship_have_their_decisions_lines():
    assert thresholds("national-2025") == {"smartphone": 80, "epay": 80, "digital_skills": 70, "internet_fixed": 80, "health_record": 90}
    assert thresholds("national-2030") == {"smartphone": 95, "epay": 95}
    assert thresholds("thanh-hoa-2023") == {"electricity_cashless": 60, "esign": 30, "health_record": 95}
    assert thresholds("nong-cong-2024") == {"epay": 80, "health_record": 100, "electricity_cashless": 70}


def test_the_target_on_fibre_says_that_the_survey_asks_something_near_it():
    assert [each.note for each in targets_of("internet_fixed")] == ["fibre_to_households"]


def test_every_line_of_the_survey_names_an_indicator_and_bears_its_name():
    names = {each.code: each.names for each in INDICATORS}
    for line in (line for board in BOARDS.values() for line in board.lines if line.kind == "survey"):
        assert line.names == names[line.indicator]


def test_an_indicator_may_have_a_target_on_each_board_and_the_hardest_is_told_first():
    assert [(each.decision, each.percent) for each in targets_of("health_record")] == [("QĐ 1829/QĐ-UBND", 95), ("QĐ 411/QĐ-TTg", 90)]


def test_of_targets_that_go_down_the_lowest_is_the_hardest():
    boards = [a_board({"indicator": "poor_without_smartphone", "threshold": each, "direction": "down"}) for each in ("3", "1", "2")]
    assert [each.percent for each in targets_of("poor_without_smartphone", boards)] == [1, 2, 3]


def a_board(*lines, **more):
    lines = [{"kind": "survey", **each} for each in lines]
    return read({"code": "b", "names": {"vi": "b"}, "decision": "", "date": "2026-01-01", "area": "", "lines": lines, **more})


def test_a_board_may_have_a_margin_of_its_own():
    first, second = a_board(
        {"indicator": "epay", "threshold": "80"}, {"indicator": "esign", "threshold": "3", "direction": "down"}, margin="2"
    ).lines  # fmt: skip
    assert (first.margin, second.direction) == (2, "down")


def test_a_line_that_goes_sideways_is_refused():
    with pytest.raises(ValueError, match="left"):
        a_board({"indicator": "epay", "threshold": "1", "direction": "left"})


def test_eight_of_my_ducs_fourteen_are_met_and_four_of_them_exceeded():
    found = states(BOARDS["my-duc-2024-made"])
    assert len(found) == 14 and sum(state in DONE for state in found) == 8 and found.count(EXCEEDED) == 4


def test_what_communes_reported_ships_to_the_last_digit():
    reported = {(board.code, each.line): each.value for board in BOARDS.values() for each in board.examples}
    assert reported["thieu-hoa-2024", "copies"].number == Fraction(95300, 1105) and reported["thieu-hoa-2024", "copies"].whole == 1105
    assert reported["thieu-hoa-2024", "dossiers"].number == Fraction("82.2") and reported["thieu-hoa-2024", "wifi"].number == 167
    assert reported["nong-cong-2023", "hall_wifi"] == Value(PERCENT, Fraction(12000, 201), 120, 201)
    assert reported["my-duc-2024-made", "health_record"].number == Fraction("97.32")
    assert reported["my-duc-2024-made", "civil_status"].part == 195_443 and reported["my-duc-2024-made", "to_4g"].at_least


def test_a_decision_that_is_known_in_part_says_how_many_lines_it_has():
    board = BOARDS["thanh-hoa-2023"]
    assert (board.in_all, len(board.lines)) == (37, 3)
    assert {line.indicator for line in board.lines} == {"electricity_cashless", "esign", "health_record"}


@pytest.mark.parametrize(("line", "value", "state"), [
    ({"threshold": 80}, {"part": 953, "whole": 1105}, EXCEEDED), ({"threshold": 85}, {"part": 953, "whole": 1105}, MET),
    ({"threshold": 90}, {"percent": "89.99"}, IN_PROGRESS), ({"threshold": 90}, None, NOT_STARTED), ({}, {"percent": "5"}, NO_TARGET),
    ({"threshold": 100, "measure": COUNT}, {"count": "104"}, MET), ({"threshold": 100, "measure": COUNT}, {"count": "105"}, EXCEEDED),
    ({"threshold": 10, "direction": "down"}, {"percent": "4"}, EXCEEDED), ({"threshold": 10, "direction": "down"}, {"percent": "11"}, IN_PROGRESS),
    ({"threshold": 80, "margin": 0}, {"percent": "80"}, EXCEEDED),
])  # fmt: skip
def test_a_reported_value_stands_where_its_threshold_says(line, value, state):
    exact = {name: Fraction(said) if isinstance(said, int) else said for name, said in line.items()}
    assert Line("1", "society", {"vi": "x"}, "reported", **exact).state(value_of(value) if value else None) == state


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_a_board_is_the_same_after_it_was_written_down(board):
    again = read(plain(board))
    assert again.lines == board.lines and (again.in_all, again.decision) == (board.in_all, board.decision)


def test_a_line_given_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        read({**plain(BOARDS["nong-cong-2024"]), "lines": plain(BOARDS["nong-cong-2024"])["lines"] * 2})
