"""The doors behind a figure: of one village, one indicator and one answer; each opens its household."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_login import current_user

from fieldapp.figures import overview as figures
from fieldapp.store import areas, behind
from fieldapp.store.engine import reading
from fieldapp.web import guard
from fieldapp.web.server import server

pages = Blueprint("behind", __name__)
A_PAGE = 50


@pages.get("/indicators/<code>/<village_id>/<any(yes, no, unknown):answer>")
@guard.signed_in(roles=("officer",))
def page(code: str, village_id: str, answer: str) -> Any:
    """The households that make up a number of a village; `after`: where the last page of them ended."""
    with reading(server().engine) as connection:
        guard.require_village(connection, village_id)
        commune = areas.commune(connection, current_user.commune_id)
        board = figures.village(connection, current_user.commune_id, village_id) or abort(404)
        line = next((each for each in board.lines if each.indicator.code == code), None) or abort(404)
        after = request.args.get("after", "")
        doors, following = behind.doors(connection, current_user.commune_id, village_id, line.indicator, answer, after, A_PAGE)
    guard.note_reading("list", [each.line.household_id for each in doors])
    return render_template(
        "figures/behind.html", commune=commune, village=board.village, line=line, answer=answer,
        answers=behind.ANSWERS, doors=doors, following=following
    )
