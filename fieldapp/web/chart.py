"""Where the marks of a chart stand: pure numbers, which the templates draw as SVG; the table behind a chart says them in figures.

Widths are attributes of SVG, never `style=`: the content security policy forbids inline style.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bar:
    """A share against its target; every position from 0 to 100. low and high are None without an honest range."""

    value: float | None
    low: float | None
    high: float | None
    target: float | None


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


def line(values: Sequence[float | None], top: float = 1, width: int = 240, height: int = 48) -> Line:
    """The trend of values between 0 and top, evenly spaced, oldest first; None is a day without a figure and is passed over."""
    step = width / max(1, len(values) - 1)
    heights = [None if value is None else round(height * (1 - min(max(value / top, 0), 1)), 1) for value in values]
    points = [(round(i * step, 1), y) for i, y in enumerate(heights) if y is not None]
    if len(points) < 2:
        return Line(width, height, "", "")
    path = "M" + " L".join(f"{x} {y}" for x, y in points)
    return Line(width, height, path, f"{path} L{points[-1][0]} {height} L{points[0][0]} {height} Z")
