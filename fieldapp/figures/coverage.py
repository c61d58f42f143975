"""Coverage: how the doors stand by village and by team, and in full by member and by day too. Teams are counted from the villages' own
rows, so that a member who changes teams moves no door."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fieldapp.store import accounts, areas, listing, teams, visits
from fieldapp.store.areas import Village
from fieldapp.store.teams import NO_TEAM, Team
from fieldapp.store.visits import Standing
from fieldapp.survey.event import OUTCOMES, UNFINISHED

NONE_YET = "none"
STANDS = (*OUTCOMES, NONE_YET)
# Doors to go to: the list's filter `left`.
LEFT = (NONE_YET, *UNFINISHED)
QUIET_DAYS = 7
# Visits by their outcome.
Done = dict[str, int]


@dataclass(frozen=True, slots=True)
class Doors:
    """standing: households by how they stand (STANDS), vacant houses and those who moved away too; registered, surveyed: as the overview
    counts them; left: registered, and still to be gone to."""

    standing: dict[str, int]
    registered: int
    surveyed: int
    left: int

    @property
    def share(self) -> float | None:
        return self.surveyed / self.registered if self.registered else None


@dataclass(frozen=True, slots=True)
class Place:
    """A village, a team, or what is of no team (None). last_day: of a visit there, None when there was none; quiet: there is work left, and
    nobody came for a week; often: households found absent time after time; due: those where something was to be done by
    now."""

    of: Village | Team | None
    doors: Doors
    last_day: str | None
    quiet: bool
    often: int
    due: int


@dataclass(frozen=True, slots=True)
class Places:
    """villages: those that stand, by number; teams: by name, what is of no team last, without those that have no door."""

    villages: list[Place]
    teams: list[Place]

    @property
    def all(self) -> Doors:
        return together(each.doors for each in self.villages)

    @property
    def often(self) -> int:
        return sum(each.often for each in self.villages)

    @property
    def due(self) -> int:
        return sum(each.due for each in self.villages)


def together(parts: Any) -> Doors:
    """The doors of several parts that share none."""
    parts = list(parts)
    standing = {stand: sum(doors.standing[stand] for doors in parts) for stand in STANDS}
    return Doors(standing, *(sum(getattr(doors, name) for doors in parts) for name in ("registered", "surveyed", "left")))


def places(connection: Any, commune_id: str, today: str, seen: Collection[str] | None = None, team_id: str | None = None) -> Places:
    """The doors of the villages seen (None: all of the commune). team_id: the only team that is told of; None: every one."""
    around = listing.villages_of(connection, commune_id, seen)
    into = areas.successors(connection, commune_id)
    standing: dict[str, dict[str, Standing]] = {}
    for (village_id, outcome), found in visits.standings(connection, commune_id, today, around).items():
        standing.setdefault(village_id, {})[outcome or NONE_YET] = found
    last = visits.last_days(connection, commune_id)

    def place(of: Village | Team | None, parts: Collection[str]) -> Place:
        mine = [each for each in parts if around is None or each in around]
        doors = together(_doors(standing.get(each, {})) for each in mine)
        day = max((last[each] for each in mine if each in last), default=None)
        quiet = bool(doors.left) and (day or "") < ago(today, QUIET_DAYS)
        found = [each for village_id in mine for each in standing.get(village_id, {}).values()]
        return Place(of, doors, day, quiet, sum(each.often for each in found), sum(each.due for each in found))

    parts: dict[str, list[str]] = {}
    for each in areas.all_villages(connection, commune_id):
        if around is None or each.village_id in around:
            parts.setdefault(into.get(each.village_id, each.village_id), []).append(each.village_id)
    villages = [place(each, parts[each.village_id]) for each in areas.villages(connection, commune_id) if each.village_id in parts]
    every = teams.of_commune(connection, commune_id)
    grounds = teams.grounds(connection, commune_id, every)
    mine = [each for each in every if team_id in (None, each.team_id)]
    told = [place(each, grounds[each.team_id]) for each in mine]
    nobody = place(None, grounds[NO_TEAM])
    return Places(villages, [*told, *([nobody] if every and team_id is None and nobody.doors.registered else [])])


def of_members(connection: Any, commune_id: str, today: str, seen: Collection[str] | None) -> list[tuple[str, Done]]:
    """(name, visits by outcome) of who may visit there or did, by name."""
    around = listing.villages_of(connection, commune_id, seen)
    done = visits.outcomes(connection, commune_id, "account_id", around)
    return [(each.name, _visits(done.get(each.account_id, {}))) for each in people(connection, commune_id, today, around, done)]


def of_days(connection: Any, commune_id: str, seen: Collection[str] | None) -> list[tuple[str, Done]]:
    """(day, visits by outcome) of each day with any, the latest first."""
    done = visits.outcomes(connection, commune_id, "day", listing.villages_of(connection, commune_id, seen))
    return [(day, _visits(done[day])) for day in sorted(done, reverse=True)]


def people(connection: Any, commune_id: str, today: str, around: Collection[str] | None, worked: Mapping[str, Any]) -> list[accounts.Account]:
    """Who goes to doors: everybody who still works here, and who is gone but worked; around: only who is given one of these or worked there."""
    everybody = accounts.of_commune(connection, commune_id)
    every = [each for each in everybody if each.account_id in worked or (each.active and each.role in teams.ON_PHONES)]
    if around is None:
        return every
    given = accounts.assigned_to(connection, commune_id, around, today)
    return [each for each in every if each.account_id in given or each.account_id in worked]


def _doors(found: Mapping[str, Standing]) -> Doors:
    """The doors of one village, by how they stand."""
    return Doors(
        {stand: found[stand].households if stand in found else 0 for stand in STANDS},
        sum(each.registered for each in found.values()), sum(each.surveyed for each in found.values()),
        sum(found[stand].registered for stand in LEFT if stand in found),
    )  # fmt: skip


def _visits(done: Mapping[str, int]) -> Done:
    return {outcome: done.get(outcome, 0) for outcome in OUTCOMES}


def ago(today: str, days: int) -> str:
    """The day so many days before today."""
    return (date.fromisoformat(today) - timedelta(days=days)).isoformat()
