"""The roll of a commune's households: all that its journal names, in the order of their ids.

Whoever goes over all of them some at a time remembers the last one, and phones sync between two times. The order is that in which Python
orders texts, whatever the database's own is: what is remembered is compared here too (indicators.py, projection.py)."""

from sqlalchemy import ColumnElement, Connection, distinct, func, select

from fieldapp.store.engine import is_sqlite
from fieldapp.store.tables import journal


def after(connection: Connection, commune_id: str, at: str, most: int, until: str | None = None) -> list[str]:
    """The next households beyond `at`; none beyond `until`, where one is named."""
    where = [*_all(commune_id), _id(connection) > at]
    if until is not None:
        where.append(_id(connection) <= until)
    query = select(journal.c.household_id).where(*where).group_by(journal.c.household_id).order_by(_id(connection)).limit(most)
    return list(connection.execute(query).scalars())


def how_far(connection: Connection, commune_id: str, at: str) -> tuple[int, int]:
    """(households up to that one, all of them)."""
    every = select(func.count(distinct(journal.c.household_id))).where(*_all(commune_id))
    return connection.execute(every.where(_id(connection) <= at)).scalar_one(), connection.execute(every).scalar_one()


def _all(commune_id: str) -> tuple[ColumnElement[bool], ...]:
    return journal.c.commune_id == commune_id, journal.c.household_id.is_not(None)


def _id(connection: Connection) -> ColumnElement[str]:
    return journal.c.household_id if is_sqlite(connection) else journal.c.household_id.collate("C")
