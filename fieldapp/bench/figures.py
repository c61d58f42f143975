"""Bench: the desk's pages at the server, for a commune of 10,000 households on SQLite and PostgreSQL, and for one among a whole province on
PostgreSQL, beside the bare SQL of each; the province's own pages; what a visit costs; and how long a province takes to be counted anew.

What is promised is that size costs nothing: the same goals hold at 1,000,000 households, which `--households 1000000` fills; without it a smaller
province is made."""

import contextlib
import gzip
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fieldapp import create_app
from fieldapp.bench import desk_pages, province, recounted, scan, visit_cost
from fieldapp.bench.commune import NOW, Commune, founded, held, phone_of, visited
from fieldapp.bench.own_time import median_ms
from fieldapp.bench.row import Row
from fieldapp.config import Settings
from fieldapp.demo.phone import Phone, Post
from fieldapp.intake import enrol, sync
from fieldapp.serving import spare_the_collector
from fieldapp.store import months
from fieldapp.store.engine import Engine, open_engine, reading
from fieldapp.store.migrate import upgrade
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.indicator import INDICATORS
from fieldapp.web.accounts.passwords import hashed

HOUSEHOLDS, VILLAGES, VISITED_SHARE = 10_000, 40, 0.3
PROVINCE_HOUSEHOLDS = 30_000
PASSWORD = "only for the bench"
# A million households fit no cache that a server has by itself; the files are the bench's own, and gone when it ends.
FAST = {"fsync": "off", "shared_buffers": "512MB", "max_wal_size": "8GB", "maintenance_work_mem": "256MB"}


def run(households: int | None = None) -> list[Row]:
    """The rows of this bench. PostgreSQL comes from the test packages; without them its rows say that it was not measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data_folder=folder, secret="bench", argon2_rounds=1, argon2_memory_kib=8)
        engine = open_engine(f"sqlite:///{folder}/commune.sqlite")
        rows, _ = _commune("sqlite", engine, settings)
        engine.dispose()
        with _postgres() as new_database:
            if new_database is None:
                return [*rows, Row("figures", "postgresql not measured: run `test` once first", 0, "")]
            small, large = open_engine(new_database()), open_engine(new_database())
            found, one = _commune("postgresql", small, settings)
            rows += found + _province(large, settings, households, one)
            small.dispose()
            large.dispose()
    return rows


def _commune(database: str, engine: Engine, settings: Settings) -> tuple[list[Row], tuple[Commune, Phone]]:
    """The pages of one commune by itself, and it with a phone of its first village."""
    upgrade(engine)
    title = f"{database} {HOUSEHOLDS:,}"
    commune = founded(engine, VILLAGES, HOUSEHOLDS, password_hash=hashed(PASSWORD, settings))
    visited(commune, _door(engine), VISITED_SHARE)
    _said(f"{title} households stand")
    officer = _signed_in(engine, settings, "officer")
    rows = desk_pages.rows(title, engine, officer, median_ms(engine), commune.villages[-1])
    phone = phone_of(commune, commune.villages[0], _door(engine), "second", NOW)
    with scan.opened(engine, settings.data_folder / f"{database}.duckdb") as looking:
        rows += desk_pages.beside_a_scan(f"{title} overview", rows, median_ms(engine)(looking.commune) if looking else None)
    rows.append(desk_pages.queue_row(title, engine, officer, median_ms(engine)))
    held(commune, _door(engine), desk_pages.HELD)
    return [*rows, desk_pages.held_row(title, engine, officer, median_ms(engine))], (commune, phone)


def _province(engine: Engine, settings: Settings, households: int | None, small: tuple[Commune, Phone]) -> list[Row]:
    upgrade(engine)
    settled = province.settled(engine, _door(engine), households or PROVINCE_HOUSEHOLDS, hashed(PASSWORD, settings), _said)
    _said(str(province.counted(engine)))
    title = f"postgresql {settled.households:,}"
    officer = _signed_in(engine, settings, "officer")
    rows = desk_pages.rows(title, engine, officer, median_ms(engine), settled.real.villages[-1])
    above = _signed_in(engine, settings, "province")
    kept = [(each, each) for each in settled.communes]

    def bare() -> None:
        with reading(engine) as connection:
            months.of_month(connection, kept, months.months(connection, kept)[0], [COVERAGE, *(each.key for each in INDICATORS)])
            months.sums(connection, kept, COVERAGE)

    measure = median_ms(engine)
    floor = measure(bare)
    for name, path in (("province overview", "/province"), ("province, one indicator", "/province/indicators/smartphone")):
        rows.append(desk_pages.row(f"{title} {name}", measure(desk_pages.asking(above, path)), floor))
    with scan.opened(engine, settings.data_folder / "province.duckdb", len(settled.communes)) as looking:
        rows += desk_pages.beside_a_scan(f"{title} overview", rows, measure(looking.commune) if looking else None)
        rows += desk_pages.beside_a_scan(f"{title} province overview", rows, measure(looking.province) if looking else None)
    rows.append(desk_pages.queue_row(title, engine, officer, measure))
    phone = settled.phones[settled.real.villages[0]]
    phone.at = NOW
    rows.append(visit_cost.row(small, (settled.real, phone), f"{title} a visit, journal to balance"))
    return rows + recounted.rows(engine, settled, title, _said, every=households is not None)


def _said(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def _door(engine: Engine) -> Post:
    """The intake itself, without HTTP: what is measured here is reading, and what a visit costs within."""

    def post(path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        plain = gzip.decompress(body)
        if path == "/api/enrol":
            return 200, enrol.answer(engine, plain, NOW)
        return 200, sync.answer(engine, headers["Authorization"].removeprefix("Bearer "), plain, NOW)

    return post


def _signed_in(engine: Engine, settings: Settings, username: str) -> Any:
    """Somebody's browser, signed in."""
    app = create_app(settings, engine, lambda: NOW)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    # As the server does: it would be measured beside a page otherwise.
    spare_the_collector()
    signed_in = client.post("/sign-in", data={"username": username, "password": PASSWORD})
    assert signed_in.status_code == 302, signed_in.text[:300]
    return client


@contextlib.contextmanager
def _postgres() -> Iterator[Callable[[], str] | None]:
    """A PostgreSQL of our own, as the tests have it; None where their packages are not installed."""
    try:
        from tests import postgres
    except ImportError:
        yield None
        return
    with postgres.start(settings=FAST) as server:
        yield server.new_database
