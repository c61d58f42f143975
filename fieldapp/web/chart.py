"""Where the marks of a chart stand: pure numbers, which the templates draw as SVG; the table behind a chart says them in figures.

Widths are attributes of SVG, never `style=`: the content security policy forbids inline style.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

THINNEST, MARK = 0.6, 0.8


@dataclass(frozen=True, slots=True)
class Bar:
    """A share against its target; every position from 0 to 100. low and high are None without an honest range."""

    value: float | None
    low: float | None
    high: float | None
    target: float | None

    @property
    def range_width(self) -> float:
        """From low to high, wide enough to be seen; 0 without a range."""
        return 0 if self.low is None or self.high is None else round(max(self.high - self.low, THINNEST), 1)

    @property
    def target_x(self) -> float:
        """Where the target's mark begins, which is as wide as MARK; 0 without one."""
        return round(max((self.target or 0) - MARK / 2, 0), 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A trend in a box of `width` by `height`: the paths of line and area, both empty below two points."""

    width: int
    height: int
    path: str
    area: str


def bar(value: float | None, low: float | None = None, high: float | None = None, target: float | None = None) -> Bar:
    """The bar of a share from 0 to 1."""
    return Bar(*(None if each is None else round(100 * min(max(each, 0), 1), 1) for each in (value, low, high, target)))


def bar_of(line: Any) -> Bar:
    """The bar of one line of the board, with its first target."""
    low, high = line.figure.range or (None, None)
    target = float(line.standings[0].target.percent) / 100 if line.standings else None
    return bar(line.figure.value, low, high, target)


def line(values: Sequence[tuple[str, float | None]], width: int = 240, height: int = 48, days: tuple[str, str] | None = None) -> Line:
    """The trend of shares by day, oldest first, each at its day's place; a day whose share is None is passed over. days: the first and the last of
    the box, so that several stand beside each other; None: those of the values. Of the days that fall on one place the last is drawn."""
    told = [(date.fromisoformat(day).toordinal(), value) for day, value in values]
    first, last = (date.fromisoformat(day).toordinal() for day in days) if days else (told[0][0], told[-1][0]) if told else (0, 0)
    scale = width / max(1, last - first)
    points = {round((day - first) * scale, 1): round(height * (1 - value), 1) for day, value in told if value is not None}
    if len(points) < 2:
        return Line(width, height, "", "")
    path = "M" + " L".join(f"{x} {y}" for x, y in points.items())
    return Line(width, height, path, f"{path} L{max(points)} {height} L{min(points)} {height} Z")


def small(values: Sequence[tuple[str, float | None]], days: tuple[str, str]) -> Line:
    """One of many small trends beside each other: its last share stands to the last day, and a place is a hundredth of the width."""
    spaced = {round(_place(day, days) * 100): (day, value) for day, value in values}
    return line([*spaced.values(), (days[1], values[-1][1])] if values else [], 100, 40, days)


def _place(day: str, days: tuple[str, str]) -> float:
    """From 0 to 1."""
    at, first, last = (date.fromisoformat(each).toordinal() for each in (day, *days))
    return (at - first) / max(1, last - first)


@dataclass(frozen=True, slots=True)
class Column:
    """One day's column in a box 100 high: what was surveyed stands below what else was visited. All in units of the box."""

    x: float
    width: float
    surveyed: float
    others: float


def columns(days: Sequence[tuple[int, int]], width: int = 280) -> list[Column]:
    """The columns of days, each (visits, of them surveyed), oldest first."""
    most = max([visits for visits, _ in days] + [1])
    step = width / max(1, len(days))
    x, wide, high = step * 0.15, round(step * 0.7, 1), 100 / most
    return [
        Column(round(step * index + x, 1), wide, round(high * surveyed, 1), round(high * (visits - surveyed), 1))
        for index, (visits, surveyed) in enumerate(days)
    ]


@dataclass(frozen=True, slots=True)
class Tenth:
    """One bar of a spread, in a box 100 wide and 100 high. first, last: per cent; count: how many fall in it."""

    first: int
    last: int
    count: int
    x: float
    height: float


def spread(counts: Sequence[int]) -> list[Tenth]:
    """The bars of how many fall in each part of 0 to 100 per cent."""
    most, step = max([*counts, 1]), 100 // max(1, len(counts))
    return [Tenth(place * step, (place + 1) * step, count, place * step, round(100 * count / most, 1)) for place, count in enumerate(counts)]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a stacked bar 100 wide."""

    name: str
    x: float
    width: float


def stacked(parts: Sequence[tuple[str, int]]) -> list[Stretch]:
    """The parts of a whole, one after the other; those of nothing are left out."""
    whole, x, stretches = sum(number for _, number in parts) or 1, 0.0, []
    for name, number in parts:
        if number:
            stretches.append(Stretch(name, round(x, 2), round(100 * number / whole, 2)))
            x += 100 * number / whole
    return stretches
