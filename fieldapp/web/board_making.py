"""Completing a criteria board, or making one: its head in a form, its lines from a spreadsheet, looked at before it is used."""

import json
import re
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.intake.board import entries, sheet
from fieldapp.intake.lined import table
from fieldapp.intake.lined.finding import Finding
from fieldapp.store import boards, indicators, journal
from fieldapp.store.engine import Connection, reading, writing
from fieldapp.survey.criteria import Board, Line, plain
from fieldapp.survey.criteria import read as board_of
from fieldapp.survey.day import day_of
from fieldapp.survey.indicator import OWN_CODE
from fieldapp.survey.problems import Refused
from fieldapp.survey.text import folded, nfc
from fieldapp.web import guard
from fieldapp.web.board_values import threshold_words
from fieldapp.web.line_words import finding_words
from fieldapp.web.server import server
from fieldapp.web.words import problem_words

pages = Blueprint("board_making", __name__, url_prefix="/boards")

MOST_LETTERS = {"name": 160, "decision": 120, "area": 60}
MOST_LINES, MOST_UNTIL = 300, 2100


@pages.get("/new")
@guard.signed_in(roles=("officer",))
def new() -> str:
    """The form for a board of the commune's own."""
    return render_template("board_change.html", board=None, values={}, problems={}, told=[])


@pages.get("/<board>/change")
@guard.signed_in(roles=("officer",))
def change(board: str) -> str:
    """The form with the board as it is."""
    with reading(server().engine) as connection:
        found = _board(connection, board)
    return render_template("board_change.html", board=found, values=_values(found), problems={}, told=[])


@pages.post("/change")
@guard.signed_in(roles=("officer",))
def check() -> Any:
    """What the form and the spreadsheet come to; nothing is kept."""
    with reading(server().engine) as connection:
        before = _board(connection, request.form["board"]) if request.form.get("board") else None
        codes = {each.code for each in indicators.of_commune(connection, current_user.commune_id)}
        taken = set(boards.of_commune(connection, current_user.commune_id))
    problems = _problems(request.form)
    lines: tuple[Line, ...] = before.lines if before else ()
    findings: list[Finding] = []
    try:
        given = request.files.get("file")
        if given:
            rows, findings = table.lines(given.read(table.MOST_BYTES + 1), sheet.HEADINGS, sheet.NEEDED)
            if not findings:
                found, findings = sheet.read(rows, codes)
                lines = tuple(found)
        elif before is None:
            problems["file"] = _("Vui lòng chọn tệp có các dòng tiêu chí.")
    except Refused as refused:
        problems["file"] = str(problem_words(refused.problem.code))
    if problems or findings:
        told = [(table.cell_of(each, sheet.HEADINGS), finding_words(each)) for each in findings]
        return render_template("board_change.html", board=before, values=request.form, problems=problems, told=told), 422
    made = _made(request.form, before, lines, taken)
    changes = _changes(before, made)
    carried = json.dumps(plain(made), ensure_ascii=False)
    return render_template("board_check.html", board=made, before=before, changes=changes, carried=carried, threshold_words=threshold_words)


@pages.post("/keep")
@guard.signed_in(roles=("officer",))
def keep() -> Any:
    """Makes it the board in use."""
    try:
        made = board_of(json.loads(request.form.get("carried", "")))
    except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError):
        abort(400)
    if not re.fullmatch(r"[a-z0-9_-]{1,40}", made.code) or len(made.lines) > MOST_LINES:
        abort(400)
    with writing(server().engine) as connection:
        journal.lock(connection, current_user.commune_id)
        there = boards.of_commune(connection, current_user.commune_id).get(made.code)
        if there is not None and there.is_example:
            abort(404)
        boards.publish(connection, current_user.commune_id, made, current_user.account.account_id, server().clock())
    flash(_("Xã dùng bản này từ nay. Số liệu đã nhập giữ theo số của dòng."), "good")
    return redirect(url_for("criteria.one", board=made.code), 303)


def _board(connection: Connection, code: str) -> Board:
    """A board that the commune may complete: examples stay as they were published."""
    found = boards.of_commune(connection, current_user.commune_id).get(code)
    return found if found is not None and not found.is_example else abort(404)


def _values(board: Board) -> dict[str, Any]:
    return {
        "name": board.names["vi"], "decision": board.decision, "area": board.area, "date": board.date, "until": board.until or "",
        "in_all": board.in_all,
    }  # fmt: skip


def _problems(typed: Any) -> dict[str, str]:
    problems = {}
    for name, most in MOST_LETTERS.items():
        if not typed.get(name, "").strip():
            problems[name] = finding_words(Finding("text_missing", name))
        elif len(typed[name]) > most:
            problems[name] = finding_words(Finding("text_too_long", name))
    today = day_of(server().clock())
    day = typed.get("date", "")
    if day != today and entries.day_of_address(day, today) != day:
        problems["date"] = finding_words(Finding("day_not_understood", "date"))
    for name, most in (("until", MOST_UNTIL), ("in_all", MOST_LINES)):
        said = typed.get(name, "").strip()
        if said and not (said.isdecimal() and len(said) < 5 and int(said) <= most):
            problems[name] = finding_words(Finding("number_not_understood", name))
    return problems


def _made(typed: Any, before: Board | None, lines: tuple[Line, ...], taken: set[str]) -> Board:
    name, decision, area = (nfc(typed[each]).strip() for each in MOST_LETTERS)
    until, in_all = (int(typed[each]) if typed.get(each, "").strip() else None for each in ("until", "in_all"))
    names = {**(before.names if before and before.names["vi"] == name else {}), "vi": name}
    code = before.code if before else _code(name, taken)
    made = Board(code, names, decision, typed["date"], until, area, lines, max(in_all or 0, len(lines)))
    return replace(made, lines=tuple(_with_english(each, before) for each in made.lines))


def _with_english(line: Line, before: Board | None) -> Line:
    """An English name that was there and whose Vietnamese did not change stays."""
    old = before.line(line.code) if before else None
    return replace(line, names=dict(old.names)) if old and old.names["vi"] == line.names["vi"] and "en" not in line.names else line


def _code(name: str, taken: set[str]) -> str:
    code = OWN_CODE + (re.sub(r"[^a-z0-9]+", "_", folded(name)).strip("_")[:30] or "bo_tieu_chi")
    return next(each for each in (code, *(f"{code}_{number}" for number in range(2, 1000))) if each not in taken)


def _changes(before: Board | None, after: Board) -> list[tuple[str, Line]]:
    """(what, line) of each line that is new, otherwise than before, or no longer there."""
    old = {each.code: each for each in before.lines} if before else {}
    new = {each.code: each for each in after.lines}
    found = [("added" if code not in old else "changed", line) for code, line in new.items() if old.get(code) != line]
    return found + [("removed", line) for code, line in old.items() if code not in new]
