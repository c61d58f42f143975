"""The server of a soak: a small commune in a real database behind the real application, that can die, be backed up and be restored."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from fieldapp import create_app
from fieldapp.config import Settings
from fieldapp.demo.stage import Clock
from fieldapp.intake import desk, enrol, handover, receive, sync
from fieldapp.paper import backup, restore
from fieldapp.store import accounts, areas, commune_keys, devices, journal, sealing
from fieldapp.store.accounts import Account
from fieldapp.store.engine import Connection, Engine, open_engine, reading, writing
from fieldapp.store.migrate import upgrade
from fieldapp.survey.day import instant, moment
from fieldapp.survey.ids import person_id
from fieldapp.survey.questionnaire import NAMES

HERE = "thieu-trung"
VILLAGES = ("dong-cho", "dong-thanh", "phu-van")
MEMBERS = {"huong": ("dong-cho",), "tuan": ("dong-cho",), "binh": ("dong-cho", "dong-thanh"), "mai": ("dong-thanh", "phu-van")}
# Each member's place: phone and slot on it; Bình and Mai share one phone.
PLACES = {"huong": ("red", 1), "tuan": ("blue", 1), "binh": ("shared", 1), "mai": ("shared", 2)}
LEADER, OFFICER = "tuan", "minh"
MORNING = "2026-10-05T01:00:00.000Z"
HOUSES = 8  # of each village, from the roster
BEFORE, AFTER, STUMBLES = "before", "after", "stumbles"
Answer = tuple[int, dict[str, str], bytes]
NewEngine = Callable[[], Engine]


class Died(BaseException):
    """The server's process is gone; nothing of ours catches this."""


class Commune:
    """new_engine: gives an empty database in its newest shape; folder: where backups lie."""

    def __init__(self, new_engine: NewEngine, folder: Path, chance: Any) -> None:
        self.new_engine, self.folder, self.chance = new_engine, folder, chance
        self.clock = Clock(MORNING)
        self.dies: str | None = None  # how the transaction of the next call of a phone ends: BEFORE, AFTER (its commit), STUMBLES
        self.files: list[tuple[Path, int]] = []  # backups, with the last sequence in each
        self.made = 0
        self.relied_on = 0  # the file that phones may have relied on: none before it brings everything back any more
        self.engine = new_engine()
        self._found()
        self.starts()

    def starts(self) -> None:
        """The server's process starts over its database."""
        settings = Settings(data_folder=self.folder, secret="soak only", argon2_rounds=1, argon2_memory_kib=8)
        self.client = create_app(settings, self.engine, self.clock).test_client()

    def calls(self, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
        """The server's answer; None when it died over the call and was started again."""
        try:
            with self._dying():
                answer = self.client.post(path, headers=headers, data=body)
                return answer.status_code, dict(answer.headers), answer.data
        except Died:
            self.starts()
            return None
        finally:
            self.dies = None

    def served(self) -> dict[str, str]:
        """The modules that the phone's page would load from here."""
        return {path: self.client.get(path).text for path in (f"/phone/questionnaires/{name}.js" for name in NAMES)}

    def goes_on(self, seconds: float) -> None:
        self.clock.now = moment(instant(self.clock.now) + timedelta(seconds=seconds))

    def says(self, said: list[desk.Said]) -> list[receive.Receipt]:
        """The officer says something."""
        return desk.record(self.engine, Account(HERE, OFFICER, "Hoàng Minh", "officer"), self.clock.now, said)

    def takes_in(self, content: str) -> None:
        """The officer takes in a hand-over file."""
        file = handover.read(content.encode())
        handover.take_in(self.engine, HERE, file, handover.data_key(file, [self.key]), self.clock.now)

    def code_for(self, member: str) -> str:
        with writing(self.engine) as connection:
            return devices.new_code(connection, HERE, member, moment(instant(self.clock.now) + timedelta(days=7)))

    def backs_up(self) -> None:
        self.made += 1
        path = self.folder / f"{self.made}.tungnha"
        made = backup.backup(self.engine, path, self.clock.now, [HERE])
        self.files.append((path, made.sequences[HERE]))
        self.relied_on = max(self.relied_on, len(self.files) - 2)

    def can_be_restored(self, back: int) -> bool:
        """Whether the last backup but `back`, together with the phones, must bring everything back."""
        return len(self.files) - 1 - back >= self.relied_on

    def is_restored(self, back: int) -> int:
        """The server burns down and comes back from the last backup but `back`; the sequence up to which its journal reaches."""
        path, sequence = self.files[-1 - back]
        self.engine.dispose()
        self.engine = self.new_engine()
        restore.restore(self.engine, path, [self.key], self.clock.now)
        # Backups that were made after this one are of a server that is no more.
        del self.files[len(self.files) - back :]
        self.starts()
        return sequence

    def sequence(self) -> int:
        with reading(self.engine) as connection:
            return journal.head(connection, HERE)[0]

    def rows(self) -> list[dict[str, Any]]:
        """The journal as it lies there, asked for in the plainest way."""
        query = "SELECT sequence, event_id, sha256, kind, household_id, held, decision, text FROM journal ORDER BY sequence"
        with reading(self.engine) as connection:
            return [dict(row) for row in connection.exec_driver_sql(query).mappings()]

    def close(self) -> None:
        self.engine.dispose()

    def _found(self) -> None:
        printed, public = sealing.new_key()
        self.key = sealing.read_private(printed)
        with writing(self.engine) as connection:
            areas.found_commune(connection, areas.Commune(HERE, "15835", "Xã Thiệu Trung", "Tỉnh Thanh Hóa", "first"), "2025-07-01")
            commune_keys.keep(connection, HERE, public, self.clock.now)
            for number, village in enumerate(VILLAGES, start=1):
                areas.found_village(connection, HERE, areas.Village(village, village, "thon", False, number, "2025-07-01"))
            accounts.add(connection, Account(HERE, OFFICER, "Hoàng Minh", "officer", username="minh"))
            for member, villages in MEMBERS.items():
                accounts.add(connection, Account(HERE, member, member, "leader" if member == LEADER else "member"))
                for village in villages:
                    accounts.assign(connection, HERE, member, village, "2026-01-01")
        self.says([("register", None, self._house(village, number)) for village in VILLAGES for number in range(HOUSES)])

    def _house(self, village: str, number: int) -> dict[str, Any]:
        people = [
            {"id": person_id(self.chance.randbytes(10)), "name": name, "birth_year": year, "sex": sex, "relation": relation, "residence": "permanent"}
            for name, year, sex, relation in (("Lê Văn Tám", 1961, "male", "head"), ("Trịnh Thị Sen", 1995, "female", "child"))
        ]
        return {"village": village, "address": f"Ngõ {number + 1}", "source": "roster", "people": people[: 1 + number % 2]}

    @contextmanager
    def _dying(self) -> Iterator[None]:
        """The transaction of a phone's call ends as `dies` says."""

        @contextmanager
        def until_death(engine: Engine) -> Iterator[Connection]:
            with writing(engine) as connection:
                yield connection
                if self.dies == BEFORE:
                    raise Died
                if self.dies == STUMBLES:
                    raise RuntimeError("the soak lets the server stumble here")
            if self.dies == AFTER:
                raise Died

        doors: tuple[Any, ...] = (sync, enrol)
        before = [door.writing for door in doors]
        for door in doors:
            door.writing = until_death
        try:
            yield
        finally:
            for door, own in zip(doors, before, strict=True):
                door.writing = own


class SqliteFiles:
    """Empty databases in their newest shape, each a copy of one that the migrations made."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.made = folder, 0
        self.template = folder / "template.sqlite"
        engine = open_engine(f"sqlite:///{self.template}")
        upgrade(engine)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

    def __call__(self) -> Engine:
        self.made += 1
        path = self.folder / f"{self.made}.sqlite"
        shutil.copy(self.template, path)
        return open_engine(f"sqlite:///{path}")


def plain(answer: Answer) -> dict[str, Any]:
    """An answer's own words."""
    return dict(json.loads(answer[2]))
