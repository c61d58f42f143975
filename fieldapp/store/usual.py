"""How visits were made, and how long those of a kind usually take a member, or a village."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from fieldapp.store.journal import chunks
from fieldapp.store.tables import person, visit

# Seconds are counted in steps: a few dozen rows tell of thousands of visits.
STEP_SECONDS = 5
FEWEST = 8


class Made(NamedTuple):
    """How one visit was made; its fields are those of survey/manner.py."""

    account_id: str
    village_id: str | None
    at: str
    seconds: int | None
    manner: str | None
    stated: int
    unsaid: int


class Usual(NamedTuple):
    """Seconds that the middle half of the visits of a kind take."""

    low: int
    high: int


def made(connection: Connection, commune_id: str, event_ids: Iterable[str]) -> dict[str, Made]:
    """Visit → how it was made."""
    found: dict[str, Made] = {}
    columns = [visit.c[name] for name in Made._fields]
    for ids in chunks(event_ids):
        query = select(visit.c.event_id, *columns).where(visit.c.commune_id == commune_id, visit.c.event_id.in_(ids))
        found |= {event_id: Made._make(row) for event_id, *row in connection.execute(query)}
    return found


def seconds(connection: Connection, commune_id: str, by: str, keys: Collection[str], since: str) -> dict[tuple[str, str], Usual]:
    """(member, or village; kind of visit) → what is usual since that day; by: account_id or village_id. Of fewer than FEWEST nothing is usual."""
    step = visit.c.seconds - visit.c.seconds % STEP_SECONDS
    query = select(visit.c[by], visit.c.manner, step.label("step"), func.count()).where(
        visit.c.commune_id == commune_id, visit.c[by].in_(sorted(keys)), visit.c.day >= since,
        visit.c.manner.is_not(None), visit.c.seconds.is_not(None),
    )  # fmt: skip
    steps: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for key, manner, low, number in connection.execute(query.group_by(visit.c[by], visit.c.manner, step).order_by(step)):
        steps[key, manner].append((low, number))
    counted = {key: found for key, found in steps.items() if sum(number for _, number in found) >= FEWEST}
    return {key: Usual(_at(found, 0.25), _at(found, 0.75) + STEP_SECONDS) for key, found in counted.items()}


def people(connection: Connection, commune_id: str, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str | None, int | None]]:
    """(household, person) → (name, birth year)."""
    wanted: Any = set(places)
    found: dict[tuple[str, str], tuple[str | None, int | None]] = {}
    for ids in chunks({household_id for household_id, _ in wanted}):
        query = select(person.c.household_id, person.c.person_id, person.c.name, person.c.birth_year).where(
            person.c.commune_id == commune_id, person.c.household_id.in_(ids)
        )
        found |= {(household_id, id): (name, born) for household_id, id, name, born in connection.execute(query) if (household_id, id) in wanted}
    return found


def _at(steps: list[tuple[int, int]], part: float) -> int:
    """The step below which that part of the visits lies."""
    left = part * sum(number for _, number in steps)
    for low, number in steps:
        left -= number
        if left <= 0:
            return low
    return steps[-1][0]
