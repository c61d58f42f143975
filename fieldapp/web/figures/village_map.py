"""The villages as a map, where the commune gave their shapes: drawn by the server, without anybody's map tiles."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.figures import overview as figures
from fieldapp.intake.shapes import read
from fieldapp.store import areas, shapes
from fieldapp.store.engine import reading, writing
from fieldapp.survey.problems import Refused
from fieldapp.web import guard
from fieldapp.web.figures.outline import CLASSES, class_of, drawing
from fieldapp.web.formats import ngettext
from fieldapp.web.server import server
from fieldapp.web.words import problem_words

pages = Blueprint("map", __name__)

# What is flashed travels in a cookie, which browsers drop from 4 KB on.
MOST_NAMES, MOST_LETTERS = 15, 40


@pages.get("/map")
@guard.signed_in
def page() -> str:
    """The map of the villages that the signed-in person sees, coloured by coverage."""
    return _shown()


@pages.post("/map")
@guard.signed_in(roles=("officer",))
def take() -> Any:
    """Takes a GeoJSON file in the place of the shapes that were there."""
    given = request.files.get("file")
    commune_id = current_user.commune_id
    with reading(server().engine) as connection:
        names = {each.village_id: each.name for each in areas.villages(connection, commune_id)}
    try:
        found = read(given.read() if given else b"", names)
    except Refused as refused:
        return _shown(problem_words(refused.problem.code)), 422
    with writing(server().engine) as connection:
        shapes.replace(connection, commune_id, found.villages)
    flash(ngettext("Đã nhận hình của %(num)s thôn.", "Đã nhận hình của %(num)s thôn.", len(found.villages)), "good")
    if found.unmatched:
        told = ", ".join(name[:MOST_LETTERS] for name in found.unmatched[:MOST_NAMES])
        more = " …" if len(found.unmatched) > MOST_NAMES else ""
        flash(_("Chưa khớp tên nào: %(names)s. Sửa tên trong tệp rồi tải lại.", names=told + more), "bad")
    return redirect(url_for("map.page"), 303)


def _shown(problem: Any = None) -> str:
    with reading(server().engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        seen = guard.villages_seen(connection)
        rows = [each for each in figures.overview(connection, commune.commune_id).villages if seen is None or each.village.village_id in seen]
        known = shapes.of_commune(connection, commune.commune_id)
    mine = {each.village.village_id: known[each.village.village_id] for each in rows if each.village.village_id in known}
    drawn = drawing(mine) if mine else None
    return render_template("figures/map.html", commune=commune, villages=rows, drawn=drawn, class_of=class_of, classes=CLASSES, problem=problem)
