"""The province's pages: all communes of a month, one indicator in all of them, one commune by itself. Aggregates only, and only what was told."""

import logging
from typing import Any
from urllib.parse import quote

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from fieldapp.figures import league as leagues
from fieldapp.figures import months as telling
from fieldapp.figures import province as figures
from fieldapp.figures.figure import share_of
from fieldapp.figures.province import View
from fieldapp.figures.quiet import quiet
from fieldapp.store import provinces, shape
from fieldapp.store.engine import DatabaseDown, reading, writing
from fieldapp.survey.criteria import targets_of
from fieldapp.survey.day import day_of
from fieldapp.survey.disclosure import kinds_of, parts_of
from fieldapp.survey.indicator import Indicator, current
from fieldapp.web import chart, guard
from fieldapp.web.figures.boards import BEST_FIRST
from fieldapp.web.figures.cut_words import CUT, part_words
from fieldapp.web.jobs import Jobs
from fieldapp.web.province.province_words import ORDER, days_words, month_words
from fieldapp.web.server import Server, server

pages = Blueprint("province", __name__, url_prefix="/province")
logger = logging.getLogger(__name__)

SEEN_BY = ("province",)
ANY = "any-commune"


@pages.get("")
@guard.signed_in(roles=SEEN_BY)
def page() -> str:
    """Every indicator and every commune of a month."""
    with reading(server().engine) as connection:
        view = _view(connection)
        month = _month(view)
        found = figures.overview(connection, view, month) if month else None
        whole, communes = shape.how_many(connection)
    every = quiet(view, server().clock())
    trend = chart.line([(f"{each}-01", coverage.share) for each, coverage in found.months]) if found else None
    made = (whole, communes) if whole < communes else None
    return _shown("province/province.html", view, month, page=found, trend=trend, quiet=every, days_words=days_words(every), made=made)


@pages.get("/indicators/<code>")
@guard.signed_in(roles=SEEN_BY)
def indicator(code: str) -> str:
    """One indicator: the communes beside each other, how it is spread, its cuts, its months."""
    about = next((each for each in current() if each.code == code), None) or abort(404)
    with reading(server().engine) as connection:
        view = _view(connection)
        month, part = _month(view) or abort(404), _part(about)
        rows = leagues.league(connection, view, month, about, part)
        targets = targets_of(code, figures.asked_in(connection, view, month))
        cuts, points = leagues.cuts(connection, view, month, about), leagues.by_month(connection, view, about)
    order = request.args.get("order", "")
    order = order if order in ORDER else ("value" if not _goes_down(rows) else "lowest")
    figure, communes = figures.summed(rows)
    trend = chart.line([(f"{each}-01", share) for each, balance, _ in points for share in [share_of(balance)]])
    answered = gettext("%(yes)s trên %(answered)s %(unit)s đã trả lời")
    return _shown(
        "province/province_indicator.html", view, month, about=about, rows=leagues.ordered(rows, order), figure=figure, communes=communes, cuts=cuts,
        spread=chart.spread(leagues.spread(rows)), points=points, trend=trend, order=order, orders=ORDER, part=part, cut_choices=_parts(about),
        share_of=share_of, answered_words=answered, targets=() if part else targets,
    )  # fmt: skip


@pages.get("/communes/<source_id>")
@guard.signed_in(roles=SEEN_BY)
def commune(source_id: str) -> str:
    """One commune: every indicator that is told of it."""
    with reading(server().engine) as connection:
        view = _view(connection)
        place, month = view.places.get(source_id) or abort(404), _month(view)
        row, lines = figures.commune(connection, view, month, source_id) if month else (None, [])
    every = quiet(view, server().clock())
    return _shown("province/province_commune.html", view, month, place=place, row=row, lines=lines, quiet=every, days_words=days_words(every))


def _view(connection: Any) -> View:
    """The signed-in person's province; a commune is none."""
    province = figures.province_of(connection, current_user.commune_id) or abort(404)
    return figures.view(connection, province, server().clock())


def _month(view: View) -> str | None:
    """The month asked for; the latest when none is, None while nothing was told."""
    asked = request.args.get("month", "")
    return asked if asked in view.months else next(iter(view.months), None)


def _parts(about: Indicator) -> list[tuple[str, Any]]:
    """(`sex:male`, words) of every part that the league can be of."""
    return [(f"{kind}:{part}", f"{CUT[kind]}: {part_words(kind, part)}") for kind in kinds_of(about) for part in parts_of(about, kind)]


def _part(about: Indicator) -> tuple[str, str] | None:
    kind, _, part = request.args.get("cut", "").partition(":")
    return (kind, part) if kind in kinds_of(about) and part in parts_of(about, kind) else None


def _goes_down(rows: list[figures.Told]) -> bool:
    return any(standing.target.direction == "down" for row in rows for standing in row.standings)


def _shown(template: str, view: View, month: str | None, **more: Any) -> str:
    months = [(each, month_words(each)) for each in view.months]
    return render_template(
        template, view=view, month=month, months=months, addresses=_addresses(view, month), month_words=month_words, cut_words=CUT,
        part_words=part_words, best_first=BEST_FIRST, now=server().clock(), **more,
    )  # fmt: skip


def _addresses(view: View, month: str | None) -> dict[str, str]:
    """Commune → where its page is. Made once and filled in: Flask takes as long for each as the rest of its row does."""
    somewhere = url_for("province.commune", source_id=ANY, month=month)
    return {each: somewhere.replace(ANY, quote(each, safe="")) for each in view.places}


def install(here: Server, jobs: Jobs) -> None:
    """Lets this server tell the months of its communes by itself."""
    jobs.every_hour("monthly figures", lambda: tell(here))


def tell(here: Server) -> None:
    """Tell each commune's months that are due; one that can't be told now is told in the next hour."""
    with reading(here.engine) as connection:
        communes = [each for each in provinces.everybody(connection) if not provinces.is_province(each)]
    for each in communes:
        try:
            with writing(here.engine) as connection:
                telling.keep_up(connection, each.commune_id, day_of(here.clock()))
        except DatabaseDown:
            logger.exception("the months of commune %s could not be told", each.commune_id)
