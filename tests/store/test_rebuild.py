"""A rebuild makes some hundreds of households at a time; what belongs together is made together all the same."""

import random

from fieldapp.store import rebuild, remaking
from fieldapp.store.engine import reading
from tests.crowd import VILLAGES, Crowd
from tests.story import COMMUNE
from tests.test_arrival import arrive, fresh


def test_households_that_were_merged_count_once_wherever_a_rebuild_pauses(sqlite_template, monkeypatch):
    with fresh("sqlite", {"sqlite": sqlite_template}, VILLAGES) as engine:
        arrive(engine, Crowd(random.Random(4), 60, 4).arriving(), most=200)
        for at_once in (1, 7):
            monkeypatch.setattr(remaking.make_whole, "__defaults__", (at_once,))
            with reading(engine) as connection:
                assert rebuild.differences(connection, COMMUNE) == []
