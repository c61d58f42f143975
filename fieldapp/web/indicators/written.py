"""The commune's indicators: seen, written in a form or a spreadsheet, tried over its households, and published as new versions.

Nothing is kept before it is published: what was written travels with the page that shows what it would give."""

import json
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from fieldapp.intake.indicator import answers, reading, sheet
from fieldapp.intake.indicator.reading import FIELDS, Read
from fieldapp.intake.lined import table
from fieldapp.store import accounts, indicators, journal, questionnaires, recounting
from fieldapp.store.engine import Connection, writing
from fieldapp.store.engine import reading as reading_of
from fieldapp.survey.day import day_of
from fieldapp.survey.indicator import GROUPS, current, versions
from fieldapp.survey.problems import Refused
from fieldapp.web import guard
from fieldapp.web.households.listed import XLSX
from fieldapp.web.indicators import trying
from fieldapp.web.jobs import jobs
from fieldapp.web.meanwhile import is_newer
from fieldapp.web.recounting import JOB
from fieldapp.web.server import server
from fieldapp.web.words import problem_words

pages = Blueprint("indicators", __name__, url_prefix="/office/indicators")

REFRESH_S = "3"


@pages.get("")
@guard.signed_in(roles=("officer",))
def page() -> Response:
    """Every indicator, and how far those are that are being counted."""
    return _first()


@pages.get("/all.xlsx")
@guard.signed_in(roles=("officer",))
def exported() -> Response:
    """All of them as a spreadsheet."""
    with reading_of(server().engine) as connection:
        defined = current(None, indicators.of_commune(connection, current_user.commune_id))
    answer = Response(sheet.xlsx(defined), mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="chi-tieu.xlsx"'
    return answer


@pages.get("/new")
@guard.signed_in(roles=("officer",))
def new() -> str:
    """The form for a new one; `question`: the question whose answers it counts, `unit`: what it counts where rules are written by hand."""
    with reading_of(server().engine) as connection:
        _number, form = questionnaires.current(connection, current_user.commune_id)
    question = form.questions.get(request.args.get("question", ""))
    unit = answers.UNIT_OF_GROUP.get(question.group) if question else request.args.get("unit")
    fields = {"unit": unit if unit in ("person", "household") else "", "question": question.name if question and unit else ""}
    return trying.form(fields, {}, form, None)


@pages.get("/<code>")
@guard.signed_in(roles=("officer",))
def change(code: str) -> str:
    """The form with the version that stands, and its earlier ones."""
    with reading_of(server().engine) as connection:
        line = versions(code, indicators.standing(connection, current_user.commune_id)) or abort(404)
        _number, form = questionnaires.current(connection, current_user.commune_id)
    return trying.form({**trying.fields_of(line[-1], form), "valid_from": _today()}, {}, form, line)


@pages.post("/check")
@guard.signed_in(roles=("officer",))
def check() -> Any:
    """What the form would give; nothing is kept."""
    with reading_of(server().engine) as connection:
        _number, form = questionnaires.current(connection, current_user.commune_id)
        fields = trying.written(request.form, form)
        (read,) = _read(connection, [(0, fields)])
        line = versions(fields.get("code", ""), indicators.standing(connection, current_user.commune_id))
        if read.refused or "again" in request.form:
            return trying.form(fields, trying.problems_of(read), form, line or None), 422
        return trying.page(connection, [read], _seen(connection), [])


@pages.post("/import")
@guard.signed_in(roles=("officer",))
def imported() -> Any:
    """What a spreadsheet would change; nothing is kept."""
    given = request.files.get("file")
    try:
        lines, findings = sheet.lines(given.read(table.MOST_BYTES + 1) if given else b"")
    except Refused as refused:
        return _first(problem_words(refused.problem.code)), 422
    with reading_of(server().engine) as connection:
        read = _read(connection, lines)
        wrong = bool(findings) or any(each.refused for each in read)
        return trying.page(connection, read, _seen(connection), findings), 422 if wrong else 200


@pages.post("/publish")
@guard.signed_in(roles=("officer",))
def publish() -> Any:
    """Makes what was looked at the next versions; they stand once every household is counted by them."""
    lines = _carried()
    with writing(server().engine) as connection:
        journal.lock(connection, current_user.commune_id)
        read = _read(connection, lines)
        made = [each.new for each in read if each.new]
        if not made or any(each.refused for each in read) or is_newer(_seen(connection)):
            return trying.page(connection, read, _seen(connection), []), 409
        indicators.publish(connection, current_user.commune_id, made, current_user.account.account_id, server().clock())
    jobs().put(JOB, current_user.commune_id)
    said = ngettext("Đã phát hành %(num)s chỉ tiêu.", "Đã phát hành %(num)s chỉ tiêu.", len(made))
    flash(f"{said} {_('Tính xong cả xã thì số liệu theo bản mới; đến lúc đó các trang còn theo bản cũ.')}", "good")
    return redirect(url_for("indicators.page"), 303)


@pages.post("/cancel")
@guard.signed_in(roles=("officer",))
def cancel() -> Any:
    """Gives up what is being counted; the versions before stand as they stood."""
    with writing(server().engine) as connection:
        journal.lock(connection, current_user.commune_id)
        given_up = indicators.cancel(connection, current_user.commune_id, current_user.account.account_id)
    if given_up:
        flash(_("Đã dừng. Số liệu giữ như trước: %(names)s.", names=", ".join(each.short["vi"] for each in given_up)), "good")
    return redirect(url_for("indicators.page"), 303)


def _read(connection: Connection, lines: list[tuple[int, Any]]) -> list[Read]:
    commune_id = current_user.commune_id
    _number, form = questionnaires.current(connection, commune_id)
    known, given = indicators.standing(connection, commune_id), indicators.numbers(connection, commune_id)
    return reading.read(lines, known, given, form, _today())


def _carried() -> list[tuple[int, dict[str, str]]]:
    try:
        rows = json.loads(request.form.get("carried", ""))
        return [(int(line), {name: str(fields.get(name, "")) for name in FIELDS}) for line, fields in rows]
    except (ValueError, TypeError, AttributeError):
        abort(400)


def _seen(connection: Connection) -> int:
    """How many versions of all indicators were ever published: what the page that looks at new ones shows."""
    return len(indicators.own(connection, current_user.commune_id))


def _first(problem: Any = None) -> Response:
    with reading_of(server().engine) as connection:
        own = indicators.own(connection, current_user.commune_id)
        defined = indicators.of_commune(connection, current_user.commune_id)
        done, all = recounting.how_far(connection, current_user.commune_id)
        people = {each.account_id: each.name for each in accounts.of_commune(connection, current_user.commune_id)}
    shown = {"groups": [(group, [each for each in current(None, defined) if each.group == group]) for group in GROUPS]}
    by_key = {each.indicator.key: each for each in own}
    counting = [each.indicator for each in own if each.state == indicators.COUNTING]
    stopped = [line[-1] for line in map(lambda code: versions(code, defined), {each.code: None for each in defined}) if line[-1].stopped]
    answer = Response(
        render_template(
            "indicators/indicators.html", by_key=by_key, people=people, counting=counting, stopped=stopped, done=done,
            all=all, problem=problem, **shown
        )
    )
    if counting:
        answer.headers["Refresh"] = REFRESH_S
    return answer


def _today() -> str:
    return day_of(server().clock())
