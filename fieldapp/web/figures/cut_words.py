"""Words of cuts and of their parts, wherever figures are cut: in reports and on the province's pages."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from fieldapp.figures.cuts import Part
from fieldapp.survey.cut import PLACE, TEAM
from fieldapp.survey.disclosure import REST
from fieldapp.web import words

CUT = {
    TEAM: later("Tổ"), PLACE: later("Nơi ở"), "sex": later("Giới tính"), "age": later("Nhóm tuổi"), "poverty": later("Hộ nghèo, cận nghèo"),
}  # fmt: skip
PLACE_WORDS = {"urban": later("Khu phố, tổ dân phố đô thị"), "rural": later("Nông thôn")}


def part_words(kind: str, part: str) -> Any:
    """A cut's part as a row has it."""
    if part == REST:
        return _("Không rõ thuộc nhóm nào") if kind != "poverty" else _("Không có trong danh sách hộ nghèo")
    if kind == TEAM:
        return _("Chưa giao tổ nào")
    if kind == PLACE:
        return PLACE_WORDS[part]
    if kind == "age":
        return _("%(age)s tuổi trở lên", age=part[:-1]) if part.endswith("+") else _("%(band)s tuổi", band=part.replace("-", "–"))
    return words.words(kind, part)


def name_of(kind: str, part: Part | None) -> str:
    """What a part is called, a team by its own name; of None the cut itself."""
    return str(CUT[kind]) if part is None else part.name or str(part_words(kind, part.code))
