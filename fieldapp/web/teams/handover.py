"""A phone's hand-over file: chosen, looked at, opened by the key of the recovery sheet, taken in.

Between the first page and the second the file travels in the form, sealed as it is: the server keeps neither file nor key."""

import base64
import gzip
from typing import Any

from flask import Blueprint, render_template, request
from flask_login import current_user

from fieldapp.intake import handover
from fieldapp.intake.handover import Before
from fieldapp.store import households
from fieldapp.store.engine import reading
from fieldapp.survey.problems import Problem, Refused
from fieldapp.web import guard
from fieldapp.web.phone.body import inflated
from fieldapp.web.server import server
from fieldapp.web.words import problem_words

pages = Blueprint("handover", __name__, url_prefix="/phones/handover")

# Of a form, for all that is in it beside the file.
ROOM_BYTES = 64 * 1024


@pages.get("")
@guard.signed_in(roles=("officer",))
def page() -> str:
    """Where a file is chosen."""
    return render_template("teams/handover.html", problem=None)


@pages.post("")
@guard.signed_in(roles=("officer",))
def take() -> Any:
    """What the file is, without a key; with one, what became of it."""
    try:
        content = _content()
        with reading(server().engine) as connection:
            before = handover.before(connection, current_user.commune_id, handover.read(content))
        carried = _carried(content)
    except Refused as refused:
        return render_template("teams/handover.html", problem=problem_words(refused.problem.code)), 422
    typed = request.form.get("key", "")
    if "key" not in request.form:
        return _looked_at(before, carried)
    try:
        key = handover.data_key(before.file, [handover.sheet_key(typed)])
    except Refused as refused:
        # Fifty-five letters: whoever mistyped one mends that one.
        return _looked_at(before, carried, refused.problem, typed if refused.problem.code == "key_mistyped" else ""), 422
    return _taken(before, key)


def _looked_at(before: Before, carried: str, problem: Problem | None = None, typed: str = "") -> str:
    return render_template("teams/handover_before.html", before=before, carried=carried, problem=problem, typed=typed)


def _taken(before: Before, key: bytes) -> str:
    commune_id = current_user.commune_id
    taken = handover.take_in(server().engine, commune_id, before.file, key, server().clock())
    with reading(server().engine) as connection:
        codes = households.codes_by_id(connection, commune_id, {*taken.households, *taken.drafts})
    guard.note_reading("handover", codes, len({*taken.households, *taken.drafts} - codes.keys()))
    return render_template("teams/handover_taken.html", before=before, taken=taken, codes=codes)


def _content() -> bytes:
    """The file as it was chosen now, or as it came with the form of the page before."""
    given = request.files.get("file")
    if given:
        return given.read()
    try:
        return inflated(base64.b64decode(request.form.get("carried", ""), validate=True), handover.MOST_BYTES)
    except (ValueError, Refused):
        raise Refused(Problem("handover_unreadable", "file")) from None


def _carried(content: bytes) -> str:
    carried = base64.b64encode(gzip.compress(content, 6)).decode()
    if len(carried) > server().settings.body_limit_bytes - ROOM_BYTES:
        raise Refused(Problem("handover_too_large", "file", {"bytes": len(content)}))
    return carried
