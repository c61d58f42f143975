"""The register of public places: each with what it has, from which day; in a form and in a spreadsheet."""

import json
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from fieldapp.figures.reporting import new_id
from fieldapp.intake.board import places
from fieldapp.intake.lined import table
from fieldapp.intake.lined.finding import Finding
from fieldapp.store import areas, journal, points
from fieldapp.store.engine import Connection, reading, writing
from fieldapp.survey.day import day_of
from fieldapp.survey.points import ATTRIBUTES, KINDS, Point, standing
from fieldapp.survey.problems import Refused
from fieldapp.web import guard
from fieldapp.web.households.listed import XLSX
from fieldapp.web.line_words import finding_words
from fieldapp.web.server import server
from fieldapp.web.words import problem_words

pages = Blueprint("points", __name__, url_prefix="/points")

SEEN_BY = ("officer", "auditor")


@pages.get("")
@guard.signed_in(roles=SEEN_BY)
def page() -> str:
    """Every place that is open today, by kind."""
    return _first()


@pages.get("/all.xlsx")
@guard.signed_in(roles=SEEN_BY)
def exported() -> Response:
    """The register as a spreadsheet."""
    with reading(server().engine) as connection:
        now, villages = _now(connection)
    answer = Response(places.xlsx(_sorted(now), villages), mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="diem-cong-cong.xlsx"'
    return answer


@pages.get("/new")
@guard.signed_in(roles=("officer",))
def new() -> str:
    """The form for a place."""
    with reading(server().engine) as connection:
        villages = _now(connection)[1]
    return _form(None, {}, {}, villages)


@pages.get("/<point_id>")
@guard.signed_in(roles=("officer",))
def one(point_id: str) -> str:
    """A place, as it was and is."""
    with reading(server().engine) as connection:
        history, (every, villages) = points.rows(connection, current_user.commune_id, point_id) or abort(404), _now(connection, closed=True)
    return _form(history, {**places.fields_of(every[point_id], villages), "since": ""}, {}, villages)


@pages.post("/keep")
@guard.signed_in(roles=("officer",))
def keep() -> Any:
    """Keeps what the form says of one place."""
    with writing(server().engine) as connection:
        journal.lock(connection, current_user.commune_id)  # two officers with one list bring it in once
        now, villages = _now(connection, closed=True)
        found, findings = _read(connection, [(0, request.form)], now, villages)
        if findings:
            history = points.rows(connection, current_user.commune_id, request.form.get("code", "-"))
            return _form(history or None, request.form, {each.where: finding_words(each) for each in reversed(findings)}, villages), 422
        points.keep(connection, current_user.commune_id, found, current_user.account.account_id, server().clock())
    flash(_("Đã ghi.") if found else _("Không có gì khác trước."), "good")
    return redirect(url_for("points.page"), 303)


@pages.post("/import")
@guard.signed_in(roles=("officer",))
def imported() -> Any:
    """What a spreadsheet would change; nothing is kept."""
    given = request.files.get("file")
    try:
        rows, findings = table.lines(given.read(table.MOST_BYTES + 1) if given else b"", places.HEADINGS, places.NEEDED)
    except Refused as refused:
        return _first(problem_words(refused.problem.code)), 422
    with reading(server().engine) as connection:
        now, villages = _now(connection, closed=True)
        found, wrong = _read(connection, rows, now, villages)
    told = [(table.cell_of(each, places.HEADINGS), finding_words(each)) for each in (*findings, *wrong)]
    carried = json.dumps([[line, dict(fields)] for line, fields in rows], ensure_ascii=False)
    shown = {"found": found, "told": told, "carried": carried, "villages": villages, "known": now, "attributes": ATTRIBUTES}
    return render_template("criteria/points_check.html", **shown), 422 if told else 200


@pages.post("/publish")
@guard.signed_in(roles=("officer",))
def publish() -> Any:
    """Keeps what was looked at."""
    try:
        carried = json.loads(request.form.get("carried", ""))
        rows = [(int(line), {str(name): str(value) for name, value in fields.items()}) for line, fields in carried]
    except (ValueError, TypeError, AttributeError):
        abort(400)
    with writing(server().engine) as connection:
        journal.lock(connection, current_user.commune_id)  # two officers with one list bring it in once
        now, villages = _now(connection, closed=True)
        found, findings = _read(connection, rows, now, villages)
        if findings:
            abort(400)
        points.keep(connection, current_user.commune_id, found, current_user.account.account_id, server().clock())
    flash(ngettext("Đã ghi %(num)s nơi.", "Đã ghi %(num)s nơi.", len(found)), "good")
    return redirect(url_for("points.page"), 303)


def _read(connection: Connection, rows: Any, now: dict[str, Point], villages: dict[str, str]) -> tuple[list[Point], list[Finding]]:
    return places.read(rows, now, villages, _today(), lambda: new_id(server().clock()))


def _now(connection: Connection, closed: bool = False) -> tuple[dict[str, Point], dict[str, str]]:
    """(place by id as it is today, name by village). closed: those that are closed too."""
    into = areas.successors(connection, current_user.commune_id)
    # A village that became part of another: the place is the other's now.
    rows = [replace(each, village_id=into.get(each.village_id or "", each.village_id)) for each in points.rows(connection, current_user.commune_id)]
    villages = {each.village_id: each.name for each in areas.villages(connection, current_user.commune_id)}
    if closed:
        return {each.point_id: each for each in rows}, villages
    return {each.point_id: each for each in standing(rows, _today())}, villages


def _sorted(now: dict[str, Point]) -> list[Point]:
    return sorted(now.values(), key=lambda each: (KINDS.index(each.kind), each.name))


def _first(problem: Any = None) -> str:
    with reading(server().engine) as connection:
        commune, (now, villages) = areas.commune(connection, current_user.commune_id), _now(connection)
    by_kind = [(kind, [each for each in _sorted(now) if each.kind == kind]) for kind in KINDS]
    return render_template("criteria/points.html", commune=commune, by_kind=by_kind, villages=villages, attributes=ATTRIBUTES, problem=problem)


def _form(history: list[Point] | None, values: Any, problems: dict[str, str], villages: dict[str, str]) -> str:
    shown = {"history": history, "values": values, "problems": problems, "villages": villages, "kinds": KINDS, "attributes": ATTRIBUTES}
    return render_template("criteria/point.html", **shown, today=_today())


def _today() -> str:
    return day_of(server().clock())
