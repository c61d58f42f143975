"""Public places of a commune, what is known of them, and how a line of a criteria board counts them: data in small tables, a line each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from fieldapp.survey.criteria import COUNT, PERCENT, Value

KINDS = ("village_hall", "school", "clinic", "market", "commune_office", "post_office", "cooperative", "other")
ATTRIBUTES = ("wifi", "cashless", "computer", "camera", "loudspeaker", "online_help")
YES, NO = "yes", "no"
# of: villages that have such a place among all villages, such places among all of the kind, or how many such places there are.
VILLAGES, POINTS, NUMBER = OF = ("villages", "points", "count")


@dataclass(frozen=True, slots=True)
class Point:
    """A public place as it is from a day on. village_id: None where it is nobody's (a commune's office); attributes: those that are known."""

    point_id: str
    since: str
    kind: str
    name: str
    village_id: str | None
    attributes: Mapping[str, str]
    closed: bool = False


def standing(rows: Iterable[Point], on: str) -> list[Point]:
    """The places that are open on a day, each as it is then."""
    newest: dict[str, Point] = {}
    for each in sorted((row for row in rows if row.since <= on), key=lambda row: row.since):
        newest[each.point_id] = each
    return [each for each in newest.values() if not each.closed]


def counted(counts: Mapping[str, str], points: Iterable[Point], villages: Iterable[str], into: Mapping[str, str]) -> Value | None:
    """What a line counts; None while the register holds no place of the kind. villages: that stand; into: village → the one it became part of."""
    of_kind = [each for each in points if each.kind == counts["kind"]]
    if not of_kind:
        return None
    attribute = counts.get("attribute")
    having = [each for each in of_kind if attribute is None or each.attributes.get(attribute) == YES]
    if counts["of"] == NUMBER:
        return Value(COUNT, Fraction(len(having)))
    if counts["of"] == POINTS:
        return _share(len(having), len(of_kind))
    standing_villages = set(villages)
    reached = {into.get(each.village_id, each.village_id) for each in having if each.village_id} & standing_villages
    return _share(len(reached), len(standing_villages))


def _share(part: int, whole: int) -> Value | None:
    return Value(PERCENT, Fraction(100 * part, whole), part, whole) if whole else None
