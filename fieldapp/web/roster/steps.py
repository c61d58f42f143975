"""A roster file's way in: uploaded, its columns set, tried dry, imported whole; each step a page, and nothing is written before the last."""

import os
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.intake.roster import columns, sheets, template
from fieldapp.store import accounts, areas, uploads
from fieldapp.store.engine import reading, writing
from fieldapp.store.uploads import Upload
from fieldapp.survey.day import instant, moment
from fieldapp.survey.ids import RANDOM_BYTES, uuid7
from fieldapp.survey.problems import Refused
from fieldapp.survey.text import nfc
from fieldapp.web import guard
from fieldapp.web.households.listed import XLSX
from fieldapp.web.jobs import jobs
from fieldapp.web.roster import rostering
from fieldapp.web.server import server
from fieldapp.web.words import problem_words

pages = Blueprint("roster", __name__, url_prefix="/office/roster")

KEPT_HOURS = 24
ROWS_SHOWN, PROBLEMS_A_PAGE = 8, 100
FIRST = ("changed", "new", "same")  # in the dry run, what asks for a look comes first


@pages.get("")
@guard.signed_in(roles=("officer",))
def page() -> str:
    """Where a file is given; and what came of the earlier ones."""
    return _first()


@pages.post("")
@guard.signed_in(roles=("officer",))
def take() -> Any:
    """Takes a file, if it can be read at all."""
    given, now = request.files.get("file"), server().clock()
    content = given.read() if given else b""
    try:
        sheets.sheets(content)
    except Refused as refused:
        return _first(problem_words(refused.problem.code)), 422
    upload_id = uuid7(int(instant(now).timestamp() * 1000), os.urandom(RANDOM_BYTES))
    name = nfc(PurePath(given.filename or "").name if given else "")[:120]
    with writing(server().engine) as connection:
        uploads.add(connection, current_user.commune_id, Upload(upload_id, current_user.account.account_id, now, name, content, {}, "new", {}))
    return redirect(url_for("roster.columns_page", upload_id=upload_id), 303)


@pages.get("/template.xlsx")
@guard.signed_in(roles=("officer",))
def empty_list() -> Response:
    """A list to fill in, with the commune's villages to choose from."""
    with reading(server().engine) as connection:
        villages = areas.villages(connection, current_user.commune_id)
    answer = Response(template.xlsx([each.name for each in villages]), mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="mau-danh-sach-ho.xlsx"'
    return answer


@pages.get("/<upload_id>")
@guard.signed_in(roles=("officer",))
def columns_page(upload_id: str) -> str:
    """What each column is, as guessed or set, over the first lines."""
    with reading(server().engine) as connection:
        upload = _open(connection, upload_id)
        villages = areas.villages(connection, current_user.commune_id)
    sheet, every = rostering.sheet_of(upload)
    chosen = rostering.choices_of(upload, sheet, villages)
    shown = {"sheet": sheet, "sheets": every, "chosen": chosen, "villages": villages, "fields": columns.FIELDS}
    of_column = {index: field for field, index in chosen.columns.items()}
    near = {spelling: columns.nearest(spelling, villages) for spelling, known in chosen.villages.items() if spelling and known is None}
    wide = max((len(row) for row in sheet.rows[chosen.header_line - 1 : chosen.header_line + ROWS_SHOWN]), default=0)
    guard.note_reading("roster", [], len(sheet.rows[chosen.header_line : chosen.header_line + ROWS_SHOWN]))
    return render_template("roster/roster_columns.html", upload=upload, of_column=of_column, near=near, wide=wide, rows_shown=ROWS_SHOWN, **shown)


@pages.post("/<upload_id>")
@guard.signed_in(roles=("officer",))
def set_columns(upload_id: str) -> Any:
    """Keeps what the officer set, and goes on to the dry run, or shows the columns again for another sheet."""
    typed = request.form
    chosen = {name.removeprefix("column-"): field for name, field in typed.items() if name.startswith("column-") and field in columns.FIELDS}
    choices = {
        "sheet": typed.get("sheet", ""), "header_line": max(1, typed.get("header_line", 1, type=int)),
        "columns": {field: int(index) for index, field in chosen.items() if index.isdecimal() and len(index) < 5},
        "shape": "person" if typed.get("shape") == "person" else "household",
        "villages": dict(zip(typed.getlist("spelling"), typed.getlist("village"), strict=False)),
    }  # fmt: skip
    with writing(server().engine) as connection:
        upload = _open(connection, upload_id)
        another = typed.get("sheet") != typed.get("sheet_before")
        uploads.choose(connection, current_user.commune_id, upload_id, {"sheet": choices["sheet"]} if another else choices)
    again = another or "again" in typed
    return redirect(url_for("roster.columns_page" if again else "roster.dry_run", upload_id=upload.upload_id), 303)


@pages.get("/<upload_id>/check")
@guard.signed_in(roles=("officer",))
def dry_run(upload_id: str) -> str:
    """What would happen, and what is wrong with which line; nothing is written."""
    first, at = (max(0, request.args.get(name, 0, type=int)) for name in ("from", "at"))
    with reading(server().engine) as connection:
        upload = _open(connection, upload_id)
        found, planned = rostering.read(connection, current_user.commune_id, upload, server().clock())
        villages = areas.names(connection, current_user.commune_id)
    steps = sorted(planned.steps, key=lambda step: FIRST.index(step.what))[at : at + PROBLEMS_A_PAGE]
    missing = planned.missing[:PROBLEMS_A_PAGE]
    kept = [step for step in planned.steps if step.contradicted or step.kept_out][:PROBLEMS_A_PAGE]
    problems = found.problems[first : first + PROBLEMS_A_PAGE]
    known = {each.household_id for each in (*(step.known for step in (*steps, *kept)), *missing) if each}
    new = {step.household.lines[0] for step in steps if step.known is None}
    guard.note_reading("roster", known, len({each.line for each in problems} | new))
    shown = {"kept": kept, "villages": villages, "problems": problems, "first": first, "page_size": PROBLEMS_A_PAGE}
    return render_template("roster/roster_check.html", upload=upload, found=found, planned=planned, steps=steps, at=at, missing=missing, **shown)


@pages.get("/<upload_id>/wrong-lines.xlsx")
@guard.signed_in(roles=("officer",))
def wrong(upload_id: str) -> Response:
    """What can't be taken, with what is wrong beside it: to be mended and uploaded again."""
    with reading(server().engine) as connection:
        upload = _open(connection, upload_id)
        villages = areas.villages(connection, current_user.commune_id)
    content, count = rostering.wrong_lines(upload, villages, server().clock())
    guard.note_reading("roster", [], count)
    answer = Response(content, mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="dong-can-sua.xlsx"'
    return answer


@pages.post("/<upload_id>/import")
@guard.signed_in(roles=("officer",))
def begin(upload_id: str) -> Any:
    """Begins the import; with lines that can't be taken only when the officer said to leave them out."""
    commune_id, account_id = current_user.commune_id, current_user.account.account_id
    with reading(server().engine) as connection:
        found, _planned = rostering.read(connection, commune_id, _open(connection, upload_id), server().clock())
    if not found.households or (found.fatal and "leave_out" not in request.form):
        flash(_("Còn dòng sai. Vui lòng sửa tệp, hoặc chọn bỏ qua các dòng đó."), "bad")
        return redirect(url_for("roster.dry_run", upload_id=upload_id), 303)
    with writing(server().engine) as connection:
        begun = uploads.begin(connection, commune_id, upload_id)
    if begun:
        jobs().begin(upload_id)
        jobs().put(rostering.JOB, commune_id, account_id, upload_id)
    return redirect(url_for("roster.progress", upload_id=upload_id), 303)


@pages.get("/<upload_id>/progress")
@guard.signed_in(roles=("officer",))
def progress(upload_id: str) -> Response:
    """How far the import is; the page asks again by itself until it is over."""
    with reading(server().engine) as connection:
        upload = uploads.by_id(connection, current_user.commune_id, upload_id) or abort(404)
    answer = Response(render_template("roster/roster_progress.html", upload=upload, progress=jobs().progress(upload_id)))
    if upload.state == "running":
        answer.headers["Refresh"] = "2"
    return answer


@pages.post("/<upload_id>/stop")
@guard.signed_in(roles=("officer",))
def stop(upload_id: str) -> Any:
    """Asks the import to stop: nothing of it will have been written."""
    with reading(server().engine) as connection:
        uploads.by_id(connection, current_user.commune_id, upload_id) or abort(404)
    jobs().stop(upload_id)
    return redirect(url_for("roster.progress", upload_id=upload_id), 303)


@pages.post("/<upload_id>/drop")
@guard.signed_in(roles=("officer",))
def drop(upload_id: str) -> Any:
    """Gives the file up; its content goes."""
    with writing(server().engine) as connection:
        _open(connection, upload_id)
        uploads.drop(connection, current_user.commune_id, [upload_id])
    flash(_("Đã bỏ tệp. Chưa ghi gì vào sổ."), "good")
    return redirect(url_for("roster.page"), 303)


def _open(connection: Any, upload_id: str) -> Upload:
    """The commune's upload, still to be imported; else 404."""
    upload = uploads.by_id(connection, current_user.commune_id, upload_id)
    if upload is None or upload.state not in uploads.OPEN or upload.content is None:
        abort(404)
    return upload


def _first(problem: Any = None) -> str:
    now, commune_id = server().clock(), current_user.commune_id
    with writing(server().engine) as connection:
        forgotten = uploads.old(connection, commune_id, moment(instant(now) - timedelta(hours=KEPT_HOURS)))
        if forgotten:
            uploads.drop(connection, commune_id, forgotten)
        rows = uploads.of_commune(connection, commune_id)
        people = {each.account_id: each.name for each in accounts.of_commune(connection, commune_id)}
        villages = areas.villages(connection, commune_id)
    return render_template("roster/roster.html", rows=rows, people=people, villages=villages, problem=problem)
