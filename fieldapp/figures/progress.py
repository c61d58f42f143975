"""Where we are, who is stuck, what is to be done today: counts of doors and of visits, made ready for a page that is read in ten seconds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fieldapp.store import accounts, areas, listing, visits
from fieldapp.store.accounts import Account
from fieldapp.store.areas import Village
from fieldapp.store.listing import Asked
from fieldapp.survey.event import OUTCOMES, SURVEYED

NONE_YET = "none"
STANDS = (*OUTCOMES, NONE_YET)
# A door at which somebody may still be asked.
LEFT = ("none", "absent", "partly")
WEEK_DAYS, CHART_DAYS, QUIET_DAYS = 7, 14, 7


@dataclass(frozen=True, slots=True)
class Doors:
    """Households by how they stand (STANDS)."""

    standing: dict[str, int]

    @property
    def registered(self) -> int:
        return sum(self.standing.values())

    @property
    def surveyed(self) -> int:
        return sum(self.standing.get(outcome, 0) for outcome in SURVEYED)

    @property
    def left(self) -> int:
        return sum(self.standing.get(stand, 0) for stand in LEFT)

    @property
    def share(self) -> float | None:
        return self.surveyed / self.registered if self.registered else None


@dataclass(frozen=True, slots=True)
class VillageDoors:
    """last_day: of a visit there, None when there was none; quiet: there is work left, and nobody came for a week."""

    village: Village
    doors: Doors
    last_day: str | None
    quiet: bool


@dataclass(frozen=True, slots=True)
class MemberWork:
    """week: since seven days ago; before: in the seven days before those. None: nothing."""

    account: Account
    week: visits.Work | None
    before: int


@dataclass(frozen=True, slots=True)
class Progress:
    """villages: with most left first; days: (day, visits, surveyed), oldest first; todo: a filter of the list → how many."""

    all: Doors
    villages: list[VillageDoors]
    members: list[MemberWork]
    days: list[tuple[str, int, int]]
    todo: dict[str, int]


def progress(connection: Any, commune_id: str, today: str, seen: Collection[str] | None = None) -> Progress:
    """The progress of the villages seen (None: all of the commune) on a local day."""
    around = listing.villages_of(connection, commune_id, seen)
    doors = _doors(connection, commune_id, around)
    last = _by_whole(connection, commune_id, visits.last_days(connection, commune_id))
    standing = [each for each in areas.villages(connection, commune_id) if seen is None or each.village_id in seen]
    villages = [_village(each, doors.get(each.village_id, Doors({})), last.get(each.village_id), today) for each in standing]
    total = {stand: sum(each.doors.standing.get(stand, 0) for each in villages) for stand in STANDS}
    return Progress(
        Doors(total), sorted(villages, key=lambda each: -each.doors.left), _members(connection, commune_id, today, around),
        _days(connection, commune_id, today, around), listing.counts(connection, commune_id, Asked(today, around)),
    )  # fmt: skip


def _village(village: Village, doors: Doors, last_day: str | None, today: str) -> VillageDoors:
    return VillageDoors(village, doors, last_day, bool(doors.left) and (last_day or "") < ago(today, QUIET_DAYS))


def _doors(connection: Any, commune_id: str, around: Collection[str] | None) -> dict[str, Doors]:
    into = areas.successors(connection, commune_id)
    found: dict[str, dict[str, int]] = {}
    for (village_id, outcome), number in visits.standings(connection, commune_id, around).items():
        counted = found.setdefault(into.get(village_id, village_id), {})
        counted[outcome or NONE_YET] = counted.get(outcome or NONE_YET, 0) + number
    return {village_id: Doors({stand: counted[stand] for stand in STANDS if stand in counted}) for village_id, counted in found.items()}


def _by_whole(connection: Any, commune_id: str, days: dict[str, str]) -> dict[str, str]:
    into = areas.successors(connection, commune_id)
    found: dict[str, str] = {}
    for village_id, day in days.items():
        whole = into.get(village_id, village_id)
        found[whole] = max(day, found.get(whole, ""))
    return found


def _members(connection: Any, commune_id: str, today: str, around: Collection[str] | None) -> list[MemberWork]:
    week = visits.by_member(connection, commune_id, ago(today, WEEK_DAYS - 1), around)
    both = visits.by_member(connection, commune_id, ago(today, 2 * WEEK_DAYS - 1), around)
    people = {each.account_id: each for each in accounts.of_commune(connection, commune_id) if each.active and each.role in ("member", "leader")}
    if around is not None:
        mine = accounts.assigned_to(connection, commune_id, around, today)
        people = {account_id: each for account_id, each in people.items() if account_id in mine or account_id in both}
    idle = visits.Work(0, 0, 0, "")
    work = [
        MemberWork(each, week.get(account_id), both.get(account_id, idle).visits - week.get(account_id, idle).visits)
        for account_id, each in people.items()
    ]
    return sorted(work, key=lambda each: (each.week.surveyed if each.week else 0, each.account.name))


def _days(connection: Any, commune_id: str, today: str, around: Collection[str] | None) -> list[tuple[str, int, int]]:
    found = visits.by_day(connection, commune_id, ago(today, CHART_DAYS - 1), around)
    days = [ago(today, back) for back in range(CHART_DAYS - 1, -1, -1)]
    return [(day, *found.get(day, (0, 0))) for day in days]


def ago(today: str, days: int) -> str:
    """The day so many days before today."""
    return (date.fromisoformat(today) - timedelta(days=days)).isoformat()
