"""The job that makes a file beside the pages: which sorts there are, who may have one, how it is made, and when it goes.

A file lies in the data folder for a day and is in no backup; it is gone once anybody's data were erased. Cut off by a stopped server it is not
there: half a file never gets its name. What door cards hold says web/printing/made_cards.py."""

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from fieldapp.store import accounts, areas, made_files
from fieldapp.store.accounts import Account
from fieldapp.store.engine import Connection, Engine, reading, writing
from fieldapp.store.made_files import MadeFile
from fieldapp.survey.day import day_of, instant, moment
from fieldapp.web import guard
from fieldapp.web.jobs import Jobs, Stopped
from fieldapp.web.printing import made_cards
from fieldapp.web.server import Server

logger = logging.getLogger(__name__)

JOB, FOLDER, HALF = "make a file", "files", ".half"
KEPT, LOST = timedelta(hours=24), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of file. write(server, commune, file, target, said) makes it; said is told how many rows are done. may(connection, account, asked, day):
    whether this person could have what was asked for made on that day."""

    name: str  # of the file when it is fetched
    mimetype: str
    write: Callable[[Server, str, MadeFile, IO[bytes], Callable[[int], None]], None]
    may: Callable[[Connection, Account, dict[str, Any], str], bool]


DOOR_CARDS = "door_cards"
KINDS = {DOOR_CARDS: Kind("the-ho.zip", "application/zip", made_cards.write, made_cards.may)}


def path_of(here: Server, file_id: str) -> Path:
    return here.settings.data_folder / FOLDER / file_id


def may(connection: Connection, account: Account | None, file: MadeFile, here: Server) -> bool:
    """Whether they could have it made now: who lost the role or a village since has no file of it either."""
    if account is None or not guard.may_sign_in(account):
        return False
    return KINDS[file.kind].may(connection, account, file.asked, day_of(here.clock()))


def install(here: Server, queue: Jobs) -> None:
    """Lets this server make files beside its pages, and forget them after a day."""
    queue.define(JOB, lambda commune_id, file_id: work(here, queue, commune_id, file_id))
    queue.every_hour("forget files", lambda: forget(here, queue))


def work(here: Server, queue: Jobs, commune_id: str, file_id: str) -> None:
    """Make the file, unless it was given up; however it ends, it says so."""
    with reading(here.engine) as connection:
        asked = made_files.by_id(connection, commune_id, file_id)
        account = accounts.by_id(connection, commune_id, asked.account_id) if asked else None
        allowed = asked is not None and may(connection, account, asked, here)
    if asked is None or asked.state != made_files.MAKING:
        return
    state = made_files.FAILED
    try:
        if not allowed:
            raise Stopped(file_id)
        _write(here, commune_id, asked, lambda done: queue.report(file_id, done, asked.rows))
        state = made_files.DONE
    except Stopped:
        state = made_files.STOPPED
    except Exception:
        logger.exception("the file %s could not be made", file_id)
    stays = False
    try:
        with writing(here.engine) as connection:
            stays = made_files.end(connection, commune_id, file_id, state) and state == made_files.DONE
    finally:
        if not stays:
            path_of(here, file_id).unlink(missing_ok=True)


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


def forget(here: Server, queue: Jobs) -> None:
    """Files older than a day go, and what came to nothing; what nobody makes any more has failed."""
    now = instant(here.clock())
    for commune_id in _communes(here.engine):
        _failed(here.engine, commune_id, moment(now - LOST), queue)
        before = moment(now - KEPT)
        let_go(here, commune_id, before)
        with writing(here.engine) as connection:
            made_files.forget(connection, commune_id, before)


def let_go(here: Server, commune_id: str, before: str = "") -> None:
    """Remove the commune's files that nobody may fetch any more; before: and those from before that moment."""
    with reading(here.engine) as connection:
        spent = made_files.spent(connection, commune_id, before)
    for file_id in spent:
        path_of(here, file_id).unlink(missing_ok=True)


def cut_off(here: Server, queue: Jobs) -> None:
    """A server that starts makes no file yet: what says that it is being made was cut off."""
    for commune_id in _communes(here.engine):
        _failed(here.engine, commune_id, None, queue)
        let_go(here, commune_id)
    for half in (here.settings.data_folder / FOLDER).glob(f"*{HALF}"):
        with contextlib.suppress(OSError):
            half.unlink()


def _failed(engine: Engine, commune_id: str, before: str | None, queue: Jobs) -> None:
    """What was asked for (before that moment), and is made by no job, has failed."""
    with writing(engine) as connection:
        for file_id in made_files.unfinished(connection, commune_id, before):
            if not queue.is_going(JOB, commune_id, file_id):
                made_files.end(connection, commune_id, file_id, made_files.FAILED)


def _communes(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return areas.commune_ids(connection)
