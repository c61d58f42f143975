"""What waits for an officer's eye among what counts: values on which two visits disagree, and flags that nobody has answered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, select

from fieldapp.store.households import LISTED, Listed
from fieldapp.store.tables import flag, household


@dataclass(frozen=True, slots=True)
class Flagged:
    """A doubt about one event that nobody has answered yet."""

    event_id: str
    code: str
    household_id: str
    household_code: str
    head: str | None
    village_id: str | None


def contested_count(connection: Connection, commune_id: str) -> int:
    """How many households have a contested value."""
    return connection.execute(select(func.count()).where(*_contested(commune_id))).scalar_one()


def contested(connection: Connection, commune_id: str, after: str = "", limit: int = 20) -> list[Listed]:
    """Households with contested values by code, from beyond `after`."""
    query = select(*LISTED).where(*_contested(commune_id), household.c.code > after).order_by(household.c.code).limit(limit)
    return [Listed(*row) for row in connection.execute(query)]


def flag_counts(connection: Connection, commune_id: str) -> dict[str, int]:
    """Flag → how many events wait with it, the most frequent first."""
    number = func.count(flag.c.event_id.distinct())
    query = select(flag.c.code, number).select_from(flag.join(household, _of_flag())).where(*_waiting(commune_id))
    return {code: found for code, found in connection.execute(query.group_by(flag.c.code).order_by(number.desc(), flag.c.code))}


def flags(connection: Connection, commune_id: str, code: str, after: str = "", limit: int = 50) -> list[Flagged]:
    """The events that wait with this flag, oldest first, from beyond the event `after`."""
    columns = flag.c.event_id, flag.c.code, household.c.household_id, household.c.code, household.c.head, household.c.village_id
    query = select(*columns).distinct().select_from(flag.join(household, _of_flag())).where(
        *_waiting(commune_id), flag.c.code == code, flag.c.event_id > after
    )  # fmt: skip
    return [Flagged(*row) for row in connection.execute(query.order_by(flag.c.event_id).limit(limit))]


def flag_of(connection: Connection, commune_id: str, event_id: str, code: str) -> str | None:
    """The household of a waiting flag; None when nothing waits there."""
    query = select(flag.c.household_id).where(*_waiting(commune_id), flag.c.event_id == event_id, flag.c.code == code)
    return connection.execute(query.select_from(flag.join(household, _of_flag())).limit(1)).scalar()


def _contested(commune_id: str) -> tuple[Any, ...]:
    return household.c.commune_id == commune_id, household.c.contested > 0, household.c.status != "merged", household.c.code.is_not(None)


def _waiting(commune_id: str) -> tuple[Any, ...]:
    return flag.c.commune_id == commune_id, flag.c.answered_by.is_(None), household.c.code.is_not(None)


def _of_flag() -> Any:
    return and_(household.c.commune_id == flag.c.commune_id, household.c.household_id == flag.c.household_id)
