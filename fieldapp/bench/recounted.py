"""How long it takes to count a whole province by a new definition, commune after commune as the server does it, while a phone goes on sending."""

import random
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from fieldapp.bench.commune import NOW, visit
from fieldapp.bench.province import Province
from fieldapp.bench.row import Row
from fieldapp.store import indicators, journal, recounting
from fieldapp.store.engine import Engine, reading, writing
from fieldapp.survey.indicator import INDICATORS
from fieldapp.web.recounting import work

MOST_MINUTES, MOST_MS, LEAST_SECONDS = 20.0, 2_000.0, 60.0
SECONDS_BETWEEN_VISITS = 0.5


def rows(engine: Engine, province: Province, title: str, said: Callable[[str], None]) -> list[Row]:
    """Minutes for all communes, told from those that were counted in a minute at least; and what a visit takes meanwhile."""
    defined = replace(next(each for each in INDICATORS if each.code == "smartphone"), version=1001, form="household-1")
    waits: list[float] = []
    ended = threading.Event()
    phone = threading.Thread(target=_sending, args=(province, ended, waits))
    phone.start()
    started, done = time.perf_counter(), 0
    try:
        for commune_id in province.communes:
            with writing(engine) as connection:
                journal.lock(connection, commune_id)
                indicators.publish(connection, commune_id, [defined], "officer", NOW)
            work(engine, commune_id)
            with reading(engine) as connection:
                assert recounting.how_far(connection, commune_id) == (0, 0)
            done += 1
            said(f"{done} of {len(province.communes)} communes counted anew")
            if time.perf_counter() - started > LEAST_SECONDS:
                break
    finally:
        ended.set()
        phone.join()
    minutes = (time.perf_counter() - started) / 60 * len(province.communes) / done
    worst = statistics.quantiles(waits, n=20)[-1] * 1000 if len(waits) > 1 else 0.0
    return [
        Row(
            "figures", f"{title} counted anew, told from {done} communes", minutes, "minutes", None, f"at most {MOST_MINUTES:.0f}",
            minutes <= MOST_MINUTES,
        ),
        Row("figures", f"{title} a visit meanwhile, p95", worst, "ms", None, f"at most {MOST_MS:.0f} ms", worst <= MOST_MS),
    ]  # fmt: skip


def _sending(province: Province, ended: threading.Event, waits: list[float]) -> None:
    chance = random.Random(12)
    village_id = province.real.villages[-1]
    phone, households = province.phones[village_id], province.real.households[village_id]
    phone.at = NOW
    while not ended.wait(SECONDS_BETWEEN_VISITS):
        text = visit(phone, chance, *chance.choice(households))
        started = time.perf_counter()
        _, answer = phone.call([text], limit=1)
        waits.append(time.perf_counter() - started)
        assert answer["receipts"][0]["outcome"] == "stored", answer["receipts"]
        phone.outbox.clear()
