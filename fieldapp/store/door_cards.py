"""Which households get a door card, in the order in which somebody walks past their doors."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from fieldapp.store import areas, journal
from fieldapp.store.tables import household


@dataclass(frozen=True, slots=True)
class Door:
    """A household as its card needs it. village_id: of the village that stands now; address: for who carries the cards round,
    never for the card."""

    household_id: str
    village_id: str
    code: str
    token: str
    address: str | None


def doors(connection: Connection, commune_id: str, villages: Iterable[str] | None = None, since: str | None = None) -> list[Door]:
    """The doors of these villages (None: of all) by village and lane; since: only those registered from that day on.

    Without households that moved away or are part of another."""
    found = _columns().where(household.c.commune_id == commune_id, household.c.status.not_in(("merged", "moved")))
    if villages is not None:
        found = found.where(household.c.village_id.in_(areas.with_parts(connection, commune_id, villages)))
    if since is not None:
        found = found.where(household.c.registered_on >= since)
    return _sorted(connection, commune_id, connection.execute(found).all())


def chosen(connection: Connection, commune_id: str, codes: Iterable[str]) -> list[Door]:
    """The doors of these household codes, in the same order; a code that is not there is left out."""
    rows: list[Any] = []
    for chunk in journal.chunks(codes):
        rows += connection.execute(_columns().where(household.c.commune_id == commune_id, household.c.code.in_(chunk))).all()
    return _sorted(connection, commune_id, rows)


def _columns() -> Select[Any]:
    named = (household.c.household_id, household.c.village_id, household.c.code, household.c.token, household.c.address)
    lane = func.coalesce(household.c.lane, household.c.address, "")
    return select(*named, lane.label("lane")).where(household.c.code.is_not(None), household.c.token.is_not(None))


def _sorted(connection: Connection, commune_id: str, rows: Iterable[Any]) -> list[Door]:
    into = areas.successors(connection, commune_id)
    number = {each.village_id: each.number for each in areas.all_villages(connection, commune_id)}
    whole = [(into.get(row.village_id, row.village_id), row) for row in rows if row.village_id is not None]
    whole.sort(key=lambda each: (number.get(each[0], 0), each[1].lane, each[1].code))
    return [Door(row.household_id, village, row.code, row.token, row.address) for village, row in whole]
