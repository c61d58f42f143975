"""Files that take longer to make than a page may wait: asked for, made as a job (web/printing/made_job.py), fetched.

A file is of nobody but whoever asked for it. What making it would need now is asked at every step, up to the fetching of it."""

import os
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask_login import current_user

from fieldapp.store import made_files
from fieldapp.store.engine import Connection, reading, writing
from fieldapp.store.made_files import MadeFile
from fieldapp.survey.day import instant
from fieldapp.survey.ids import RANDOM_BYTES, uuid7
from fieldapp.web import guard
from fieldapp.web.jobs import jobs
from fieldapp.web.printing import made_job
from fieldapp.web.sending import sent
from fieldapp.web.server import server

pages = Blueprint("made", __name__, url_prefix="/files")

ASK_AGAIN_SECONDS = 2


def ask_for(kind: str, asked: dict[str, Any], rows: int) -> Any:
    """Have a file made for the signed-in person; leads to where it says how far it is."""
    here, account = server(), current_user.account
    now = here.clock()
    file_id = uuid7(int(instant(now).timestamp() * 1000), os.urandom(RANDOM_BYTES))
    with writing(here.engine) as connection:
        made_files.add(connection, account.commune_id, MadeFile(file_id, account.account_id, now, kind, asked, rows, made_files.MAKING))
    jobs().begin(file_id)
    jobs().put(made_job.JOB, account.commune_id, file_id)
    return redirect(url_for("made.page", made_id=file_id), 303)


@pages.get("/<made_id>")
@guard.signed_in(roles=guard.DESK_ROLES)
def page(made_id: str) -> Response:
    """How far the file is, and then the way to it; asks again by itself until it is over."""
    with reading(server().engine) as connection:
        file = _mine(connection, made_id)
    path = made_job.path_of(server(), made_id)
    size = path.stat().st_size if file.state == made_files.DONE and path.exists() else None
    shown = {"size": size, "progress": jobs().progress(made_id), "hours": made_job.KEPT // timedelta(hours=1)}
    answer = Response(render_template("printing/made_file.html", file=file, **shown))
    if file.state == made_files.MAKING:
        answer.headers["Refresh"] = str(ASK_AGAIN_SECONDS)
    return answer


@pages.post("/<made_id>/stop")
@guard.signed_in(roles=guard.DESK_ROLES)
def stop(made_id: str) -> Any:
    """Gives the file up."""
    with reading(server().engine) as connection:
        _mine(connection, made_id)
    jobs().stop(made_id)
    return redirect(url_for("made.page", made_id=made_id), 303)


@pages.get("/<made_id>/file")
@guard.signed_in(roles=guard.DESK_ROLES)
def file(made_id: str) -> Response:
    """The file."""
    with reading(server().engine) as connection:
        found = _mine(connection, made_id)
    path, kind = made_job.path_of(server(), made_id), made_job.KINDS[found.kind]
    if found.state != made_files.DONE or not path.exists():
        abort(404)
    answer = sent(path.open("rb"), kind.mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{kind.name}"'
    return answer


def mine(connection: Connection) -> list[MadeFile]:
    """What the signed-in person had made within the day, and could have made now."""
    of_mine = made_files.of_account(connection, current_user.commune_id, current_user.account.account_id)
    return [_as_it_is(each) for each in of_mine if made_job.may(connection, current_user.account, each, server())]


def _mine(connection: Connection, file_id: str) -> MadeFile:
    found = made_files.by_id(connection, current_user.commune_id, file_id)
    if found is None or found.account_id != current_user.account.account_id or not made_job.may(connection, current_user.account, found, server()):
        abort(404)
    return _as_it_is(found)


def _as_it_is(file: MadeFile) -> MadeFile:
    """A file that nobody makes any more is not being made, whatever its job could still write down."""
    if file.state != made_files.MAKING or jobs().is_going(made_job.JOB, current_user.commune_id, file.file_id):
        return file
    # It may have ended since it was read.
    with reading(server().engine) as connection:
        ended = made_files.by_id(connection, current_user.commune_id, file.file_id)
    return ended if ended and ended.state != made_files.MAKING else replace(file, state=made_files.FAILED)
