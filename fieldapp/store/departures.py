"""Villages that households were in and are no longer: what the phones there have to forget."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select, tuple_

from fieldapp.store.journal import chunks
from fieldapp.store.tables import departure, household


def since(connection: Connection, commune_id: str, village_id: str, cursor: tuple[int, str], bound: tuple[int, str] | None) -> list[tuple[int, str]]:
    """Departures from the village after the cursor (and up to the bound): (changed, household_id), in that order."""
    place = tuple_(departure.c.changed, departure.c.household_id)
    query = select(departure.c.changed, departure.c.household_id).where(
        departure.c.commune_id == commune_id, departure.c.village_id == village_id, place > cursor
    )
    if bound is not None:
        query = query.where(place <= bound)
    return [(row[0], row[1]) for row in connection.execute(query.order_by(departure.c.changed, departure.c.household_id))]


def still_gone(connection: Connection, commune_id: str, ids: Iterable[str], villages: Collection[str]) -> list[str]:
    """Those of the households that are in none of the villages now (one may have moved from one to another of the same member)."""
    ids = set(ids)
    here: set[str] = set()
    for chunk in chunks(ids):
        here |= set(
            connection.execute(
                select(household.c.household_id).where(
                    household.c.commune_id == commune_id,
                    household.c.household_id.in_(chunk),
                    household.c.village_id.in_(villages),
                )
            ).scalars()
        )
    return sorted(ids - here)
