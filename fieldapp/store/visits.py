"""Who went where and when: sums of visits and of households by how they stand, each one query, whatever their number."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, case, func, select

from fieldapp.store.tables import household, visit
from fieldapp.survey.event import SURVEYED

# From how many visits that found nobody on somebody else should go, at another hour.
ABSENT_OFTEN = 2
# A household with this status is registered: neither vacant, nor moved away, nor merged into another (INDICATORS.md).
ACTIVE = "active"
Villages = Collection[str] | None  # None: all of the commune


@dataclass(frozen=True, slots=True)
class Work:
    """What was done since some day. households: how many different ones; surveyed: visits that were done or partly; last_day: of any visit."""

    visits: int
    households: int
    surveyed: int
    last_day: str


class Standing(NamedTuple):
    """registered: without vacant houses and those who moved away; surveyed: of the registered, those with a survey that stands, whatever
    the latest visit found; often: those found absent time after time since they were last surveyed (the list's filter `absent_twice`);
    due: those where something was to be done by now (`to_return`)."""

    households: int
    registered: int
    surveyed: int
    often: int
    due: int


class Reached(NamedTuple):
    """households: registered ones that were surveyed within some days; helped: those of them where somebody was helped then."""

    households: int
    helped: int


def standings(connection: Connection, commune_id: str, today: str, villages: Villages = None) -> dict[tuple[str, str | None], Standing]:
    """(village, latest outcome; None: nobody came yet) → its households, on a local day."""
    active = household.c.status == ACTIVE
    which = (active, and_(active, household.c.visited), household.c.absences >= ABSENT_OFTEN, household.c.due <= today)
    sums = [func.sum(case((each, 1), else_=0)) for each in which]
    query = select(household.c.village_id, household.c.outcome, func.count(), *sums).where(
        household.c.commune_id == commune_id, household.c.status != "merged", household.c.village_id.is_not(None)
    )
    if villages is not None:
        query = query.where(household.c.village_id.in_(sorted(villages)))
    rows = connection.execute(query.group_by(household.c.village_id, household.c.outcome))
    return {(village_id, outcome): Standing(*map(int, numbers)) for village_id, outcome, *numbers in rows}


def reached(connection: Connection, commune_id: str, first: str, last: str) -> dict[str, Reached]:
    """Village → what was done there from day to day."""
    helped = case((visit.c.helped > 0, 1), else_=0)
    inside = within(commune_id, first, last).with_only_columns(visit.c.household_id, func.max(helped).label("helped")).group_by(visit.c.household_id)
    of_days = inside.subquery()
    rows = connection.execute(
        select(household.c.village_id, func.count(), func.sum(of_days.c.helped))
        .join(of_days, of_days.c.household_id == household.c.household_id)
        .where(household.c.commune_id == commune_id, household.c.status == ACTIVE, household.c.village_id.is_not(None))
        .group_by(household.c.village_id)
    )
    return {village_id: Reached(*map(int, numbers)) for village_id, *numbers in rows}


def within(commune_id: str, first: str, last: str, helped: bool = False) -> Select[Any]:
    """The households surveyed from day to day; helped: only where somebody was helped then."""
    query = select(visit.c.household_id).where(
        visit.c.commune_id == commune_id, visit.c.day >= first, visit.c.day <= last, visit.c.outcome.in_(SURVEYED)
    )
    return query.where(visit.c.helped > 0) if helped else query


def outcomes(connection: Connection, commune_id: str, by: str, villages: Villages = None) -> dict[str, dict[str, int]]:
    """Account (by: "account_id") or day (by: "day") → outcome → how many visits, of all that ever were."""
    query = _since(select(visit.c[by], visit.c.outcome, func.count()), commune_id, "", villages)
    found: dict[str, dict[str, int]] = {}
    for key, outcome, number in connection.execute(query.group_by(visit.c[by], visit.c.outcome)):
        found.setdefault(key, {})[outcome] = number
    return found


def by_member(connection: Connection, commune_id: str, since: str, villages: Villages = None) -> dict[str, Work]:
    """Account → the work of everybody who visited since that day."""
    query = _since(
        select(visit.c.account_id, func.count(), func.count(visit.c.household_id.distinct()), _surveyed(), func.max(visit.c.day)),
        commune_id, since, villages,
    )  # fmt: skip
    return {account_id: Work(*work) for account_id, *work in connection.execute(query.group_by(visit.c.account_id))}


def days_of(connection: Connection, commune_id: str, account_id: str, since: str) -> list[tuple[str, int, int, int]]:
    """(day, visits, of them surveyed, people helped) of one member, of days with any, oldest first."""
    query = select(visit.c.day, func.count(), _surveyed(), func.coalesce(func.sum(visit.c.helped), 0)).where(
        visit.c.commune_id == commune_id, visit.c.account_id == account_id, visit.c.day >= since
    )
    return [(day, *map(int, sums)) for day, *sums in connection.execute(query.group_by(visit.c.day).order_by(visit.c.day))]


def by_day(connection: Connection, commune_id: str, since: str, villages: Villages = None) -> dict[str, tuple[int, int]]:
    """Day → (visits, of them surveyed), of days with any."""
    query = _since(select(visit.c.day, func.count(), _surveyed()), commune_id, since, villages)
    return {day: (visits, surveyed) for day, visits, surveyed in connection.execute(query.group_by(visit.c.day))}


def last_days(connection: Connection, commune_id: str) -> dict[str, str]:
    """Village → the day of its latest visit; account → theirs is in `by_member`."""
    query = select(visit.c.village_id, func.max(visit.c.day)).where(visit.c.commune_id == commune_id, visit.c.village_id.is_not(None))
    return {village_id: day for village_id, day in connection.execute(query.group_by(visit.c.village_id))}


def _since(query: Select, commune_id: str, since: str, villages: Villages) -> Select:
    query = query.where(visit.c.commune_id == commune_id, visit.c.day >= since)
    return query if villages is None else query.where(visit.c.village_id.in_(sorted(villages)))


def _surveyed() -> Any:
    return func.sum(case((visit.c.outcome.in_(SURVEYED), 1), else_=0))
