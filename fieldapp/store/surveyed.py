"""The surveyed households of a commune as they stand now, one after another: for who counts them by something that the ledger does not know yet."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from fieldapp.store.rows import state_of
from fieldapp.store.tables import household
from fieldapp.survey.fold import State

ROWS_AT_ONCE = 500


def states(connection: Connection, commune_id: str) -> Iterator[tuple[str, State]]:
    """(village, folded state) of every household that is registered and was surveyed."""
    query = select(household.c.village_id, household.c.state, household.c.aside).where(
        household.c.commune_id == commune_id, household.c.status == "active", household.c.visited, household.c.village_id.is_not(None)
    )
    for village_id, state, aside in connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
        yield village_id, state_of(state, aside)
