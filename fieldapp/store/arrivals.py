"""Households as the phones of a village take them: those that changed after where a phone stands, in the order of its cursor."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, tuple_

from fieldapp.store import remaking
from fieldapp.store.tables import household

Cursor = tuple[int, str]  # changed, household_id


def since(connection: Connection, commune_id: str, village_id: str, cursor: Cursor, limit: int) -> Sequence[Any]:
    """Households of the village that changed after the cursor, in that order: (changed, household_id, code, token, state, aside,
    checker_id). Those that wait to be made again are made first: the connection writes then, and the commune's journal is locked."""
    query = select(*(household.c[name] for name in ("changed", "household_id", "code", "token", "state", "aside", "checker_id")))
    query = query.where(*_after(commune_id, village_id, cursor)).order_by(household.c.changed, household.c.household_id)
    rows = connection.execute(query.limit(limit)).all()
    made = remaking.make(connection, commune_id, [row.household_id for row in rows])
    return connection.execute(query.limit(limit)).all() if made else rows


def left_after(connection: Connection, commune_id: str, village_id: str, cursor: Cursor) -> int:
    """How many households of the village changed after the cursor."""
    return connection.execute(select(func.count()).where(*_after(commune_id, village_id, cursor))).scalar_one()


def _after(commune_id: str, village_id: str, cursor: Cursor) -> tuple[ColumnElement[bool], ...]:
    place = tuple_(household.c.changed, household.c.household_id)
    return household.c.commune_id == commune_id, household.c.village_id == village_id, place > cursor
