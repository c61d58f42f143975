"""The access log: who read which households on the web, when, on which page and from where.

A list that shows fifty households is fifty readings: each of those residents may ask who saw them. People whom no household in the book
stands for yet (who signed up, lines of an uploaded roster, a held text of an unknown house) are counted in the reading without a code."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from fieldapp.store.desk_tables import household_reading, reading
from fieldapp.store.journal import chunks
from fieldapp.survey.day import instant
from fieldapp.survey.ids import RANDOM_BYTES, uuid7

# The kinds of pages that show households; the words for them are the web's.
PAGES = ("household", "list", "village", "print", "export", "card", "held", "queue", "roster", "sign_ups", "handover")

@dataclass(frozen=True, slots=True)
class Reading:
    """One page that was shown. shown: how many households it held, and people of no household; address: of the network, None when unknown."""

    reading_id: str
    at: str
    account_id: str
    page: str
    shown: int
    address: str | None


_COLUMNS = [reading.c[name] for name in Reading.__dataclass_fields__]


def record(
    connection: Connection, commune_id: str, account_id: str, page: str, households: Iterable[str], address: str | None, now: str,
    others: int = 0,
) -> None:
    """Note that this page showed these households, and so many others who are in no book; nothing is noted of a page without any."""
    ids = sorted(set(households))
    if page not in PAGES:
        raise KeyError(f"{page} is not among the pages that show households")
    if not ids and not others:
        return
    reading_id = uuid7(int(instant(now).timestamp() * 1000), secrets.token_bytes(RANDOM_BYTES))
    noted = Reading(reading_id, now, account_id, page, len(ids) + others, address)
    connection.execute(insert(reading).values(commune_id=commune_id, **{name: getattr(noted, name) for name in Reading.__dataclass_fields__}))
    for part in chunks(ids):
        connection.execute(insert(household_reading), [{"commune_id": commune_id, "household_id": each, "reading_id": reading_id} for each in part])


def readings(
    connection: Connection, commune_id: str, *, household_id: str | None = None, account_id: str | None = None,
    page: str | None = None, address: str | None = None, since: str | None = None, until: str | None = None, before: str | None = None,
    limit: int = 50,
) -> tuple[list[Reading], str | None]:  # fmt: skip
    """Readings, the latest first, with the id to ask on from (`before`), None at the end. since, until: moments, the second one left out."""
    query = select(*_COLUMNS).where(reading.c.commune_id == commune_id)
    if household_id is not None:
        of_household = select(household_reading.c.reading_id).where(
            household_reading.c.commune_id == commune_id, household_reading.c.household_id == household_id
        )
        query = query.where(reading.c.reading_id.in_(of_household))
    if account_id is not None:
        query = query.where(reading.c.account_id == account_id)
    if page is not None:
        query = query.where(reading.c.page == page)
    if address is not None:
        query = query.where(reading.c.address == address)
    if since is not None:
        query = query.where(reading.c.at >= since)
    if until is not None:
        query = query.where(reading.c.at < until)
    if before is not None:
        query = query.where(reading.c.reading_id < before)
    rows = connection.execute(query.order_by(reading.c.reading_id.desc()).limit(limit + 1)).all()
    found = [Reading(*row) for row in rows[:limit]]
    return found, found[-1].reading_id if len(rows) > limit else None


def by_id(connection: Connection, commune_id: str, reading_id: str) -> Reading | None:
    row = connection.execute(select(*_COLUMNS).where(reading.c.commune_id == commune_id, reading.c.reading_id == reading_id)).first()
    return Reading(*row) if row else None


def readers(connection: Connection, commune_id: str) -> set[str]:
    """Accounts that stand in the log."""
    return set(connection.execute(select(reading.c.account_id).where(reading.c.commune_id == commune_id).distinct()).scalars())


def households_of(connection: Connection, commune_id: str, reading_id: str) -> list[str]:
    """Ids of the households that a page showed."""
    query = select(household_reading.c.household_id).where(
        household_reading.c.commune_id == commune_id, household_reading.c.reading_id == reading_id
    )
    return list(connection.execute(query.order_by(household_reading.c.household_id)).scalars())
