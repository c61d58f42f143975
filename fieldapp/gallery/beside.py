"""What is made beside the demo's pages, held still for as long as a picture takes."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

from fieldapp.demo.commune import HERE
from fieldapp.store import made_files
from fieldapp.store.engine import Engine, open_engine, writing
from fieldapp.store.made_files import MadeFile
from fieldapp.survey.day import instant
from fieldapp.survey.ids import RANDOM_BYTES, uuid7
from fieldapp.web.jobs import BY_THE_CLOCK, Jobs
from fieldapp.web.printing import made_job
from fieldapp.web.server import utc_now


def awaited(jobs: Jobs) -> None:
    """Wait until the server works beside its pages."""
    while jobs.huey.immediate:
        time.sleep(0.05)


@contextmanager
def at_rest(jobs: Jobs) -> Iterator[None]:
    """All that was due is done, and nothing else is begun meanwhile."""
    begun, over = Event(), Event()

    def hold() -> None:
        begun.set()
        over.wait()

    name = f"hold {os.urandom(4).hex()}"
    jobs.define(name, hold)
    jobs.put(name, urgency=BY_THE_CLOCK)
    begun.wait()
    try:
        yield
    finally:
        over.set()


@contextmanager
def being_made(address: str, jobs: Jobs) -> Iterator[dict[str, str]]:
    """A file of door cards that is not done before this is over, as a place of the gallery. address: of the database."""
    engine = open_engine(address)
    with at_rest(jobs):
        yield {"making": cards(engine, jobs)}
    engine.dispose()


def cards(engine: Engine, jobs: Jobs, state: str = made_files.MAKING) -> str:
    """The id of a file of all door cards that the officer asked for: to be made, or in another state already."""
    now = utc_now()
    file_id = uuid7(int(instant(now).timestamp() * 1000), os.urandom(RANDOM_BYTES))
    about: dict[str, Any] = {"villages": None, "since": None, "address": None}
    with writing(engine) as connection:
        made_files.add(connection, HERE.commune_id, MadeFile(file_id, HERE.officer[0], now, made_job.DOOR_CARDS, about, 118, state))
    if state == made_files.MAKING:
        jobs.put(made_job.JOB, HERE.commune_id, file_id)
    return file_id
