"""The commune at a glance: coverage, villages, indicators against targets; and one indicator, by day and by village."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_login import current_user

from fieldapp.figures import overview as figures
from fieldapp.figures.one_indicator import one_indicator
from fieldapp.figures.trend import coverage
from fieldapp.store import areas, indicators
from fieldapp.store.engine import reading
from fieldapp.survey.day import day_of
from fieldapp.web import guard
from fieldapp.web.figures import boards
from fieldapp.web.figures.cut_words import name_of
from fieldapp.web.indicators.indicator_words import ages
from fieldapp.web.indicators.trying import told_rules
from fieldapp.web.office import noticing
from fieldapp.web.server import server

pages = Blueprint("overview", __name__)


@pages.get("/")
@guard.signed_in(roles=guard.SIGN_IN_ROLES)
def page() -> Any:
    """The first page of an officer and an auditor; a leader's shows their own villages only, a province's is another."""
    if current_user.role == "province":
        return redirect(url_for("province.page"))
    with reading(server().engine) as connection:
        commune_id, seen = current_user.commune_id, guard.villages_seen(connection)
        commune = areas.commune(connection, commune_id)
        board = figures.overview(connection, commune_id)
        points = coverage(connection, commune_id) if seen is None else []
        counting = indicators.being_counted(connection, commune_id)
        told = noticing.for_officer(connection, server().clock())
    rows = [row for row in board.villages if seen is None or row.village.village_id in seen]
    if seen and not rows:
        return redirect(url_for("progress.page"))  # what they were given has all become part of other villages
    if seen is not None and len(rows) == 1:
        return redirect(url_for("village.page", village_id=rows[0].village.village_id))
    shown = {"commune": commune, "villages": rows, "now": server().clock()}
    if seen is not None:
        return render_template("figures/my_villages.html", **shown)
    shown |= {"notices": told, "counting": counting}
    laid_out = {"groups": boards.groups(board.lines), "tally": boards.tally(board.lines)}
    return render_template("figures/overview.html", page=board, **laid_out, **boards.coverage_trend(points), **shown)


@pages.get("/indicators/<code>")
@guard.signed_in(roles=("officer", "auditor"))
def indicator(code: str) -> Any:
    """One indicator: what it means, its days, its villages, who is behind it."""
    with reading(server().engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        page = one_indicator(connection, current_user.commune_id, code) or abort(404)
        counting = indicators.being_counted(connection, current_user.commune_id)
        form = indicators.form_of(connection, current_user.commune_id, page.line.indicator)
    shown = {"commune": commune, "page": page, "line": page.line, "counting": counting, "ages": ages, "cut_name": name_of}
    shown |= {"rules": told_rules(page.line.indicator, form), "villages": page.villages}
    small = boards.small_trends(page.days, page.points[0][0], day_of(server().clock())) if page.points else None
    return render_template("figures/indicator.html", small=small, **shown, **boards.value_trend(page.points))
