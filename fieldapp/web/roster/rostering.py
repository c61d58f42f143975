"""What the roster's pages ask of the rooms below: the sheet under the officer's choices, the dry run, and the import as a job."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import abort

from fieldapp.intake.roster import columns, plan, reading, sheets, taking
from fieldapp.intake.roster import wrong_lines as file_of_wrong_lines
from fieldapp.intake.roster.columns import Choices
from fieldapp.intake.roster.sheets import Sheet
from fieldapp.store import accounts, areas, uploads
from fieldapp.store.engine import Connection, Engine, writing
from fieldapp.store.engine import reading as reading_of
from fieldapp.store.uploads import Upload
from fieldapp.survey.day import day_of
from fieldapp.web.jobs import Jobs, Stopped
from fieldapp.web.server import Server
from fieldapp.web.words import words

logger = logging.getLogger(__name__)

JOB = "roster"
# In a select: lines of this village are left out.
LEAVE_OUT = "-"


def sheet_of(upload: Upload) -> tuple[Sheet, list[Sheet]]:
    """The chosen sheet, and all of the file."""
    if upload.content is None:
        abort(404)
    every = sheets.sheets(upload.content)
    return next((each for each in every if each.name == upload.choices.get("sheet")), every[0]), every


def choices_of(upload: Upload, sheet: Sheet, villages: list[areas.Village]) -> Choices:
    """What was chosen; at first what is guessed."""
    kept = upload.choices
    if kept.get("sheet") != sheet.name or "columns" not in kept:
        return columns.guess(sheet, villages)
    chosen = Choices(sheet.name, kept["header_line"], kept["columns"], kept["shape"])
    spelled = columns.villages_in(sheet, chosen, villages)
    said = kept.get("villages", {})
    return Choices(sheet.name, chosen.header_line, chosen.columns, chosen.shape, {name: said.get(name) or found for name, found in spelled.items()})


def read(connection: Connection, commune_id: str, upload: Upload, now: str) -> tuple[reading.Read, plan.Plan]:
    """The dry run: what the file holds, and what it would change."""
    _sheet, _choices, found = _read(upload, areas.villages(connection, commune_id), now)
    return found, plan.plan(connection, commune_id, found.households)


def wrong_lines(upload: Upload, villages: list[areas.Village], now: str) -> tuple[bytes, int]:
    """The workbook of what the file holds that can't be taken, and of how many lines something is said."""
    sheet, choices, found = _read(upload, villages, now)
    said: dict[int, list[str]] = {}
    for problem in found.problems:
        why = str(words("roster_problem", problem.code))
        said.setdefault(problem.line, []).append(f"{why}: {problem.text}" if problem.text else why)
    return file_of_wrong_lines.xlsx(sheet, choices, found, {line: "; ".join(each) for line, each in said.items()}), len(said)


def _read(upload: Upload, villages: list[areas.Village], now: str) -> tuple[Sheet, Choices, reading.Read]:
    sheet, _every = sheet_of(upload)
    choices = choices_of(upload, sheet, villages)
    return sheet, choices, reading.read(sheet, choices, villages, int(day_of(now)[:4]))


def install(here: Server, jobs: Jobs, afterwards: Callable[[str], None]) -> None:
    """Lets the application import rosters beside its pages. afterwards: called with the commune once a roster was imported."""

    def job(commune_id: str, account_id: str, upload_id: str) -> None:
        if work(here, jobs, commune_id, account_id, upload_id):
            afterwards(commune_id)

    jobs.define(JOB, job)


def cut_off(engine: Engine) -> None:
    """A server that starts runs no import yet: what says that it runs was cut off, and wrote nothing."""
    with writing(engine) as connection:
        for commune_id in areas.commune_ids(connection):
            uploads.interrupted(connection, commune_id)


def work(here: Server, jobs: Jobs, commune_id: str, account_id: str, upload_id: str) -> bool:
    """The import itself, and whether it was done; however it ends, the upload says so. One that waited in the queue when its server was stopped
    is not begun by the next server: the officer was told that it ended, and decides."""
    with reading_of(here.engine) as connection:
        upload = uploads.by_id(connection, commune_id, upload_id)
    if upload is None or upload.state != "running":
        return False
    state, outcome = "failed", {}
    try:
        outcome = _imported(here, jobs, commune_id, account_id, upload_id)
        state = "done"
    except Stopped:
        state = "stopped"
    except taking.NotTaken as why:
        outcome = {"problem": str(why)}
    except Exception:
        logger.exception("the roster %s could not be imported", upload_id)
    with writing(here.engine) as connection:
        uploads.end(connection, commune_id, upload_id, state, outcome)
    return state == "done"


def _imported(here: Server, jobs: Jobs, commune_id: str, account_id: str, upload_id: str) -> dict[str, Any]:
    now = here.clock()
    with reading_of(here.engine) as connection:
        upload, officer = uploads.by_id(connection, commune_id, upload_id), accounts.by_id(connection, commune_id, account_id)
        if upload is None or officer is None or not officer.active or officer.role != "officer":
            raise Stopped(upload_id)
        found, _planned = read(connection, commune_id, upload, now)
    done = taking.import_roster(here.engine, officer, found, upload.filename, now, lambda part, all: jobs.report(upload_id, part, all))
    return asdict(done)
