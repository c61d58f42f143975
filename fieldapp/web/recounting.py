"""Counting communes by the versions of indicators that their officers published: slice by slice beside the server, so that phones sync meanwhile.

Where it stands is in the database itself (store/recounting.py): a server that was killed goes on when it starts again, a cancelled version is
gone at once, and the page asks nobody but the database how far it is."""

import logging
import time

from fieldapp.store import areas, recounting
from fieldapp.store.engine import Engine, reading, writing
from fieldapp.web.jobs import Jobs
from fieldapp.web.server import Server

logger = logging.getLogger(__name__)

JOB = "indicators"
# Whoever waits to write comes first.
PAUSE_S = 0.02


def install(here: Server, jobs: Jobs) -> None:
    """Lets the application count beside its pages; what was cut off goes on at the next start, or within the hour."""
    jobs.define(JOB, lambda commune_id: work(here.engine, commune_id))

    def go_on() -> None:
        with reading(here.engine) as connection:
            communes = areas.commune_ids(connection)
        for commune_id in communes:
            work(here.engine, commune_id)

    jobs.every_hour("indicators-go-on", go_on)


def work(engine: Engine, commune_id: str) -> None:
    """Count until nothing is left to be counted."""
    more = True
    while more:
        with writing(engine) as connection:
            more = recounting.count_some(connection, commune_id)
        if more:
            time.sleep(PAUSE_S)
