"""Where we are, who is stuck, what is to be done today: counts of doors and of visits, made ready for a page that is read in ten seconds."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from fieldapp.figures.coverage import Doors, Place, ago, people, places
from fieldapp.store import listing, visits
from fieldapp.store.accounts import Account
from fieldapp.store.listing import Asked

WEEK_DAYS, CHART_DAYS = 7, 14


@dataclass(frozen=True, slots=True)
class MemberWork:
    """week: since seven days ago; before: in the seven days before those. None: nothing."""

    account: Account
    week: visits.Work | None
    before: int


@dataclass(frozen=True, slots=True)
class Progress:
    """villages, teams: with most left first; days: (day, visits, surveyed), oldest first; todo: a filter of the list → how many."""

    all: Doors
    villages: list[Place]
    teams: list[Place]
    members: list[MemberWork]
    days: list[tuple[str, int, int]]
    todo: dict[str, int]

    @property
    def begun(self) -> bool:
        """Whether anybody ever came to one of these doors."""
        return any(each.last_day for each in self.villages)


def progress(connection: Any, commune_id: str, today: str, seen: Collection[str] | None = None, team_id: str | None = None) -> Progress:
    """The progress of the villages seen (None: all of the commune) on a local day. team_id: the only team that is told of."""
    around = listing.villages_of(connection, commune_id, seen)
    found = places(connection, commune_id, today, seen, team_id)
    return Progress(
        found.all, _most_left_first(found.villages), _most_left_first(found.teams), _members(connection, commune_id, today, around),
        _days(connection, commune_id, today, around), listing.counts(connection, commune_id, Asked(today, around)),
    )  # fmt: skip


def _most_left_first(these: list[Place]) -> list[Place]:
    return sorted(these, key=lambda each: -each.doors.left)


def _members(connection: Any, commune_id: str, today: str, around: Collection[str] | None) -> list[MemberWork]:
    week = visits.by_member(connection, commune_id, ago(today, WEEK_DAYS - 1), around)
    both = visits.by_member(connection, commune_id, ago(today, 2 * WEEK_DAYS - 1), around)
    idle = visits.Work(0, 0, 0, "")
    work = [
        MemberWork(each, week.get(each.account_id), both.get(each.account_id, idle).visits - week.get(each.account_id, idle).visits)
        for each in people(connection, commune_id, today, around, both)
        if each.active
    ]
    return sorted(work, key=lambda each: (each.week.surveyed if each.week else 0, each.account.name))


def _days(connection: Any, commune_id: str, today: str, around: Collection[str] | None) -> list[tuple[str, int, int]]:
    found = visits.by_day(connection, commune_id, ago(today, CHART_DAYS - 1), around)
    days = [ago(today, back) for back in range(CHART_DAYS - 1, -1, -1)]
    return [(day, *found.get(day, (0, 0))) for day in days]
