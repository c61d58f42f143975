"""Criteria boards: which there are, how each stands on a day, one line with its history, and the values that officers enter."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.figures import criteria as figures
from fieldapp.figures.reporting import new_id
from fieldapp.intake.board import entries, sheet
from fieldapp.intake.lined.finding import Finding
from fieldapp.store import accounts, areas, boards, journal, reported
from fieldapp.store.engine import Connection, reading, writing
from fieldapp.store.reported import Entry, File
from fieldapp.survey.criteria import BOARDS, REPORTED, Board, Line
from fieldapp.survey.day import day_of
from fieldapp.web import guard
from fieldapp.web.criteria.board_values import is_near, said, threshold_words, value_words
from fieldapp.web.formats import day as day_words
from fieldapp.web.households.listed import XLSX
from fieldapp.web.line_words import finding_words
from fieldapp.web.server import server
from fieldapp.web.words import words

pages = Blueprint("criteria", __name__, url_prefix="/boards")

SEEN_BY = ("officer", "auditor")
MIMETYPES = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "xlsx": XLSX,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip

SAY = {"value_words": value_words, "threshold_words": threshold_words, "said": said, "is_near": is_near}


@pages.get("")
@guard.signed_in(roles=SEEN_BY)
def page() -> str:
    """Every board, and how many of its lines are done."""
    with reading(server().engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        every = boards.of_commune(connection, commune.commune_id).values()
        followed = {each.code for each in boards.followed(connection, commune.commune_id)}
        rows = figures.of_boards(connection, commune.commune_id, every, _today(), _today())
        given = boards.given(connection, commune.commune_id)
    return render_template("criteria/boards.html", commune=commune, rows=rows, followed=followed, given=given)


@pages.get("/<board>")
@guard.signed_in(roles=SEEN_BY)
def one(board: str) -> Any:
    """A board as it stood at the end of a day (`on`; today where none is asked for)."""
    on = _day_asked()
    with reading(server().engine) as connection:
        since = boards.given_from(connection, current_user.commune_id, board)
        if since is not None and on < since:
            return _not_yet(board, on, since), 404
        commune, found = areas.commune(connection, current_user.commune_id), _board(connection, board, on)
        standing = figures.of_board(connection, commune.commune_id, found, on, _today())
        followed = board in {each.code for each in boards.followed(connection, commune.commune_id)}
        given = board in boards.given(connection, commune.commune_id, on)
        versions = boards.own(connection, commune.commune_id).get(board, [])
        people = {each.account_id: each.name for each in accounts.of_commune(connection, commune.commune_id)}
    groups = list(dict.fromkeys(each.line.group for each in standing.lines))
    laid_out = [(group, [each for each in standing.lines if each.line.group == group]) for group in groups]
    shown = {"commune": commune, "standing": standing, "groups": laid_out, "on": on, "today": _today(), "followed": followed, "people": people}
    shown |= {"given": given, "since": since}
    return render_template("criteria/board.html", **shown, versions=versions, in_force=boards.in_force(versions, on), **SAY)


@pages.post("/<board>/follow")
@guard.signed_in(roles=("officer",))
def follow(board: str) -> Any:
    """Sets the commune's figures beside this board's thresholds, or no longer."""
    with writing(server().engine) as connection:
        journal.lock(connection, current_user.commune_id)  # what another officer follows meanwhile stays followed
        found, given = _board(connection, board), boards.given(connection, current_user.commune_id)
        if found.is_example or board in given:
            abort(404)
        codes = {each.code for each in boards.followed(connection, current_user.commune_id)} - {board} - given.keys()
        wanted = codes | {board} if request.form.get("follow") else codes
        boards.follow(connection, current_user.commune_id, wanted, current_user.account.account_id)
    flash(_("Từ nay trang Tổng quan và báo cáo so với ngưỡng của bộ này.") if board in wanted else _("Đã thôi so với bộ này."), "good")
    return redirect(url_for("criteria.one", board=board), 303)


@pages.get("/<board>.xlsx")
@guard.signed_in(roles=SEEN_BY)
def exported(board: str) -> Response:
    """Its lines as a spreadsheet, with how they stand (`on` a day)."""
    on = _day_asked()
    with reading(server().engine) as connection:
        found = _board(connection, board, on)
        standing = figures.of_board(connection, current_user.commune_id, found, on, _today())
    now = {
        each.line.code: {
            "value": value_words(each), "day": day_words(each.day) if each.day else "", "state": str(words("state", each.state)),
        } for each in standing.lines
    }  # fmt: skip
    answer = Response(sheet.xlsx(found.lines, now), mimetype=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.code}.xlsx"'
    return answer


@pages.get("/<board>/lines/<line>")
@guard.signed_in(roles=SEEN_BY)
def line_page(board: str, line: str) -> str:
    """A line: how it stands, what was ever entered for it, and the form for another value."""
    return _line_page(board, line, {}, {})


@pages.post("/<board>/lines/<line>")
@guard.signed_in(roles=("officer",))
def enter(board: str, line: str) -> Any:
    """Keeps a reported value with its source and file."""
    given = request.files.get("file")
    content = given.read(entries.MOST_BYTES + 1) if given else b""
    name = (given.filename or "") if given else ""
    now = server().clock()
    with writing(server().engine) as connection:
        journal.lock(connection, current_user.commune_id)
        found = _reported_line(connection, board, line)
        read = entries.read(found, request.form, _today())
        wrong = entries.wrong_file(name, content, reported.size_of_files(connection, current_user.commune_id)) if name else None
        findings = [*read.findings, *([wrong] if wrong else [])]
        if findings or read.value is None:
            problems = _told(findings)
        else:
            problems = {}
            file = _file(name, content, now) if name else None
            entry = Entry(
                request.form.get("new", ""), board, line, read.day, read.value, read.source, file.file_id if file else None, now,
                current_user.account.account_id,
            )  # fmt: skip
            _keep(connection, entry, file)
    if problems:
        return _line_page(board, line, request.form, problems), 422
    flash(_("Đã ghi."), "good")
    return redirect(url_for("criteria.line_page", board=board, line=line), 303)


@pages.post("/<board>/withdraw/<line>")
@guard.signed_in(roles=("officer",))
def withdraw(board: str, line: str) -> Any:
    """Lets a value stand no more; it stays in the history, struck through."""
    with writing(server().engine) as connection:
        _reported_line(connection, board, line)
        entry_id = request.form.get("entry", "")
        done = reported.withdraw(connection, current_user.commune_id, board, line, entry_id, current_user.account.account_id, server().clock())
    if not done:
        abort(404)
    flash(_("Đã rút giá trị này. Dòng theo giá trị trước đó."), "good")
    return redirect(url_for("criteria.line_page", board=board, line=line), 303)


@pages.get("/files/<file_id>")
@guard.signed_in(roles=SEEN_BY)
def file(file_id: str) -> Response:
    """A file that proves a value, to be saved; never shown as a page of ours."""
    with reading(server().engine) as connection:
        found = reported.file(connection, current_user.commune_id, file_id) or abort(404)
    answer = Response(found.content, mimetype=MIMETYPES[found.kind])
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    return answer


def _not_yet(board: str, on: str, since: str) -> str:
    """A page instead of a board that did not hold yet that day."""
    title = _("Ngày %(day)s tỉnh chưa đặt mục tiêu", day=day_words(on))
    advice = _("Mục tiêu của tỉnh có từ ngày %(day)s. Trước ngày ấy không có gì để so.", day=day_words(since))
    way = url_for("criteria.one", board=board, on=since), _("Xem ngày %(day)s", day=day_words(since))
    return render_template("error.html", title=title, advice=advice, way=way)


def _line_page(board: str, code: str, values: Any, problems: dict[str, str]) -> str:
    with reading(server().engine) as connection:
        found = _board(connection, board)
        line, used = _line(connection, found, code)
        one_line = replace(found, lines=(line,))
        (now,) = figures.of_board(connection, current_user.commune_id, one_line, _today(), _today()).lines
        history = reported.of_line(connection, current_user.commune_id, board, code)
        people = {each.account_id: each.name for each in accounts.of_commune(connection, current_user.commune_id)}
    shown = {"board": found, "line": line, "now": now, "history": history, "people": people, "used": used}
    shown |= {"today": _today(), "new": new_id(server().clock())}
    return render_template("criteria/board_line.html", **shown, values=values, problems=problems, **SAY)


def _board(connection: Connection, code: str, on: str | None = None) -> Board:
    return boards.of_commune(connection, current_user.commune_id, on).get(code) or abort(404)


def _day_asked() -> str:
    return entries.day_of_address(request.args.get("on", ""), _today())


def _line(connection: Connection, board: Board, code: str) -> tuple[Line, bool]:
    """A line, and whether the board in use has it: what was entered for one that was taken out stays to be seen."""
    former = (each.board for each in boards.own(connection, current_user.commune_id).get(board.code, []))
    found = next((line for each in (board, *former, BOARDS.get(board.code, board)) if (line := each.line(code))), None)
    return found or abort(404), board.line(code) is not None


def _reported_line(connection: Connection, board: str, code: str) -> Line:
    """A line of a board of the commune's that officers report; else 404."""
    found = _board(connection, board)
    line = found.line(code)
    if found.is_example or line is None or line.kind != REPORTED:
        abort(404)
    return line


def _told(findings: list[Finding]) -> dict[str, str]:
    return {each.where: finding_words(each) for each in reversed(findings)}


def _file(name: str, content: bytes, now: str) -> File:
    kind = entries.kind_of(content) or ""
    return File(new_id(now), entries.name_of(name, kind), kind, content, reported.hashed(content))


def _keep(connection: Connection, entry: Entry, file: File | None) -> None:
    """Keeps an entry once, however often its form is sent; a form that says something else than it said first is another entry."""
    kept = reported.by_id(connection, current_user.commune_id, entry.entry_id)
    if not _is_id(entry.entry_id) or (kept is not None and not reported.same(kept, entry)):
        entry = replace(entry, entry_id=new_id(entry.entered_at))
    reported.enter(connection, current_user.commune_id, entry, file)


def _is_id(text: str) -> bool:
    return len(text) == 36 and text.replace("-", "").isalnum()


def _today() -> str:
    return day_of(server().clock())
