"""How the lines and days of figures are laid out on a page: in groups, and as the line of a trend with the table behind it."""

from collections.abc import Iterable, Sequence
from typing import Any

from fieldapp.figures.board import Line
from fieldapp.figures.figure import Figure
from fieldapp.survey.indicator import GROUPS, current
from fieldapp.web import chart

# Every point of a trend carries the coverage of its day: for the coverage alone any indicator will do.
FIRST = current()[0].code

BEST_FIRST = ("exceeded", "met", "provisional", "in_progress", "not_started")

Points = Sequence[tuple[str, Figure]]


def groups(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The lines under their groups, in the groups' order; those with a target first. Empty groups are left out."""
    lines = list(lines)
    grouped = [(group, [line for line in lines if line.indicator.group == group]) for group in GROUPS]
    return [(group, sorted(those, key=lambda line: not line.standings)) for group, those in grouped if those]


def tally(lines: Iterable[Line]) -> list[tuple[str, int]]:
    """How many targets stand in each state, the best state first; states without a target are left out."""
    states = [standing.state for line in lines for standing in line.standings]
    return [(state, states.count(state)) for state in BEST_FIRST if state in states]


def coverage_trend(points: Points) -> dict[str, Any]:
    """What the template of a coverage trend needs."""
    return _trend(points, [(day, figure.coverage.share) for day, figure in points])


def value_trend(points: Points) -> dict[str, Any]:
    """What the template of an indicator's trend needs."""
    return _trend(points, [(day, figure.value) for day, figure in points])


def _trend(points: Points, values: list[tuple[str, float | None]]) -> dict[str, Any]:
    return {"points": points, "days": [day for day, _ in points], "trend": chart.line(values)}
