"""How the lines and days of figures are laid out on a page: in groups, and as the line of a trend with the table behind it."""

from collections.abc import Iterable
from typing import Any

from fieldapp.figures.board import Line
from fieldapp.figures.figure import Coverage, Figure
from fieldapp.survey.indicator import GROUPS
from fieldapp.web import chart

BEST_FIRST = ("exceeded", "met", "provisional", "in_progress", "not_started")


def groups(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The lines under their groups, in the groups' order; those with a target first. Empty groups are left out."""
    lines = list(lines)
    grouped = [(group, [line for line in lines if line.indicator.group == group]) for group in GROUPS]
    return [(group, sorted(those, key=lambda line: not line.standings)) for group, those in grouped if those]


def tally(lines: Iterable[Line]) -> list[tuple[str, int]]:
    """How many targets stand in each state, the best state first; states without a target are left out."""
    states = [standing.state for line in lines for standing in line.standings]
    return [(state, states.count(state)) for state in BEST_FIRST if state in states]


def coverage_trend(points: list[tuple[str, Coverage]]) -> dict[str, Any]:
    """What the template of a coverage trend needs."""
    return _trend([(day, coverage, coverage.share) for day, coverage in points])


def value_trend(points: list[tuple[str, Figure]]) -> dict[str, Any]:
    """What the template of an indicator's trend needs."""
    return _trend([(day, figure.coverage, figure.value) for day, figure in points])


def _trend(points: list[tuple[str, Coverage, float | None]]) -> dict[str, Any]:
    drawn = chart.line([(day, value) for day, _, value in points])
    return {"points": points, "days": [day for day, *_ in points], "trend": drawn}
