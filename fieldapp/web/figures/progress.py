"""Where we are, who is stuck, what to do today; and the same counts in full, by village, team, member and day."""

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.figures import campaigns, coverage
from fieldapp.figures import progress as figures
from fieldapp.paper.household_list import as_csv, as_xlsx
from fieldapp.store import areas
from fieldapp.store.engine import reading
from fieldapp.survey.day import day_of
from fieldapp.web import chart, guard
from fieldapp.web.figures import covered
from fieldapp.web.formats import day, moment
from fieldapp.web.households import asked
from fieldapp.web.households.listed import XLSX
from fieldapp.web.server import server

pages = Blueprint("progress", __name__)

# What the page lists under "today", in the order in which it is done.
TODAY = ("to_return", "absent_twice", "nobody", "wants_help", "poor_offline", "flagged")

# Of those who are stuck so many are named; more are read by nobody in ten seconds.
MOST_NAMES = 8


@pages.get("/progress")
@guard.signed_in
def page() -> str:
    """The progress of the villages that the signed-in person sees."""
    here = server()
    today = day_of(here.clock())
    with reading(here.engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        seen = guard.villages_seen(connection)
        found = figures.progress(connection, commune.commune_id, today, seen, asked.team_told())
        running = campaigns.running(connection, commune.commune_id, today, seen)
    todo = [(name, found.todo[name]) for name in TODAY if name in asked.filters_seen()]
    return render_template(
        "figures/progress.html", commune=commune, page=found, today=today, todo=todo, columns=chart.columns([each[1:] for each in found.days]),
        stands=coverage.STANDS, running=running, seen=seen, outcome_words=asked.outcome_words, most=MOST_NAMES,
        name_of=covered.name_of, query_of=covered.query_of,
    )  # fmt: skip


@pages.get("/progress/<any(village, team, member, day):by>")
@guard.signed_in
def full(by: str) -> str:
    """Every count by village, by team, by member or by day."""
    with reading(server().engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        table = covered.table(connection, by)
    return render_template("figures/coverage.html", commune=commune, by=by, table=table, titles=covered.titles(), now=server().clock())


@pages.get("/progress/<any(village, team, member, day):by>.<any(xlsx, csv):kind>")
@guard.signed_in
def exported(by: str, kind: str) -> Response:
    """The same table as a spreadsheet: xlsx or csv."""
    now = server().clock()
    with reading(server().engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        table = covered.table(connection, by)
    about = [f"{commune.name}: {covered.titles()[by]}", _("Tính đến %(moment)s", moment=moment(now))]
    lines = [[line.first, *line.numbers] for line in (*table.lines, *([table.sum] if table.sum else []))]
    file = as_xlsx(about, table.headings, lines) if kind == "xlsx" else as_csv(about, table.headings, lines)
    answer = Response(file, mimetype=XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="tien-do-{by}-{commune.code}-{day(day_of(now)).replace("/", "-")}.{kind}"'
    return answer
