"""The shapes of villages, as a commune's land officer exports them: GeoJSON, polygons with a name somewhere among their properties."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

import msgspec

from fieldapp.survey.problems import Problem, Refused
from fieldapp.survey.text import folded, nfc

Ring = list[tuple[float, float]]
Polygon = list[Ring]
# Points that stand nearer to each other than this part of the map's width are one.
FINEST = 1500
KINDS_OF_VILLAGE = ("to dan pho", "khu pho", "tieu khu", "thon", "ban", "lang", "xom", "kp", "tdp")


class _Polygon(msgspec.Struct, tag_field="type", tag="Polygon"):
    coordinates: list[list[list[float]]]


class _MultiPolygon(msgspec.Struct, tag_field="type", tag="MultiPolygon"):
    coordinates: list[list[list[list[float]]]]


class _Geometry(msgspec.Struct):
    type: str


class _Feature(msgspec.Struct):
    geometry: msgspec.Raw = msgspec.Raw(b"null")
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

    Raises Refused: map_unreadable (no FeatureCollection, or a broken area), map_coordinates (not degrees), map_no_village (no name fits)."""
    try:
        features = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=_Collection).features
        geometries = [_geometry(feature) for feature in features]
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Refused(Problem("map_unreadable", "file")) from None
    of_name: dict[str, list[str]] = {}
    for village_id, name in villages.items():
        of_name.setdefault(bare(name), []).append(village_id)
    found: dict[str, list[Polygon]] = {}
    unmatched: set[str] = set()
    for feature, geometry in zip(features, geometries, strict=True):
        polygons = _polygons(geometry) if geometry else []
        text = named(feature.properties or {}, of_name)
        if not polygons or not text:
            continue
        if bare(text) in of_name:
            found.setdefault(_meant(text, of_name[bare(text)], villages), []).extend(polygons)
        else:
            unmatched.add(bare(text))
    if not found:
        raise Refused(Problem("map_no_village", "file"))
    return Shapes(_thinned(found), sorted(unmatched))


def named(properties: dict[str, Any], known: Container[str]) -> str | None:
    """The feature's name as it is written: the property that is a village's, else the first text among them."""
    texts = [value for value in properties.values() if isinstance(value, str) and value.strip()]
    return next((text for text in texts if bare(text) in known), texts[0] if texts else None)


def _meant(text: str, alike: list[str], villages: dict[str, str]) -> str:
    """Of villages that only marks tell apart (Đông Sơn, Đồng Sơn) the one that is written."""
    written = nfc(text).lower()
    return next((village_id for village_id in alike if written.endswith(nfc(villages[village_id]).lower())), alike[0])


def bare(name: str) -> str:
    """A village's name for comparing: folded, without the kinds of village before it (thôn Bản Lát, Làng Lát and Lát are one)."""
    words = " ".join(folded(name).replace("/", " ").split())
    while kind := next((each for each in KINDS_OF_VILLAGE if words.startswith(f"{each} ")), None):
        words = words.removeprefix(kind).strip()
    return words


def _geometry(feature: _Feature) -> _Polygon | _MultiPolygon | None:
    """None where there is none, or a point or line that the map does not draw: exports have them beside the areas."""
    known = msgspec.json.decode(feature.geometry, type=_Geometry | None)
    if known is None or known.type not in ("Polygon", "MultiPolygon"):
        return None
    return msgspec.json.decode(feature.geometry, type=_Polygon | _MultiPolygon)


def _polygons(geometry: _Polygon | _MultiPolygon) -> list[Polygon]:
    several = [geometry.coordinates] if isinstance(geometry, _Polygon) else geometry.coordinates
    return [[_ring(ring) for ring in polygon] for polygon in several if polygon]


def _ring(points: list[list[float]]) -> Ring:
    if len(points) < 3 or any(len(point) < 2 or not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90) for point in points):
        # Metres of a national grid, most often.
        raise Refused(Problem("map_coordinates", "file"))
    return [(point[0], point[1]) for point in points]


def _thinned(shapes: dict[str, list[Polygon]]) -> dict[str, list[Polygon]]:
    """The shapes without what no screen shows: surveyors give a point a metre, which makes a page of many megabytes."""
    points = [point for polygons in shapes.values() for polygon in polygons for ring in polygon for point in ring]
    across = max(max(points)[0] - min(points)[0], max(y for _, y in points) - min(y for _, y in points))
    least = across / FINEST
    return {each: [[_thin(ring, least) for ring in polygon] for polygon in polygons] for each, polygons in shapes.items()}


def _thin(ring: Ring, least: float) -> Ring:
    kept = ring[:1]
    for x, y in ring[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= least:
            kept.append((x, y))
    return [*kept, ring[-1]] if len(kept) > 1 else ring[:: max(1, len(ring) // 4)]
