"""The register of public places as a spreadsheet, out and in, and a place as it is written in a form."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from fieldapp.intake.board.sheet import ATTRIBUTE_WORDS, PLACE_WORDS
from fieldapp.intake.lined import days, table
from fieldapp.intake.lined.finding import Finding
from fieldapp.intake.lined.table import Fields
from fieldapp.survey.points import NO, YES, Point
from fieldapp.survey.text import folded, nfc

HEADINGS = {
    "code": "Mã", "name": "Tên", "kind": "Loại", "village": "Thôn", **{name: words.capitalize() for name, words in ATTRIBUTE_WORDS.items()},
    "since": "Từ ngày", "closed": "Đã đóng",
}  # fmt: skip
NEEDED = ("name", "kind")
WIDTHS = {"code": 38, "name": 36, "kind": 22, "village": 22}
YES_WORDS, NO_WORDS = ("co", "x", "1", "yes"), ("khong", "0", "no")
ADVICE = (
    "Mỗi dòng một nơi công cộng. Nơi mới: để trống ô Mã. Không sửa ô Mã của dòng đã có.",
    "Các cột Wi-Fi miễn phí, camera…: ghi có hoặc không; chưa biết thì để trống.",
    "Từ ngày: ngày bắt đầu như vậy, ví dụ 26/11/2026; để trống là hôm nay. Đã đóng: ghi x.",
    "Dòng không khác trước thì không đổi gì. Xóa dòng cũng không đổi gì.",
)
MOST_NAME = 120


def xlsx(points: Iterable[Point], villages: Mapping[str, str]) -> bytes:
    """The workbook. villages: id → name."""
    choices = {"kind": [*PLACE_WORDS.values()]} | {name: ["có", "không"] for name in ATTRIBUTE_WORDS}
    return table.xlsx("Điểm công cộng", HEADINGS, (fields_of(each, villages) for each in points), ADVICE, WIDTHS, choices)


def fields_of(point: Point, villages: Mapping[str, str]) -> dict[str, str]:
    """The fields that would be read as this place."""
    said = {name: {YES: "có", NO: "không"}.get(point.attributes.get(name, ""), "") for name in ATTRIBUTE_WORDS}
    return {
        "code": point.point_id, "name": point.name, "kind": PLACE_WORDS[point.kind], "village": villages.get(point.village_id or "", ""), **said,
        "since": point.since, "closed": "x" if point.closed else "",
    }  # fmt: skip


def read(
    rows: Iterable[tuple[int, Fields]], known: Mapping[str, Point], villages: Mapping[str, str], today: str, new_id: Callable[[], str]
) -> tuple[list[Point], list[Finding]]:
    """The places that are new or otherwise than before, and what is wrong. known: id → as it is now; villages: id → name.

    A line without a code that names a place of the register means that place: a list that is brought in twice brings in nothing twice."""
    found: dict[str, Point] = {}
    findings: list[Finding] = []
    of_village = {folded(name): village_id for village_id, name in villages.items()}
    of_name = {_called(each): each for each in known.values() if not each.closed}
    for line, written in rows:
        fields = {name: nfc(written.get(name, "")).strip() for name in HEADINGS}
        point, wrong = _one(line, fields, known, of_village, today, new_id)
        if point is not None and not fields["code"] and (there := of_name.get(_called(point))):
            point = replace(point, point_id=there.point_id, attributes={**there.attributes, **point.attributes})
        if point is not None and point.point_id in found:
            wrong.append(Finding("point_twice", "code" if fields["code"] else "name", line, fields["name"][:200]))
        findings += wrong
        if point is not None and _is_new(known.get(point.point_id), point):
            found[point.point_id] = of_name[_called(point)] = point
    return list(found.values()), findings


def _called(point: Point) -> tuple[str, str, str | None]:
    return point.kind, folded(point.name), point.village_id


def _one(
    line: int, fields: Mapping[str, str], known: Mapping[str, Point], of_village: Mapping[str, str], today: str, new_id: Callable[[], str]
) -> tuple[Point | None, list[Finding]]:
    wrong: list[Finding] = []

    def tell(code: str, where: str, **more: str) -> None:
        wrong.append(Finding(code, where, line, fields[where][:200], more))

    before = known.get(fields["code"])
    if fields["code"] and before is None:
        tell("point_unknown", "code")
    if not fields["name"] or len(fields["name"]) > MOST_NAME:
        tell("text_too_long" if fields["name"] else "text_missing", "name")
    kind = next((code for code, words in PLACE_WORDS.items() if folded(fields["kind"]) in (code, folded(words))), None)
    if kind is None:
        tell("kind_unknown", "kind", choices=", ".join(PLACE_WORDS.values()))
    village = of_village.get(folded(fields["village"]))
    if fields["village"] and village is None:
        tell("village_unknown", "village")
    attributes: dict[str, str] = {}
    for name in ATTRIBUTE_WORDS:
        said = folded(fields[name])
        if said in YES_WORDS or said in NO_WORDS:
            attributes[name] = YES if said in YES_WORDS else NO
        elif said:
            tell("stop_not_understood", name)
    day = days.read(fields["since"]) if fields["since"] else ""
    if day is None:
        tell("day_not_understood", "since")
    elif day > today:
        tell("day_to_come", "since")
    elif before is not None and line and day == before.since:
        day = ""  # what stood in the sheet all along is no wish; in a form somebody wrote it
    closed = folded(fields["closed"])
    if closed and closed not in YES_WORDS and closed not in NO_WORDS:
        tell("stop_not_understood", "closed")
    if wrong or kind is None:
        return None, wrong
    return Point(before.point_id if before else new_id(), day or today, kind, fields["name"], village, attributes, closed in YES_WORDS), wrong


def _is_new(before: Point | None, after: Point) -> bool:
    """Whether it says anything else than what stands, or says it of earlier days too."""
    names = ("kind", "name", "village_id", "attributes", "closed")
    return before is None or after.since < before.since or any(getattr(before, name) != getattr(after, name) for name in names)
