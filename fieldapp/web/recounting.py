"""Counting communes anew beside the server, slice by slice, so that phones sync meanwhile: those whose projections an older version made, and
those whose officers published a version of an indicator.

Where it stands is in the database itself (store/recounting.py): a server that was killed goes on when it starts again, a cancelled version is
gone at once, and pages ask nobody but the database how far it is. A commune at a time, those first whose desk somebody opened."""

import time
from dataclasses import dataclass

from flask import Flask, current_app

from fieldapp.store import recounting
from fieldapp.store.engine import Engine, reading, writing
from fieldapp.web.jobs import SOON, Jobs, jobs
from fieldapp.web.server import Server

JOB = "figures"
# Whoever waits to write comes first.
PAUSE_S = 0.02


@dataclass(slots=True)
class Pace:
    """How long communes took since this server started."""

    communes: int = 0
    seconds: float = 0.0

    def note(self, seconds: float) -> None:
        self.communes += 1
        self.seconds += seconds

    @property
    def of_one(self) -> float | None:
        """Seconds that a commune takes; None while none was counted."""
        return self.seconds / self.communes if self.communes else None


def install(app: Flask, here: Server, queue: Jobs) -> None:
    """Lets the application count beside its pages; what was cut off goes on at the next start, or within the hour."""
    pace = app.extensions["pace"] = Pace()

    def count(commune_id: str) -> None:
        started = time.monotonic()
        if work(here.engine, commune_id):
            pace.note(time.monotonic() - started)

    def go_on() -> None:
        with reading(here.engine) as connection:
            waiting = recounting.waiting(connection)
        for commune_id in waiting:
            queue.put_once(JOB, commune_id, urgency=SOON)

    queue.define(JOB, count)
    queue.every_hour("figures-go-on", go_on)


def work(engine: Engine, commune_id: str, pause_s: float = PAUSE_S) -> bool:
    """Count until nothing is left to be counted, and whether anything was."""
    slices = 0
    while _slice(engine, commune_id):
        slices += 1
        time.sleep(pause_s)
    return bool(slices)


def _slice(engine: Engine, commune_id: str) -> bool:
    with writing(engine) as connection:
        return recounting.count_some(connection, commune_id)


def seconds_left(commune_id: str, done: float) -> float | None:
    """Within how many seconds the commune, of which the share `done` is, will be counted whole; None while nobody can tell."""
    pace: Pace = current_app.extensions["pace"]
    if pace.of_one is None:
        return None
    # Before its turn: the one that is being counted now, those ahead in the queue, and itself.
    return pace.of_one * (1 - done if done else 2 + jobs().ahead_of(JOB, commune_id))
