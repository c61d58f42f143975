"""The stage and the cast of every test: a database made by the real migrations (on SQLite and on PostgreSQL), the real
application, and

Hường, a member in thôn Đồng Chợ; Tuấn, who leads its team; Minh, officer of xã Thiệu Trung; Lan, officer of xã Thiệu Quang, who
must see nothing of Minh's."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from fieldapp import create_app
from fieldapp.config import Settings
from fieldapp.demo.phone import Phone
from fieldapp.intake import desk
from fieldapp.store import accounts, areas, commune_keys, devices, ledger, sealing
from fieldapp.store.accounts import Account
from fieldapp.store.engine import open_engine, reading, writing
from fieldapp.store.migrate import upgrade
from fieldapp.store.rebuild import differences
from fieldapp.store.tables import journal
from fieldapp.survey.balance import NOTHING
from fieldapp.survey.day import instant, moment
from tests import databases, postgres
from tests.compiled import Route, Templates

HERE, BESIDE = "thieu-trung", "thieu-quang"
TODAY = "2026-11-20T02:00:00.000Z"
VILLAGES = ("dong-cho", "Đồng Chợ", 3), ("dong-thanh", "Đồng Thanh", 4), ("phu-van", "Phú Văn", 5)
PASSWORD = "tre-xanh-bong-mat"
Flask.url_rule_class = Route


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template() -> str:
    url = postgres.shared().new_database()
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request, tmp_path) -> Iterator[Engine]:
    """An empty database in its newest shape."""
    with ExitStack() as lasting:
        if request.param == "sqlite":
            path = tmp_path / "commune.sqlite"
            shutil.copy(request.getfixturevalue("sqlite_template"), path)
            url = f"sqlite:///{path}"
        else:
            url = lasting.enter_context(databases.lent(request.getfixturevalue("postgres_template")))
        engine = databases.opened(url)
        yield engine
        engine.dispose()


class Clock:
    """The server's clock, set by hand."""

    def __init__(self) -> None:
        self.now = TODAY

    def __call__(self) -> str:
        return self.now

    def tick(self, **time: float) -> None:
        """Let time pass: tick(minutes=5)."""
        self.now = moment(instant(self.now) + timedelta(**time))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def communes(engine) -> Engine:
    """Xã Thiệu Trung and xã Thiệu Quang with their villages, teams and people; no household yet."""
    with writing(engine) as connection:
        _found(connection, HERE, "15835", "Xã Thiệu Trung")
        _found(connection, BESIDE, "15796", "Xã Thiệu Quang")
        accounts.add_team(connection, HERE, "to-dong-cho", "Tổ Đồng Chợ")
        for account in (
            Account(HERE, "huong", "Lê Thị Hường", "member", team_id="to-dong-cho"),
            Account(HERE, "tuan", "Nguyễn Văn Tuấn", "leader", username="tuan", team_id="to-dong-cho"),
            Account(HERE, "binh", "Trần Bình", "member"),
            Account(HERE, "minh", "Hoàng Minh", "officer", username="minh"),
            Account(BESIDE, "lan", "Đỗ Thị Lan", "officer", username="lan"),
        ):
            accounts.add(connection, account)
        for account_id, village_id in (("huong", "dong-cho"), ("tuan", "dong-cho"), ("binh", "dong-cho"), ("binh", "dong-thanh")):
            accounts.assign(connection, HERE, account_id, village_id, "2026-01-01")
    return engine


def _found(connection, commune_id, code, name):
    areas.found_commune(connection, areas.Commune(commune_id, code, name, "Tỉnh Thanh Hóa", f"epoch-{commune_id}"), "2025-07-01")
    for village_id, village, number in VILLAGES:
        areas.found_village(connection, commune_id, areas.Village(village_id, village, "thon", False, number, "2025-07-01"))


@pytest.fixture
def sheet(communes, clock):
    """The commune's recovery sheet: (what is printed, the public half)."""
    printed, public = sealing.new_key()
    with writing(communes) as connection:
        commune_keys.keep(connection, HERE, public, clock.now)
    return printed, public


@pytest.fixture
def app(communes, clock, tmp_path):
    settings = Settings(data_folder=tmp_path / "data", secret="tests only", argon2_rounds=1, argon2_memory_kib=8)
    app = create_app(settings, communes, clock)
    app.testing, app.jinja_env.bytecode_cache = True, Templates()
    return app


@pytest.fixture
def post(app):
    """How phones reach the server: the real application, without a network."""
    client = app.test_client()

    def post(path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        answer = client.post(path, data=body, headers=headers)
        return answer.status_code, answer.data

    return post


@dataclass
class Cast:
    """Makes enrolled phones for members of xã Thiệu Trung."""

    engine: Engine
    post: Any
    clock: Clock

    def phone(self, account_id: str, seed: str | None = None) -> Phone:
        with writing(self.engine) as connection:
            code = devices.new_code(connection, HERE, account_id, "2027-01-01T00:00:00.000Z")
        phone = Phone(self.post, seed or account_id, self.clock.now)
        phone.enrol(code)
        phone.sync()
        return phone


@pytest.fixture
def cast(communes, post, clock) -> Cast:
    return Cast(communes, post, clock)


@pytest.fixture
def huong(cast) -> Phone:
    return cast.phone("huong")


@pytest.fixture
def binh(cast) -> Phone:
    return cast.phone("binh")


@pytest.fixture
def minh(communes, clock):
    """What the officer says, recorded: minh(kind, household, body) gives the receipt."""
    with reading(communes) as connection:
        officer = accounts.by_id(connection, HERE, "minh")

    def say(kind: str, household: str | None, body: dict[str, Any]):
        clock.tick(minutes=5)
        return desk.record(communes, officer, clock.now, [(kind, household, body)])[0]

    return say


@pytest.fixture
def figure(communes):
    """The balance of an indicator: figure("dong-cho", "smartphone")."""

    def figure(village: str, indicator: str, cut: str = "all", until: str | None = None):
        with reading(communes) as connection:
            balances = ledger.balances(connection, HERE, cut, until=until)
        for key in (f"{indicator}:1", indicator):
            if (village, key) in balances:
                return balances[village, key]
        return NOTHING

    return figure


@pytest.fixture
def journal_rows(communes):
    """The journal's rows of a sealed text (its id), or of all."""

    def rows(text: str | None = None):
        query = select(journal).where(journal.c.commune_id == HERE).order_by(journal.c.sequence)
        if text is not None:
            query = query.where(journal.c.event_id == json.loads(text)["id"])
        with reading(communes) as connection:
            return connection.execute(query).all()

    return rows


@pytest.fixture
def sound(communes):
    """The chain holds and a rebuild equals; called after what a test does."""

    def sound() -> None:
        with reading(communes) as connection:
            assert differences(connection, HERE) == []

    return sound
