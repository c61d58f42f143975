"""The desk's list of households: filtered, searched, counted, page by page in the order of doors.

Pages go on from the place where the last one ended, not from a number of rows: what is added, visited or moved away meanwhile, that
last household too, moves nobody else to another page."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from msgspec.json import decode
from sqlalchemy import Connection, Select, and_, case, func, literal, not_, or_, select, tuple_

from fieldapp.store import areas, visits
from fieldapp.store.households import matching
from fieldapp.store.review_tables import flag
from fieldapp.store.tables import household, village, visit
from fieldapp.store.visits import ABSENT_OFTEN, ACTIVE
from fieldapp.survey.event import UNFINISHED
from fieldapp.survey.fold import State

NEW_DAYS = 30
# What became of a household within some days: surveyed; surveyed and helped; not surveyed.
SURVEYED, HELPED, MISSED = REACHED = ("surveyed", "helped", "missed")
ROWS_AT_ONCE, STATES_AT_ONCE = 1000, 200
# The order of doors, and a place in it as an address carries it.
ORDER = (village.c.number, household.c.lane, household.c.code)
PLACE = re.compile(r"([0-9]{1,6})\.(.*)\.([0-9-]{1,20})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Within:
    """Local days, both within it. reached: one of REACHED."""

    first: str
    last: str
    reached: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for. villages: None: all of the commune; filters: names of FILTERS, all of which must hold; outcome: the latest
    one, "none" for nobody came yet; search: part of a name or a code; unheard_since: only doors to go to of which no visit is known since
    that moment; within: only those registered households that somebody surveyed within these days, or did not."""

    today: str
    villages: frozenset[str] | None = None
    filters: tuple[str, ...] = ()
    outcome: str | None = None
    search: str = ""
    unheard_since: str | None = None
    within: Within | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A household as a line of the list. residents: who lives there; absences: visits that found nobody since the last survey."""

    household_id: str
    code: str
    village_id: str
    head: str | None
    address: str | None
    residents: int
    status: str
    outcome: str | None
    day: str | None
    return_on: str | None
    absences: int
    wishes: int
    poverty: str | None
    smartphone: bool | None
    contested: int
    flags: int = field(default=0)


def _due(_commune_id: str, today: str) -> Any:
    return household.c.due <= today


def _new(_commune_id: str, today: str) -> Any:
    since = date.fromisoformat(today) - timedelta(days=NEW_DAYS)
    return and_(household.c.source == "door", household.c.registered_on >= since.isoformat())


def _flagged(commune_id: str, _today: str) -> Any:
    # Once for all households, not once for each: PostgreSQL would look into the index ten thousand times.
    waiting = select(flag.c.household_id).where(flag.c.commune_id == commune_id, flag.c.answered_by.is_(None))
    return or_(household.c.contested > 0, household.c.household_id.in_(waiting))


# A filter's name → what must hold of a commune's household on a day; the words are the web's.
FILTERS: dict[str, Callable[[str, str], Any]] = {
    "left": lambda *_about: and_(household.c.status == ACTIVE, or_(household.c.outcome.is_(None), household.c.outcome.in_(UNFINISHED))),
    "unvisited": lambda *_about: household.c.outcome.is_(None),
    "to_return": _due,
    "absent_twice": lambda *_about: household.c.absences >= ABSENT_OFTEN,
    "nobody": lambda *_about: and_(household.c.status == ACTIVE, household.c.visited, household.c.residents == 0),
    "wants_help": lambda *_about: household.c.wishes > 0,
    "poor_offline": lambda *_about: and_(household.c.poverty.in_(("poor", "near_poor")), household.c.smartphone.is_(False)),
    "new": _new,
    "flagged": _flagged,
}
# Whose doors somebody was to go to.
TO_VISIT = ("left", "to_return")
# What only an officer may ask: poverty is nobody's business outside the commune's office.
OFFICERS_ONLY = ("poor_offline",)


def page(connection: Connection, commune_id: str, asked: Asked, after: str | None = None, limit: int = 50) -> tuple[list[Row], str | None]:
    """The households from beyond the place `after`, as the page before gave it; with the place to ask on from, None at the end."""
    query = _listed(commune_id, asked).add_columns(*ORDER[:2]).limit(limit + 1)
    place = PLACE.fullmatch(after or "")
    if place is not None:
        query = query.where(tuple_(*ORDER) > tuple_(literal(int(place[1])), literal(place[2]), literal(place[3])))
    found = connection.execute(query).all()
    last = found[limit - 1] if len(found) > limit else None
    return _rows(connection, commune_id, found[:limit]), f"{last.number}.{last.lane}.{last.code}" if last else None


def everything(connection: Connection, commune_id: str, asked: Asked) -> Iterator[Row]:
    """All of them, however many, read as they are written out."""
    result = connection.execute(_listed(commune_id, asked).execution_options(yield_per=ROWS_AT_ONCE))
    for part in result.partitions(ROWS_AT_ONCE):
        yield from _rows(connection, commune_id, part)


def with_states(connection: Connection, commune_id: str, rows: Iterator[Row]) -> Iterator[tuple[Row, State]]:
    """Each with what is known of it."""
    while part := list(islice(rows, STATES_AT_ONCE)):
        query = select(household.c.household_id, household.c.state).where(
            household.c.commune_id == commune_id, household.c.household_id.in_([row.household_id for row in part])
        )
        found = {household_id: decode(state) for household_id, state in connection.execute(query)}
        yield from ((row, found[row.household_id]) for row in part)


def count(connection: Connection, commune_id: str, asked: Asked) -> int:
    """How many households the list holds."""
    return connection.execute(_chosen(select(func.count()), commune_id, asked)).scalar_one()


def gone(connection: Connection, commune_id: str, asked: Asked) -> int:
    """How many households of the list the coverage does not count."""
    return connection.execute(_chosen(select(func.count()), commune_id, asked).where(household.c.status != ACTIVE)).scalar_one()


def residents(connection: Connection, commune_id: str, asked: Asked) -> int:
    """How many people live in the households of the list."""
    return int(connection.execute(_chosen(select(func.coalesce(func.sum(household.c.residents), 0)), commune_id, asked)).scalar_one())


def counts(connection: Connection, commune_id: str, asked: Asked) -> dict[str, int]:
    """How many households each filter would leave of the asked villages and search, alone; "all": without any;
    "registered": of all, those that the coverage counts."""
    columns = [func.coalesce(func.sum(case((condition(commune_id, asked.today), 1), else_=0)), 0).label(name) for name, condition in FILTERS.items()]
    columns.append(func.coalesce(func.sum(case((household.c.status == ACTIVE, 1), else_=0)), 0).label("registered"))
    around = replace(asked, filters=(), outcome=None, unheard_since=None)
    row = connection.execute(_chosen(select(func.count().label("all"), *columns), commune_id, around)).one()
    return {name: int(number) for name, number in row._mapping.items()}


def villages_of(connection: Connection, commune_id: str, chosen: Collection[str] | None) -> frozenset[str] | None:
    """The chosen villages with what has become part of them; None for all."""
    return None if chosen is None else frozenset(areas.with_parts(connection, commune_id, chosen))


def _listed(commune_id: str, asked: Asked) -> Select[Any]:
    columns = [household.c[name] for name in Row.__dataclass_fields__ if name != "flags"]
    same = and_(village.c.commune_id == household.c.commune_id, village.c.village_id == household.c.village_id)
    return _chosen(select(*columns).select_from(household.join(village, same)), commune_id, asked).order_by(*ORDER)


def _chosen(query: Select[Any], commune_id: str, asked: Asked) -> Select[Any]:
    query = query.where(household.c.commune_id == commune_id, household.c.status != "merged", household.c.village_id.is_not(None))
    if asked.villages is not None:
        query = query.where(household.c.village_id.in_(sorted(asked.villages)))
    for name in asked.filters:
        query = query.where(FILTERS[name](commune_id, asked.today))
    if asked.outcome is not None:
        query = query.where(household.c.outcome.is_(None) if asked.outcome == "none" else household.c.outcome == asked.outcome)
    if asked.within is not None:
        of_days = visits.within(commune_id, asked.within.first, asked.within.last, asked.within.reached == HELPED)
        inside = household.c.household_id.in_(of_days)
        query = query.where(household.c.status == ACTIVE, not_(inside) if asked.within.reached == MISSED else inside)
    if asked.unheard_since is not None:
        heard = select(visit.c.household_id).where(visit.c.commune_id == commune_id, visit.c.at >= asked.unheard_since)
        waiting = or_(*(FILTERS[name](commune_id, asked.today) for name in TO_VISIT))
        query = query.where(waiting, household.c.household_id.not_in(heard))
    return query.where(matching(commune_id, asked.search)) if asked.search else query


def _rows(connection: Connection, commune_id: str, found: Any) -> list[Row]:
    ids = [row.household_id for row in found]
    flags: dict[str, int] = {}
    if ids:
        query = select(flag.c.household_id, func.count()).where(flag.c.commune_id == commune_id, flag.c.household_id.in_(ids))
        waiting = query.where(flag.c.answered_by.is_(None)).group_by(flag.c.household_id)
        flags = {household_id: number for household_id, number in connection.execute(waiting)}
    named = [name for name in Row.__dataclass_fields__ if name != "flags"]
    return [Row(**{name: row._mapping[name] for name in named}, flags=flags.get(row.household_id, 0)) for row in found]
