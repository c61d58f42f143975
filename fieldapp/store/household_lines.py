"""What lists of other things show of the households that they speak of."""

from collections.abc import Iterable

from msgspec.json import decode
from sqlalchemy import Connection, select

from fieldapp.store import journal
from fieldapp.store.households import LISTED, Listed
from fieldapp.store.tables import household


def lines(connection: Connection, commune_id: str, ids: Iterable[str]) -> dict[str, Listed]:
    """Household → its line."""
    found: dict[str, Listed] = {}
    for chunk in journal.chunks(ids):
        query = select(*LISTED).where(household.c.commune_id == commune_id, household.c.household_id.in_(chunk))
        found |= {row.household_id: Listed(*row) for row in connection.execute(query)}
    return found


def comments(connection: Connection, commune_id: str, ids: Iterable[str]) -> dict[str, str]:
    """Visit that was given back → what is to be done again, of these households."""
    found: dict[str, str] = {}
    for chunk in journal.chunks(ids):
        query = select(household.c.state).where(household.c.commune_id == commune_id, household.c.household_id.in_(chunk))
        for state in connection.execute(query).scalars():
            found |= decode(state)["returned"]
    return found
