"""The shapes of villages, as a commune's land officer exports them: GeoJSON, polygons with a name somewhere among their properties."""

from dataclasses import dataclass
from typing import Any

import msgspec

from fieldapp.survey.problems import Problem, Refused
from fieldapp.survey.text import folded

Ring = list[tuple[float, float]]
Polygon = list[Ring]
KINDS_OF_VILLAGE = ("to dan pho", "khu pho", "tieu khu", "thon", "ban", "lang", "xom", "kp", "tdp")


class _Polygon(msgspec.Struct, tag_field="type", tag="Polygon"):
    coordinates: list[list[list[float]]]


class _MultiPolygon(msgspec.Struct, tag_field="type", tag="MultiPolygon"):
    coordinates: list[list[list[list[float]]]]


class _Feature(msgspec.Struct):
    geometry: _Polygon | _MultiPolygon
    properties: dict[str, Any] | None = None


class _Collection(msgspec.Struct, tag_field="type", tag="FeatureCollection"):
    features: list[_Feature]


@dataclass(frozen=True, slots=True)
class Shapes:
    """villages: village id → its polygons, longitude before latitude in degrees; unmatched: names in the file that are no village's."""

    villages: dict[str, list[Polygon]]
    unmatched: list[str]


def read(content: bytes, villages: dict[str, str]) -> Shapes:
    """The shapes that a file holds. villages: id → name without its kind.

    Raises Refused: map_unreadable (no FeatureCollection of polygons), map_coordinates (not degrees), map_no_village (no name fits)."""
    try:
        features = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=_Collection).features
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Refused(Problem("map_unreadable", "file")) from None
    names = [named(feature.properties or {}, {bare(name) for name in villages.values()}) for feature in features]
    of_name = {bare(name): village_id for village_id, name in villages.items()}
    found: dict[str, list[Polygon]] = {}
    for feature, name in zip(features, names, strict=True):
        if name in of_name:
            found.setdefault(of_name[name], []).extend(_polygons(feature.geometry))
    if not found:
        raise Refused(Problem("map_no_village", "file"))
    return Shapes(found, sorted({name for name in names if name and name not in of_name}))


def named(properties: dict[str, Any], known: set[str]) -> str | None:
    """The feature's name: the property that is a village's, else the first text among them; folded, without its kind."""
    texts = [bare(value) for value in properties.values() if isinstance(value, str) and value.strip()]
    return next((text for text in texts if text in known), texts[0] if texts else None)


def bare(name: str) -> str:
    """A village's name for comparing: folded, without the kinds of village before it (thôn Bản Lát, Làng Lát and Lát are one)."""
    words = " ".join(folded(name).replace("/", " ").split())
    while kind := next((each for each in KINDS_OF_VILLAGE if words.startswith(f"{each} ")), None):
        words = words.removeprefix(kind).strip()
    return words


def _polygons(geometry: _Polygon | _MultiPolygon) -> list[Polygon]:
    several = [geometry.coordinates] if isinstance(geometry, _Polygon) else geometry.coordinates
    return [[_ring(ring) for ring in polygon] for polygon in several]


def _ring(points: list[list[float]]) -> Ring:
    if len(points) < 3 or any(len(point) < 2 or not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90) for point in points):
        # Metres of a national grid, most often.
        raise Refused(Problem("map_coordinates", "file"))
    return [(point[0], point[1]) for point in points]


