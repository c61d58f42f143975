"""One village: its figures, and its households page by page or by search."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user

from fieldapp.figures import overview as figures
from fieldapp.store import areas, households
from fieldapp.store.engine import reading
from fieldapp.web import guard
from fieldapp.web.figures import boards
from fieldapp.web.server import server

pages = Blueprint("village", __name__)

HOUSEHOLDS_A_PAGE = 50


@pages.get("/villages/<village_id>")
@guard.signed_in
def page(village_id: str) -> Any:
    """The village's page; `q`: a part of a name or a code, `after`: where the last page of households ended."""
    asked, after = request.args.get("q", "").strip()[:100], request.args.get("after") or None
    with reading(server().engine) as connection:
        guard.require_village(connection, village_id)
        commune = areas.commune(connection, current_user.commune_id)
        whole = areas.successors(connection, current_user.commune_id).get(village_id)
        if whole is not None:
            seen = guard.villages_seen(connection)
            # Who was given a part only has a list of its doors; the whole has no page for them.
            theirs = seen is None or whole in seen
            return redirect(url_for("village.page", village_id=whole) if theirs else url_for("households.page", village=whole))
        board = figures.village(connection, current_user.commune_id, village_id) or abort(404)
        rows, following = households.page_of_village(
            connection, current_user.commune_id, village_id, after=after, limit=HOUSEHOLDS_A_PAGE, search=asked
        )
    guard.note_reading("village", [row.household_id for row in rows])
    shown = {"commune": commune, "page": board, "households": rows, "following": following, "asked": asked}
    return render_template("figures/village.html", groups=boards.groups(board.lines), **shown)
