"""How long it takes to count a whole province by a new definition, commune after commune as the server does it, while a phone goes on sending."""

import random
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from fieldapp.bench.commune import NOW, visit
from fieldapp.bench.own_time import taken_s
from fieldapp.bench.province import Province
from fieldapp.bench.row import Row
from fieldapp.store import indicators, journal
from fieldapp.store.engine import Engine, writing
from fieldapp.survey.indicator import INDICATORS
from fieldapp.web.recounting import work

MOST_MINUTES, MOST_MS, LEAST_SECONDS = 20.0, 2_000.0, 30.0
SECONDS_BETWEEN_VISITS = 0.5
SAID_EVERY = 10
DEFINED = replace(next(each for each in INDICATORS if each.code == "smartphone"), version=1001, form="household-1")


def rows(engine: Engine, province: Province, title: str, said: Callable[[str], None], every: bool = False) -> list[Row]:
    """Minutes for all communes, told from those that were counted in half a minute at least (every: from all but one); and what a visit takes
    while one more is counted."""
    # The real commune is the phone's, and is counted while it sends.
    real, *others = province.communes
    spent, done = 0.0, 0
    while (every or spent < LEAST_SECONDS) and done < len(others):
        spent += taken_s(engine, partial(_count, engine, others[done]))
        done += 1
        if done % SAID_EVERY == 0:
            said(f"{done} of {len(province.communes)} communes counted anew")
    minutes = spent / 60 * len(province.communes) / done
    waits = _while_sending(province, lambda: _count(engine, real))
    worst = statistics.quantiles(waits, n=20)[-1] * 1000 if len(waits) > 1 else 0.0
    return [
        Row(
            "figures", f"{title} counted anew, told from {done} communes", minutes, "minutes", None, f"at most {MOST_MINUTES:.0f}",
            minutes <= MOST_MINUTES,
        ),
        Row("figures", f"{title} a visit meanwhile, p95", worst, "ms", None, f"at most {MOST_MS:.0f} ms", worst <= MOST_MS),
    ]  # fmt: skip


def _count(engine: Engine, commune_id: str) -> None:
    with writing(engine) as connection:
        journal.lock(connection, commune_id)
        indicators.publish(connection, commune_id, [DEFINED], "officer", NOW)
    work(engine, commune_id)


def _while_sending(province: Province, work: Callable[[], None]) -> list[float]:
    """Seconds that each visit took while the work was done."""
    waits: list[float] = []
    ended = threading.Event()
    phone = threading.Thread(target=_sending, args=(province, ended, waits))
    phone.start()
    try:
        work()
    finally:
        ended.set()
        phone.join()
    return waits


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
