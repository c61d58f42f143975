"""Bench: how long one visit takes to be sent, when a phone that found a network sends one at a time; beside a raw durable commit of the same
text and an empty round trip to the same server."""

import http.client
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fieldapp.bench.commune import founded, phone_of, visit
from fieldapp.bench.row import Row
from fieldapp.bench.served import posting, serving
from fieldapp.store.engine import open_engine
from fieldapp.store.migrate import upgrade

VISITS, HUNDREDTHS = 400, (50, 95, 99)
# Times the floor: a visit folds a household, moves its figures and brings its changes back.
GOALS = {50: 15, 95: 20, 99: 30}


def run() -> list[Row]:
    """p50, p95 and p99 in milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'commune.sqlite'}"
        engine = open_engine(url)
        upgrade(engine)
        commune = founded(engine, 1, VISITS)
        with serving(folder, url) as port:
            (village_id,) = commune.villages
            phone, chance = phone_of(commune, village_id, posting(port)), random.Random(village_id)
            while phone.sync()["more"]:
                continue
            raw = _raw(folder / "floor.sqlite", port)
            took, least = [], []
            for household in commune.households[village_id]:
                text = visit(phone, chance, *household)
                started = time.perf_counter()
                outcome = phone.sync()["receipts"][0]["outcome"]
                took.append(time.perf_counter() - started)
                assert outcome == "stored", outcome
                least.append(raw(text))
        engine.dispose()
    found, floors = _hundredths(took), _hundredths(least)
    return [_row(each, found[each], floors[each]) for each in HUNDREDTHS]


def _row(hundredth: int, milliseconds: float, floor: float) -> Row:
    goal = GOALS[hundredth]
    return Row("sync", f"one visit, p{hundredth}", milliseconds, "ms", floor, f"at most {goal} × floor", milliseconds <= goal * floor)


def _raw(path: Path, port: int) -> Callable[[str], float]:
    """raw(text): seconds for a durable commit of the text and a round trip."""
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE journal (text TEXT)")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def raw(text: str) -> float:
        started = time.perf_counter()
        database.execute("INSERT INTO journal VALUES (?)", (text,))
        connection.request("GET", "/api/health")
        connection.getresponse().read()
        return time.perf_counter() - started

    return raw


def _hundredths(seconds: list[float]) -> dict[int, float]:
    """Milliseconds under which that many of a hundred stay."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return {each: cuts[each - 1] * 1000 for each in HUNDREDTHS}
