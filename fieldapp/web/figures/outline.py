"""Where the outlines of villages stand on the map: degrees to the units of a drawing, which the template makes an SVG of.

A commune is a few kilometres wide: drawing degrees east as wide as they are there is all the projection that it needs."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WIDTH = 1000
MOST_HEIGHT = 1400
# From which share of coverage on a class begins; the last holds only what is whole.
CLASSES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Outline:
    """One village: its path, and where its label stands."""

    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map of `width` by `height` units. outlines: by village id."""

    width: int
    height: int
    outlines: dict[str, Outline]


def drawing(shapes: Mapping[str, Any]) -> Drawing:
    """The map of these shapes (village id → polygons of (longitude, latitude)); there is at least one."""
    points = [point for polygons in shapes.values() for polygon in polygons for ring in polygon for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * squeeze, 1e-9), max(north - south, 1e-9)
    scale = min(WIDTH / wide, MOST_HEIGHT / high)

    def placed(point: Any) -> tuple[float, float]:
        return round((point[0] - west) * squeeze * scale, 1), round((north - point[1]) * scale, 1)

    def outlined(polygons: Any) -> Outline:
        return _outline([[placed(point) for point in ring] for polygon in polygons for ring in polygon])

    outlines = {village_id: outlined(polygons) for village_id, polygons in shapes.items()}
    return Drawing(math.ceil(wide * scale), math.ceil(high * scale), outlines)


def class_of(share: float | None) -> int | None:
    """Which of the CLASSES a coverage belongs to; None where no household is registered."""
    return None if share is None else max(index for index, least in enumerate(CLASSES) if share >= least)


def _outline(rings: list[list[tuple[float, float]]]) -> Outline:
    path = "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in rings)
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    return Outline(path, *_middle(largest))


def _area(ring: list[tuple[float, float]]) -> float:
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in _sides(ring)) / 2


def _middle(ring: list[tuple[float, float]]) -> tuple[float, float]:
    """The centre of gravity; the middle of the corners where the ring has no area."""
    area = _area(ring)
    if abs(area) < 1e-6:
        return round(sum(x for x, _ in ring) / len(ring), 1), round(sum(y for _, y in ring) / len(ring), 1)
    x = sum((x + next_x) * (x * next_y - next_x * y) for (x, y), (next_x, next_y) in _sides(ring)) / (6 * area)
    y = sum((y + next_y) * (x * next_y - next_x * y) for (x, y), (next_x, next_y) in _sides(ring)) / (6 * area)
    return round(x, 1), round(y, 1)


def _sides(ring: list[tuple[float, float]]) -> Any:
    return zip(ring, [*ring[1:], ring[0]], strict=True)
