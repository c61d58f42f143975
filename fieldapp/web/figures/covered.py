"""The coverage as a table, with its words: the same one on the page and in its files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.figures import coverage
from fieldapp.figures.coverage import Done, Doors, Place
from fieldapp.store.areas import Village
from fieldapp.store.teams import NO_TEAM
from fieldapp.survey.day import day_of
from fieldapp.survey.event import OUTCOMES
from fieldapp.web import guard
from fieldapp.web.formats import village_name
from fieldapp.web.households import asked
from fieldapp.web.server import server


@dataclass(frozen=True, slots=True)
class Line:
    """first: what the line is about, a name or a day; query: the list of its households, None where there is none."""

    first: str | date
    numbers: list[int]
    query: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """sum: of all lines, None where a household may stand in two of them."""

    headings: list[str]
    lines: list[Line]
    sum: Line | None


def titles() -> dict[str, str]:
    """Way to cut the coverage → its title."""
    return {"village": _("Theo thôn"), "team": _("Theo tổ"), "member": _("Theo người"), "day": _("Theo ngày")}


def table(connection: Any, by: str) -> Table:
    """The coverage that the signed-in person sees, cut by village, team, member or day."""
    commune_id, seen, today = current_user.commune_id, guard.villages_seen(connection), day_of(server().clock())
    if by == "member":
        return _of_visits(_("Thành viên"), coverage.of_members(connection, commune_id, today, seen))
    if by == "day":
        days = coverage.of_days(connection, commune_id, seen)
        return _of_visits(_("Ngày"), [(date.fromisoformat(day), doors) for day, doors in days])
    found = coverage.places(connection, commune_id, today, seen, asked.team_told())
    if by == "team":
        return Table(_door_headings(_("Tổ")), [_door_line(each) for each in found.teams], None)
    whole = Line(_("Cộng"), _door_numbers(found.all, found.often, found.due))
    return Table(_door_headings(_("Thôn")), [_door_line(each) for each in found.villages], whole)


def _door_headings(first: str) -> list[str]:
    stands = [str(asked.outcome_words(each)) for each in coverage.STANDS]
    return [first, _("Hộ đang ở"), _("Đã khảo sát"), *stands, _("Vắng từ 2 lần"), _("Có việc đến hạn")]


def _door_numbers(doors: Doors, often: int, due: int) -> list[int]:
    return [doors.registered, doors.surveyed, *(doors.standing[each] for each in coverage.STANDS), often, due]


def _door_line(place: Place) -> Line:
    return Line(name_of(place), _door_numbers(place.doors, place.often, place.due), query_of(place))


def name_of(place: Place) -> str:
    """What a line about a village or a team begins with."""
    if place.of is None:
        return _("Chưa giao tổ nào")
    return village_name(place.of) if isinstance(place.of, Village) else place.of.name


def query_of(place: Place) -> dict[str, str]:
    """What the list of households is asked for to show those of a village or a team."""
    if place.of is None:
        return {"team": NO_TEAM}
    return {"village": place.of.village_id} if isinstance(place.of, Village) else {"team": place.of.team_id}


def _of_visits(first: str, found: Iterable[tuple[str | date, Done]]) -> Table:
    found = list(found)
    headings = [first, _("Lượt đến"), *(str(asked.outcome_words(each)) for each in OUTCOMES)]
    lines = [Line(name, [sum(done.values()), *done.values()]) for name, done in found]
    return Table(headings, lines, Line(_("Cộng"), [sum(column) for column in zip(*(line.numbers for line in lines), strict=True)]))
