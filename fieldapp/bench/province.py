"""A whole province for the bench, seeded: one commune is made by the real code (roster, visits of two autumns, journal, projections, balances), and
every other commune is its copy, row by row inside PostgreSQL, under ids, codes and a chained journal of its own.

So each commune holds what the real code would have made of its journal: tests/store/test_province_bench.py."""

import json
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from fieldapp.bench.commune import COMMUNE, NOW, Commune, founded, phone_of, visit
from fieldapp.demo.phone import Phone, Post
from fieldapp.figures import months
from fieldapp.store import accounts, areas
from fieldapp.store.accounts import Account
from fieldapp.store.engine import Connection, Engine, reading, writing
from fieldapp.store.tables import metadata
from fieldapp.survey.day import day_of

PROVINCE, PROVINCE_CODE, PROVINCE_NAME = "province", "38", "Tỉnh Thanh Hóa"
# 1,000,000 households in 166 communes and 4,482 villages, 3.7 people each.
COMMUNE_HOUSEHOLDS, COMMUNE_VILLAGES, PEOPLE = 6_024, 27, (3, 4, 4, 4, 3, 4, 4, 4, 3, 4)
FOUNDED_ON, AUTUMNS = "2025-08-01", (("2025-09-01T01:00:00.000Z", 0.6), ("2026-09-10T01:00:00.000Z", 0.5))
VISITS_A_DAY = 20
AT_ONCE = 4  # communes that are copied side by side: the work is the database's

# An id of a household, an event or a phone; each commune has its own three last letters.
UUID7 = "([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{9})[0-9a-f]{3}"
WITH_IDS = ("household_id", "other_id", "event_id", "device_id", "answered_by", "merged_into", "sign_up_id", "state", "aside", "decision", "text")
CHAIN = """
CREATE OR REPLACE FUNCTION bench_link(bytea, bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS 'SELECT sha256($1 || $2)';
CREATE OR REPLACE AGGREGATE bench_chain(bytea) (SFUNC = bench_link, STYPE = bytea, INITCOND = '\\x{genesis}');
"""


@dataclass(frozen=True, slots=True)
class Province:
    """real: the commune that the real code made; phones: of its villages; communes: all of them, the real one first."""

    real: Commune
    phones: dict[str, Phone]
    communes: list[str]
    households: int


def settled(engine: Engine, post: Post, households: int, password_hash: str, said: Callable[[str], None] = lambda _: None) -> Province:
    """A province of about so many households in a PostgreSQL database, its officer's username `province`, the real commune's `officer`."""
    count = max(2, round(households / COMMUNE_HOUSEHOLDS))
    each = households // count
    real, phones = surveyed(engine, post, each, max(1, round(each * COMMUNE_VILLAGES / COMMUNE_HOUSEHOLDS)), password_hash)
    said(f"{each:,} households by the real code")
    with writing(engine) as connection:
        areas.found_commune(connection, areas.Commune(PROVINCE, PROVINCE_CODE, PROVINCE_NAME, PROVINCE_NAME, "epoch"), "2025-07-01")
        accounts.add(connection, Account(PROVINCE, "province-officer", "Cán bộ tỉnh", "province", username="province", password_hash=password_hash))
        connection.exec_driver_sql(CHAIN.format(genesis="00" * 32))
    communes = [COMMUNE, *(f"commune-{number:03}" for number in range(2, count + 1))]

    def copied(number: int) -> None:
        with writing(engine) as connection:
            _copied(connection, number, communes[number - 1])
        if number % 10 == 0:
            said(f"commune {number} of {count}")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(copied, range(2, count + 1)))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    return Province(real, phones, communes, each * count)


def surveyed(engine: Engine, post: Post, households: int, villages: int, password_hash: str) -> tuple[Commune, dict[str, Phone]]:
    """One commune by the real code: its roster, and the visits of two autumns, days apart."""
    commune, chance = founded(engine, villages, households, password_hash=password_hash, day=FOUNDED_ON, people=PEOPLE), random.Random(5)
    phones = {village_id: phone_of(commune, village_id, post, at=AUTUMNS[0][0]) for village_id in commune.villages}
    last: dict[str, str] = {}
    for begins, share in AUTUMNS:
        for village_id, phone in phones.items():
            phone.at = begins
            for household_id, people in chance.sample(commune.households[village_id], int(len(commune.households[village_id]) * share)):
                last[household_id] = json.loads(visit(phone, chance, household_id, people, last.get(household_id)))["id"]
                if len(phone.outbox) == VISITS_A_DAY:
                    _sent(phone)
                    phone.wait(hours=20)
            _sent(phone)
    with writing(engine) as connection:
        months.keep_up(connection, COMMUNE, day_of(NOW))
    return commune, phones


def _sent(phone: Phone) -> None:
    if phone.outbox:
        _, answer = phone.call(phone.outbox, limit=1)
        assert all(receipt["outcome"] == "stored" for receipt in answer["receipts"]), str(answer["receipts"])[:300]
        phone.outbox.clear()


def _copied(connection: Connection, number: int, commune_id: str) -> None:
    """Every row of the real commune once more, as another one's."""
    for table in metadata.sorted_tables:
        if "commune_id" in table.c and table.name != "journal":
            names = [column.name for column in table.c]
            values = ", ".join(_value(table.name, name, number, commune_id) for name in names)
            rows = f"SELECT {values} FROM {table.name} WHERE commune_id = '{COMMUNE}'"
            connection.exec_driver_sql(f"INSERT INTO {table.name} ({', '.join(names)}) {rows}")
    _journal_copied(connection, number, commune_id)


def _value(table: str, name: str, number: int, commune_id: str) -> str:
    """What stands in the copy's column: SQL over the row that is copied."""
    if name in ("commune_id", "source_id"):
        return f"CASE {name} WHEN '{COMMUNE}' THEN '{commune_id}' ELSE {name} END"
    if name in ("code_hash", "token_hash"):
        return f"encode(sha256(convert_to({name} || '-{number}', 'UTF8')), 'hex')"
    if name == "username":
        return f"{name} || '-{number}'"
    if name == "code" and table in ("household", "commune_name"):
        return f"overlay({name} PLACING '{_code(number)}' FROM 1 FOR 5)"
    return _with_ids(name, number) if name in WITH_IDS else name


def _code(number: int) -> str:
    return f"{16_000 + number}"


def _with_ids(name: str, number: int) -> str:
    return f"regexp_replace({name}, '{UUID7}', '\\1{number:03x}', 'g')"


def _journal_copied(connection: Connection, number: int, commune_id: str) -> None:
    """Its texts name the commune and its ids, its decisions its codes; hashes and chain are those of the new texts."""
    text = f"replace({_with_ids('text', number)}, '\"commune\":\"{COMMUNE}\"', '\"commune\":\"{commune_id}\"')"
    decision = f"regexp_replace({_with_ids('decision', number)}, '\"code\":\"[0-9]{{5}}-', '\"code\":\"{_code(number)}-')"
    connection.exec_driver_sql(
        f"""
        INSERT INTO journal (commune_id, sequence, event_id, sha256, kind, household_id, device_id, n, account_id, held, decision, text, redacted,
          salt, digest, chain)
        SELECT '{commune_id}', sequence, event_id, encode(sha256(convert_to(text, 'UTF8')), 'hex'), kind, household_id, device_id, n, account_id,
          held, decision, text, NULL, salt, digest, bench_chain(digest || sha256(convert_to(decision, 'UTF8'))) OVER (ORDER BY sequence)
        FROM (
          SELECT *, sha256(salt || convert_to(text, 'UTF8')) AS digest FROM (
            SELECT sequence, {_with_ids('event_id', number)} AS event_id, kind, {_with_ids('household_id', number)} AS household_id,
              {_with_ids('device_id', number)} AS device_id, n, account_id, held, {decision} AS decision, {text} AS text, salt
            FROM journal WHERE commune_id = '{COMMUNE}'
          ) AS renamed
        ) AS hashed
        """
    )
    connection.exec_driver_sql(
        f"UPDATE commune SET chain = (SELECT chain FROM journal WHERE commune_id = '{commune_id}' ORDER BY sequence DESC LIMIT 1)"
        f" WHERE commune_id = '{commune_id}'"
    )


def counted(engine: Engine) -> dict[str, int]:
    """How many communes, villages, households and people there are."""
    with reading(engine) as connection:
        return dict(_counts(connection))


def _counts(connection: Any) -> Iterator[tuple[str, int]]:
    for table in ("commune", "village", "household", "person", "visit", "journal", "balance"):
        yield table, connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
