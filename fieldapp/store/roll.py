"""The roll of a commune's households: all that its journal names, in the order of their ids.

Whoever goes over all of them some at a time remembers the last one, and phones sync between two times. The order is that in which Python
orders texts, whatever the database's own is: what is remembered is compared here too (indicators.py, projection.py)."""

from sqlalchemy import ColumnElement, Connection, func, select

from fieldapp.store.tables import household, journal


def after(connection: Connection, commune_id: str, at: str, most: int, until: str | None = None) -> list[str]:
    """The next households beyond `at`; none beyond `until`, where one is named."""
    ids = _next(connection, commune_id, journal.c.household_id, at, most, until)
    # Ids are hexadecimal: nearly every order of texts has them as Python has. Only by the database's own does its index lead there; another
    # reads the commune's whole journal each time.
    return ids if _is_in_order(at, ids) else _next(connection, commune_id, journal.c.household_id.collate("C"), at, most, until)


def _next(connection: Connection, commune_id: str, by: ColumnElement[str], at: str, most: int, until: str | None) -> list[str]:
    where = [*_all(commune_id), by > at]
    if until is not None:
        where.append(by <= until)
    return list(connection.execute(select(journal.c.household_id).where(*where).group_by(journal.c.household_id).order_by(by).limit(most)).scalars())


def _is_in_order(at: str, ids: list[str]) -> bool:
    return sorted({at, *ids}) == [at, *ids]


def how_far(connection: Connection, commune_id: str, at: str) -> tuple[int, int]:
    """(households of the book up to that one, all of them)."""
    every = select(func.count()).where(household.c.commune_id == commune_id)
    return connection.execute(every.where(household.c.household_id <= at)).scalar_one(), connection.execute(every).scalar_one()


def _all(commune_id: str) -> tuple[ColumnElement[bool], ...]:
    return journal.c.commune_id == commune_id, journal.c.household_id.is_not(None)

