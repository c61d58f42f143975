"""Files that take longer to make than a page may wait: asked for, made as a job, fetched. What door cards hold says web/made_cards.py.

A file lies in the data folder for a day, is of nobody but whoever asked for it, and is in no backup. Cut off by a stopped server it is not there:
half a file never gets its name."""

import contextlib
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask_login import current_user

from fieldapp.store import accounts, areas, made_files
from fieldapp.store.engine import Engine, reading, writing
from fieldapp.store.made_files import MadeFile
from fieldapp.survey.day import instant, moment
from fieldapp.survey.ids import RANDOM_BYTES, uuid7
from fieldapp.web import guard, made_cards
from fieldapp.web.jobs import Jobs, Stopped, jobs
from fieldapp.web.sending import sent
from fieldapp.web.server import Server, server

pages = Blueprint("made", __name__, url_prefix="/files")
logger = logging.getLogger(__name__)

JOB, FOLDER, HALF = "make a file", "files", ".half"
KEPT_HOURS, ASK_AGAIN_SECONDS = 24, 2


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of file. write(server, commune, file, target, said) makes it; said is told how many rows are done."""

    name: str  # of the file when it is fetched
    mimetype: str
    write: Callable[[Server, str, MadeFile, IO[bytes], Callable[[int], None]], None]


DOOR_CARDS = "door_cards"
KINDS = {DOOR_CARDS: Kind("the-ho.zip", "application/zip", made_cards.write)}


def ask_for(kind: str, asked: dict[str, Any], rows: int) -> Any:
    """Have a file made for the signed-in person; leads to where it says how far it is."""
    here, account = server(), current_user.account
    now = here.clock()
    file_id = uuid7(int(instant(now).timestamp() * 1000), os.urandom(RANDOM_BYTES))
    with writing(here.engine) as connection:
        made_files.add(connection, account.commune_id, MadeFile(file_id, account.account_id, now, kind, asked, rows, made_files.MAKING))
    jobs().begin(file_id)
    jobs().put(JOB, account.commune_id, file_id)
    return redirect(url_for("made.page", made_id=file_id), 303)


@pages.get("/<made_id>")
@guard.signed_in(roles=guard.DESK_ROLES)
def page(made_id: str) -> Response:
    """How far the file is, and then the way to it; asks again by itself until it is over."""
    with reading(server().engine) as connection:
        file = _mine(connection, made_id)
    path = path_of(server(), made_id)
    size = path.stat().st_size if file.state == made_files.DONE and path.exists() else None
    answer = Response(render_template("made_file.html", file=file, size=size, progress=jobs().progress(made_id), hours=KEPT_HOURS))
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
    path, kind = path_of(server(), made_id), KINDS[found.kind]
    if not path.exists():
        abort(404)
    answer = sent(path.open("rb"), kind.mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{kind.name}"'
    return answer


def mine(connection: Any) -> list[MadeFile]:
    """What the signed-in person had made within the day."""
    return made_files.of_account(connection, current_user.commune_id, current_user.account.account_id)


def path_of(here: Server, file_id: str) -> Path:
    return here.settings.data_folder / FOLDER / file_id


def _mine(connection: Any, file_id: str) -> MadeFile:
    found = made_files.by_id(connection, current_user.commune_id, file_id)
    if found is None or found.account_id != current_user.account.account_id:
        abort(404)
    return found


def install(here: Server, queue: Jobs) -> None:
    """Lets this server make files beside its pages, and forget them after a day."""
    queue.define(JOB, lambda commune_id, file_id: work(here, queue, commune_id, file_id))
    queue.every_hour("forget files", lambda: forget(here))


def work(here: Server, queue: Jobs, commune_id: str, file_id: str) -> None:
    """Make the file, unless it was given up; however it ends, it says so."""
    with reading(here.engine) as connection:
        asked = made_files.by_id(connection, commune_id, file_id)
        account = accounts.by_id(connection, commune_id, asked.account_id) if asked else None
    if asked is None or asked.state != made_files.MAKING:
        return
    state = made_files.FAILED
    try:
        if account is None or not guard.may_sign_in(account):
            raise Stopped(file_id)
        _write(here, commune_id, asked, lambda done: queue.report(file_id, done, asked.rows))
        state = made_files.DONE
    except Stopped:
        state = made_files.STOPPED
    except Exception:
        logger.exception("the file %s could not be made", file_id)
    with writing(here.engine) as connection:
        made_files.end(connection, commune_id, file_id, state)


def _write(here: Server, commune_id: str, asked: MadeFile, said: Callable[[int], None]) -> None:
    path = path_of(here, asked.file_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + HALF)
    try:
        with half.open("wb") as target:
            KINDS[asked.kind].write(here, commune_id, asked, target, said)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def forget(here: Server) -> None:
    """Files older than a day go, and what a killed server left of one."""
    before = moment(instant(here.clock()) - timedelta(hours=KEPT_HOURS))
    for commune_id in _communes(here.engine):
        with writing(here.engine) as connection:
            gone = made_files.forget(connection, commune_id, before)
        for file_id in gone:
            path_of(here, file_id).unlink(missing_ok=True)


def cut_off(here: Server) -> None:
    """A server that starts makes no file yet: what says that it is being made was cut off."""
    for commune_id in _communes(here.engine):
        with writing(here.engine) as connection:
            made_files.interrupted(connection, commune_id)
    for half in (here.settings.data_folder / FOLDER).glob(f"*{HALF}"):
        with contextlib.suppress(OSError):
            half.unlink()


def _communes(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return areas.commune_ids(connection)
