"""The commune's questionnaire: seen, taken away as a spreadsheet, brought back changed, looked at, and published as a new version.

Nothing is kept before it is published: the file itself travels with the page that shows what it would do."""

import base64
from dataclasses import astuple
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.intake.form import bringing, tables, workbook
from fieldapp.intake.form.bringing import Brought
from fieldapp.intake.xlsform import shipped_sheets
from fieldapp.store import accounts, indicators, journal, questionnaires
from fieldapp.store.engine import Connection, reading, writing
from fieldapp.survey.problems import Problem, Refused
from fieldapp.survey.questionnaire import NAMES, Questionnaire
from fieldapp.web import guard
from fieldapp.web.households.listed import XLSX
from fieldapp.web.questionnaire.screens_of import Screens, screens_of
from fieldapp.web.server import server
from fieldapp.web.words import problem_words

pages = Blueprint("questionnaire", __name__, url_prefix="/office/questionnaire")

FINDINGS_SHOWN = 200


@pages.get("")
@guard.signed_in(roles=("officer",))
def page() -> str:
    """The version in use, and every earlier one."""
    return _first()


@pages.get("/screens")
@guard.signed_in(roles=("officer",))
def screens() -> str:
    """What phones ask now."""
    with reading(server().engine) as connection:
        number, form = questionnaires.current(connection, current_user.commune_id)
    return render_template("questionnaire/questionnaire_screens.html", number=number, screens=screens_of(form))


@pages.get("/<int:number>.xlsx")
@guard.signed_in(roles=("officer",))
def exported(number: int) -> Response:
    """A version as a spreadsheet."""
    with reading(server().engine) as connection:
        sheets = questionnaires.source(connection, current_user.commune_id, number)
    if sheets is None and number == questionnaires.FIRST:
        sheets = shipped_sheets()
    answer = Response(workbook.xlsx(sheets or abort(404), str(number)), mimetype=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="phieu-khao-sat-{number}.xlsx"'
    return answer


@pages.post("")
@guard.signed_in(roles=("officer",))
def check() -> Any:
    """What a changed spreadsheet would do; nothing is kept."""
    try:
        content = _content()
        with reading(server().engine) as connection:
            number, brought = _brought(connection, content)
    except Refused as refused:
        return _first(problem_words(refused.problem.code)), 422
    return _checked(content, number, brought), 422 if brought.form is None else 200


@pages.post("/publish")
@guard.signed_in(roles=("officer",))
def publish() -> Any:
    """Makes the spreadsheet the version in use. What was reworded, the officer must say, means the same."""
    try:
        content = _content()
        with writing(server().engine) as connection:
            journal.lock(connection, current_user.commune_id)
            number, brought = _brought(connection, content)
            if brought.form is None or str(number + 1) != request.form.get("number"):
                # Somebody published another meanwhile: what this one changes is shown anew.
                return _checked(content, number, brought), 409
            if brought.rewords and "same_meaning" not in request.form:
                return _checked(content, number, brought, _("Vui lòng xác nhận các lời đã sửa vẫn cùng một ý.")), 422
            told = [astuple(change) for change in brought.changes]
            questionnaires.publish(
                connection, current_user.commune_id, brought.form, brought.source, told, current_user.account.account_id, server().clock()
            )
    except Refused as refused:
        return _first(problem_words(refused.problem.code)), 422
    flash(_("Đã phát hành bản %(number)s. Máy nhận khi gửi lần tới.", number=number + 1), "good")
    return redirect(url_for("questionnaire.page"), 303)


def _content() -> bytes:
    """The file as it was chosen now, or as it came with the page before."""
    given = request.files.get("file")
    if given:
        return given.read(tables.MOST_BYTES + 1)
    try:
        return base64.b64decode(request.form.get("carried", ""), validate=True)
    except ValueError:
        raise Refused(Problem("form_unreadable", "file")) from None


def _brought(connection: Connection, content: bytes) -> tuple[int, Brought]:
    number, form = questionnaires.current(connection, current_user.commune_id)
    return number, bringing.bring(tables.read(content), form.raw, NAMES[-1], number + 1, indicators.counting(connection, current_user.commune_id))


def _checked(content: bytes, number: int, brought: Brought, problem: str = "") -> str:
    screens: Screens | None = screens_of(Questionnaire(brought.form)) if brought.form else None
    return render_template(
        "questionnaire/questionnaire_check.html", number=number + 1, brought=brought, findings=brought.findings[:FINDINGS_SHOWN], screens=screens,
        carried=base64.b64encode(content).decode(), problem=problem,
    )  # fmt: skip


def _first(problem: Any = None) -> str:
    with reading(server().engine) as connection:
        number, form = questionnaires.current(connection, current_user.commune_id)
        versions = questionnaires.versions(connection, current_user.commune_id)
        people = {each.account_id: each.name for each in accounts.of_commune(connection, current_user.commune_id)}
    return render_template("questionnaire/questionnaire.html", number=number, form=form, versions=versions, people=people, problem=problem)
