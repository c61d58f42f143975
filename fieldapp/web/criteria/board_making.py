"""Completing a criteria board, or making one: its head in a form, its lines from a spreadsheet, looked at before it is used.

What was written travels with the page that shows it and is read again when it is kept, so nothing comes in but by the one reader."""

import json
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.intake.board import making, sheet
from fieldapp.intake.board.making import Made
from fieldapp.intake.lined import table
from fieldapp.intake.lined.finding import Finding
from fieldapp.store import boards, indicators, journal
from fieldapp.store.engine import Connection, reading, writing
from fieldapp.survey.criteria import Board
from fieldapp.survey.day import day_of
from fieldapp.survey.indicator import OWN_CODE, current
from fieldapp.survey.problems import Refused
from fieldapp.web import guard
from fieldapp.web.criteria.board_values import threshold_words
from fieldapp.web.line_words import finding_words
from fieldapp.web.meanwhile import is_newer
from fieldapp.web.server import server
from fieldapp.web.words import problem_words

pages = Blueprint("board_making", __name__, url_prefix="/boards")

Rows = list[tuple[int, table.Fields]]
FIELDS = ("code", *making.FIELDS)


@pages.get("/new")
@guard.signed_in(roles=("officer",))
def new() -> str:
    """The form for a board of the commune's own."""
    return _form(None, {}, [])


@pages.get("/<board>/change")
@guard.signed_in(roles=("officer",))
def change(board: str) -> str:
    """The form with the board as it is."""
    with reading(server().engine) as connection:
        found = _board(connection, board)
    return _form(found, {**making.fields_of(found), "since": _today()}, [])


@pages.post("/change")
@guard.signed_in(roles=("officer",))
def check() -> Any:
    """What the form and the spreadsheet come to; nothing is kept."""
    fields = {name: request.form.get(name, "") for name in FIELDS}
    given, problem = request.files.get("file"), ""
    rows: Rows | None = None
    findings: list[Finding] = []
    try:
        if given:
            rows, findings = table.lines(given.read(table.MOST_BYTES + 1), sheet.HEADINGS, sheet.NEEDED)
    except Refused as refused:
        problem = str(problem_words(refused.problem.code))
    with reading(server().engine) as connection:
        before = _board(connection, fields["code"]) if fields["code"] else None
        if problem:
            return _form(before, fields, [], problem), 422
        made = _read(connection, fields, None if findings else rows, before)
        findings = [*findings, *made.findings]
        if findings or made.board is None:
            return _form(before, fields, findings), 422
        return _check(connection, fields, rows, before, made)


@pages.post("/keep")
@guard.signed_in(roles=("officer",))
def keep() -> Any:
    """Makes what was looked at the board in use; it is shown anew if another officer published a version meanwhile."""
    fields, rows = _carried()
    with writing(server().engine) as connection:
        journal.lock(connection, current_user.commune_id)
        before = _board(connection, fields["code"], new=fields["code"].startswith(OWN_CODE))
        made = _read(connection, fields, rows, before)
        if made.board is None:
            return _form(before, fields, list(made.findings)), 422
        if not _is_new(connection, before, made):
            return redirect(url_for("criteria.one", board=made.board.code), 303)  # sent twice
        if is_newer(_version(connection, made.board.code)):
            return _check(connection, fields, rows, before, made, meanwhile=True), 409
        boards.publish(connection, current_user.commune_id, made.board, made.since, current_user.account.account_id, server().clock())
    flash(_("Xã dùng bản này từ nay. Số liệu đã nhập giữ theo số của dòng."), "good")
    return redirect(url_for("criteria.one", board=made.board.code), 303)


def _board(connection: Connection, code: str, new: bool = False) -> Any:
    """A board that the commune may complete: examples stay as they were published, its province's as that set them. new: it may be one that is not
    there yet, None then."""
    found = boards.of_commune(connection, current_user.commune_id).get(code)
    if code in boards.given(connection, current_user.commune_id):
        abort(404)
    if found is None and new:
        return None
    return found if found is not None and not found.is_example else abort(404)


def _read(connection: Connection, fields: dict[str, str], rows: Rows | None, before: Board | None) -> Made:
    every = boards.of_commune(connection, current_user.commune_id).values()
    lines = before.lines if before else ()
    findings: list[Finding] = []
    if rows is not None:
        defined = current(None, indicators.of_commune(connection, current_user.commune_id))
        found, findings = sheet.read(rows, {each.code for each in defined} | {each.indicator for each in lines if each.indicator})
        lines = tuple(found)
    elif before is None:
        findings = [Finding("lines_missing", "file")]
    made = making.read(fields, lines, before, every, _today())
    return Made(None, made.since, (*findings, *made.findings)) if findings else made


def _is_new(connection: Connection, before: Board | None, made: Made) -> bool:
    """Whether it says anything that does not hold already."""
    if before is None or made.board is None or not making.alike(before, made.board):
        return True
    versions = boards.own(connection, current_user.commune_id).get(before.code)
    return made.since < (versions[0].since if versions else before.date)


def _form(before: Board | None, fields: dict[str, str], findings: list[Finding], of_file: str = "") -> str:
    problems = {each.where: finding_words(each) for each in reversed(findings) if not each.line} | ({"file": of_file} if of_file else {})
    told = [(table.cell_of(each, sheet.HEADINGS), finding_words(each)) for each in findings if each.line]
    return render_template("criteria/board_change.html", board=before, values=fields, problems=problems, told=told, today=_today())


def _check(connection: Connection, fields: dict[str, str], rows: Rows | None, before: Board | None, made: Made, meanwhile: bool = False) -> str:
    board = made.board or abort(400)
    carried = {"fields": {**fields, "code": board.code, "since": made.since}, "rows": rows}
    return render_template(
        "criteria/board_check.html", board=board, since=made.since, before=before, changes=making.changes(before, board), meanwhile=meanwhile,
        seen=_version(connection, board.code), is_new=_is_new(connection, before, made), threshold_words=threshold_words,
        carried=json.dumps(carried, ensure_ascii=False),
    )  # fmt: skip


def _version(connection: Connection, code: str) -> int:
    return len(boards.own(connection, current_user.commune_id).get(code, []))


def _carried() -> tuple[dict[str, str], Rows | None]:
    try:
        carried = json.loads(request.form.get("carried", ""))
        fields = {name: str(carried["fields"].get(name, "")) for name in FIELDS}
        rows: Rows = [(int(line), {str(name): str(value) for name, value in said.items()}) for line, said in carried["rows"] or ()]
        return fields, None if carried["rows"] is None else rows
    except (ValueError, KeyError, TypeError, AttributeError):
        abort(400)


def _today() -> str:
    return day_of(server().clock())
