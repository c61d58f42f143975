"""How the lines and days of figures are laid out on a page: in groups, and as the line of a trend with the table behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.figures.board import Line
from fieldapp.figures.figure import Coverage, Figure
from fieldapp.figures.trend import Share
from fieldapp.survey.indicator import GROUPS
from fieldapp.web import chart

MOST_MONTHS = 6
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


@dataclass(frozen=True, slots=True)
class SmallTrends:
    """A line for each village, all from the first day to the last and from 0 to 100 per cent; months: those that the table behind them has; ends:
    village → its share at the end of each of them."""

    first: str
    last: str
    lines: Mapping[str, chart.Line]
    months: list[str]
    ends: Mapping[str, list[float | None]]


def small_trends(days: Mapping[str, list[Share]], first: str, last: str) -> SmallTrends:
    """What the template of the villages' trends needs. days: as figures/trend.py gives them."""
    months = sorted({f"{year}-{month:02}" for year in range(int(first[:4]), int(last[:4]) + 1) for month in range(1, 13)})
    shown = [each for each in months if first[:7] <= each <= last[:7]][-MOST_MONTHS:]
    ends = {village: [_share_by(moved, f"{month}-99") for month in shown] for village, moved in days.items()}
    return SmallTrends(first, last, {village: chart.small(moved, (first, last)) for village, moved in days.items()}, shown, ends)


def _share_by(moved: list[Share], day: str) -> float | None:
    return next((share for on, share in reversed(moved) if on <= day), None)
