"""The households of the commune: searched, filtered, page by page, printed and exported. Each of them shown is logged."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.paper.household_list import written
from fieldapp.store import areas, listing
from fieldapp.store.engine import reading
from fieldapp.store.listing import Row
from fieldapp.store.visits import ACTIVE
from fieldapp.survey.event import OUTCOMES
from fieldapp.web import guard, words
from fieldapp.web.formats import day, moment, ngettext, village_name
from fieldapp.web.households import asked, own_answers
from fieldapp.web.sending import sent
from fieldapp.web.server import server

pages = Blueprint("households", __name__)

ROWS_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/households")
@guard.signed_in
def page() -> str:
    """One page of the list; `after`: the place where the last page ended."""
    with reading(server().engine) as connection:
        address = asked.read(connection)
        commune_id = current_user.commune_id
        rows, following = listing.page(connection, commune_id, address.asked, request.args.get("after"), ROWS_A_PAGE)
        counted = listing.counts(connection, commune_id, address.asked)
        narrowed = address.asked.filters or address.asked.outcome
        all = listing.count(connection, commune_id, address.asked) if narrowed else counted["all"]
        names = areas.names(connection, commune_id)
    guard.note_reading("list", [row.household_id for row in rows])
    beside = "" if narrowed else _beside(all - counted["registered"])
    shown = {"rows": rows, "following": following, "counts": counted, "all": all, "beside": beside, "names": names, "outcomes": ("none", *OUTCOMES)}
    return render_template("households/households.html", address=address, filters=asked.filters_seen(), outcome_words=asked.outcome_words, **shown)


@pages.get("/households/print")
@guard.signed_in
def printed() -> str:
    """The whole list for a walk with paper and pencil: by village, in the order of doors."""
    with reading(server().engine) as connection:
        address, names = asked.read(connection), areas.names(connection, current_user.commune_id)
        rows = list(listing.everything(connection, current_user.commune_id, address.asked))
    guard.note_reading("print", [row.household_id for row in rows])
    by_village: dict[str, list[Row]] = {}
    for row in rows:
        by_village.setdefault(row.village_id, []).append(row)
    shown = {"by_village": by_village, "names": names, "all": len(rows), "beside": _beside(_gone(rows))}
    return render_template("households/households_print.html", title=asked.in_words(address), now=server().clock(), **shown)


@pages.get("/households/export.<any(xlsx, csv):kind>")
@guard.signed_in
def exported(kind: str) -> Response:
    """The whole list as a spreadsheet: xlsx or csv; written down as it is read, and sent as it was written."""
    read: list[str] = []
    own = own_answers.questions()
    with reading(server().engine) as connection:
        address, commune = asked.read(connection), areas.commune(connection, current_user.commune_id)
        names = areas.names(connection, commune.commune_id)
        file = written(kind, _about(connection, commune, address), [*_headings(), *(words.question(each.name) for each in own)], (
            [*_cells(row, names), *(own_answers.cell(each, state) for each in own)] for row, state in _rows(connection, address, bool(own), read)
        ))  # fmt: skip
    guard.note_reading("export", read)
    answer = sent(file, XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="danh-sach-ho-{commune.code}-{day(address.asked.today).replace("/", "-")}.{kind}"'
    return answer


def _about(connection: Any, commune: areas.Commune, address: asked.Address) -> list[str]:
    all, gone = (ask(connection, commune.commune_id, address.asked) for ask in (listing.count, listing.gone))
    counted = ngettext("%(num)s hộ, tính đến %(moment)s", "%(num)s hộ, tính đến %(moment)s", all, moment=moment(server().clock()))
    return [f"{commune.name}: {asked.in_words(address)}", "; ".join(filter(None, (counted, _beside(gone))))]


def _rows(connection: Any, address: asked.Address, known: bool, read: list[str]) -> Iterator[tuple[Row, Any]]:
    """Every household, with what is known of it where somebody asks; its id goes to those that were read."""
    rows = listing.everything(connection, current_user.commune_id, address.asked)
    for row, state in listing.with_states(connection, current_user.commune_id, rows) if known else ((row, {}) for row in rows):
        read.append(row.household_id)
        yield row, state


def _gone(rows: list[Row]) -> int:
    return sum(row.status != ACTIVE for row in rows)


def _beside(gone: int) -> str:
    """How many of a list's households the coverage does not count; nothing where it counts all."""
    words = ngettext("%(num)s nhà trống hoặc đã chuyển đi, không tính vào độ phủ", "%(num)s nhà trống hoặc đã chuyển đi, không tính vào độ phủ", gone)
    return words if gone else ""


def _headings() -> list[str]:
    always = [
        _("Mã hộ"), _("Thôn"), _("Chủ hộ"), _("Địa chỉ"), _("Số người"), _("Kết quả gần nhất"), _("Ngày đến"), _("Số lần vắng"),
        _("Hẹn lại"), _("Cần xem lại"),
    ]  # fmt: skip
    return [*always, *([_("Hộ nghèo")] if current_user.role == "officer" else [])]


def _cells(row: Row, names: dict[str, areas.Village]) -> list[Any]:
    always = [
        row.code, village_name(names[row.village_id]), row.head, row.address, row.residents, str(asked.outcome_words(row.outcome)),
        row.day and date.fromisoformat(row.day), row.absences, row.return_on and date.fromisoformat(row.return_on), row.flags + row.contested or None,
    ]  # fmt: skip
    return [*always, *([str(words.words("poverty", row.poverty))] if current_user.role == "officer" else [])]
