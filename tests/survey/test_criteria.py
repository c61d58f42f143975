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
    value_of,
)


def states(board):
    values = {each.line: each.value for each in board.examples}
    return [line.state(values.get(line.code)) for line in board.lines]


def test_eight_of_my_ducs_fourteen_are_met_and_four_of_them_exceeded():
    found = states(BOARDS["my-duc-2024-made"])
    assert len(found) == 14 and sum(state in DONE for state in found) == 8 and found.count(EXCEEDED) == 4


def test_what_communes_reported_ships_to_the_last_digit():
    reported = {(board.code, each.line): each.value for board in BOARDS.values() for each in board.examples}
    assert reported["thieu-hoa-2024", "copies"].number == Fraction(95300, 1105) and reported["thieu-hoa-2024", "copies"].whole == 1105
    assert reported["thieu-hoa-2024", "dossiers"].number == Fraction("82.2") and reported["thieu-hoa-2024", "wifi"].number == 167
    assert reported["nong-cong-2023", "hall_wifi"] == Value(PERCENT, Fraction(12000, 201), 120, 201)
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
