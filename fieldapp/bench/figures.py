"""Bench: the overview and a village's page at the server, at growing numbers of households, on SQLite and PostgreSQL.

Each page stands beside the bare SQL of its balances. What is promised is that size costs nothing: at 100,000 households (400 villages) a
village read takes at most 1.5 times what it takes at 1,000 (10 villages)."""

import contextlib
import gzip
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fieldapp import create_app
from fieldapp.bench import desk_pages
from fieldapp.bench.commune import COMMUNE, NOW, Commune, founded, held, visited
from fieldapp.bench.row import Row
from fieldapp.config import Settings
from fieldapp.demo.phone import Post
from fieldapp.intake import enrol, sync
from fieldapp.store import ledger
from fieldapp.store.engine import Engine, open_engine, reading
from fieldapp.store.migrate import upgrade
from fieldapp.web.passwords import hashed

SIZES = ((1_000, 10), (10_000, 40), (100_000, 400))
READS = 25
VISITED_SHARE = 0.3  # visits at 100,000 households take minutes; reading costs the same
MOST_TIMES = 1.5
PASSWORD = "only for the bench"


def run() -> list[Row]:
    """The rows of this bench. PostgreSQL comes from the test packages; without them its rows say that it was not measured."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, _postgres() as new_database:
        for name, url_of in (("sqlite", lambda size: f"sqlite:///{folder}/{size}.sqlite"), ("postgresql", new_database)):
            rows += _on(name, url_of, Path(folder)) if url_of else [Row("figures", f"{name} not measured: run `test` once first", 0, "")]
    return rows


def _on(name: str, url_of: Callable[[int], str], folder: Path) -> list[Row]:
    rows, costs = [], {}
    for households, villages in SIZES:
        engine = open_engine(url_of(households))
        upgrade(engine)
        settings = Settings(data_folder=folder, secret="bench", argon2_rounds=1, argon2_memory_kib=8)
        commune = founded(engine, villages, households, password_hash=hashed(PASSWORD, settings))
        visited(commune, _door(engine), VISITED_SHARE)
        for page, (value, floor, read) in _pages(engine, commune, settings).items():
            costs[page, households] = value / read
            rows.append(Row("figures", f"{name} {page} at {households:,} households", value, "ms", floor))
        if households == desk_pages.HOUSEHOLDS:
            officer = _officer(engine, settings)
            rows += desk_pages.rows(name, engine, officer, _median_ms)
            held(commune, _door(engine), desk_pages.HELD)
            rows.append(desk_pages.held_row(name, engine, officer, _median_ms))
        engine.dispose()
    for page in dict.fromkeys(page for page, _ in costs):
        times = costs[page, SIZES[-1][0]] / costs[page, SIZES[0][0]]
        title = f"{name} {page}, a village read: {SIZES[-1][0]:,} to {SIZES[0][0]:,}"
        rows.append(Row("figures", title, times, "times", None, f"at most {MOST_TIMES}", times <= MOST_TIMES))
    return rows


def _door(engine: Engine) -> Post:
    """The intake itself, without HTTP: what is measured here is reading."""

    def post(path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        plain = gzip.decompress(body)
        if path == "/api/enrol":
            return 200, enrol.answer(engine, plain, NOW)
        return 200, sync.answer(engine, headers["Authorization"].removeprefix("Bearer "), plain, NOW)

    return post


def _pages(engine: Engine, commune: Commune, settings: Settings) -> dict[str, tuple[float, float, int]]:
    """page → (median ms, ms of the bare SQL, villages read)."""
    client = _officer(engine, settings)
    village = random.Random(3).choice(commune.villages)

    def bare(villages: list[str] | None) -> None:
        with reading(engine) as connection:
            ledger.balances(connection, COMMUNE, villages=villages)

    def page(path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, answer.status

    return {
        "overview": (_median_ms(lambda: page("/")), _median_ms(lambda: bare(None)), len(commune.villages)),
        "village page": (_median_ms(lambda: page(f"/villages/{village}")), _median_ms(lambda: bare([village])), 1),
    }


def _officer(engine: Engine, settings: Settings) -> Any:
    """The officer's browser, signed in."""
    app = create_app(settings, engine, lambda: NOW)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    signed_in = client.post("/sign-in", data={"username": "officer", "password": PASSWORD})
    assert signed_in.status_code == 302, signed_in.text[:300]
    return client


def _median_ms(work: Callable[[], Any]) -> float:
    work()
    taken = []
    for _ in range(READS):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


@contextlib.contextmanager
def _postgres() -> Iterator[Callable[[int], str] | None]:
    """A PostgreSQL of our own, as the tests have it; None where their packages are not installed."""
    try:
        from tests import postgres
    except ImportError:
        yield None
        return
    with postgres.start() as server:
        yield lambda size: server.new_database()
