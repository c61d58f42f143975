"""How a campaign goes: the doors of its villages, those where somebody was surveyed within its days, and the help given in them.

The households are those of now, the visits those of its days: what a household was surveyed for before is no part of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from fieldapp.store import areas, campaigns, listing, teams, visits
from fieldapp.store.areas import Village
from fieldapp.store.teams import NO_TEAM, Team
from fieldapp.store.visits import Reached
from fieldapp.survey.campaign import RUNNING, Campaign

NOBODY = Reached(0, 0)


@dataclass(frozen=True, slots=True)
class Doors:
    """registered: households of now; reached: of them, surveyed within the campaign; helped: of those, where somebody was helped then."""

    registered: int
    reached: int
    helped: int

    @property
    def left(self) -> int:
        return self.registered - self.reached

    @property
    def share(self) -> float | None:
        return self.reached / self.registered if self.registered else None


@dataclass(frozen=True, slots=True)
class Place:
    """A village, a team, or what is of no team (None)."""

    of: Village | Team | None
    doors: Doors


@dataclass(frozen=True, slots=True)
class Progress:
    """villages, teams: of the campaign, with most left first. What became part of a village that is none of the campaign's stands for itself."""

    campaign: Campaign
    villages: list[Place]
    teams: list[Place]

    @property
    def all(self) -> Doors:
        parts = [each.doors for each in self.villages]
        return Doors(sum(each.registered for each in parts), sum(each.reached for each in parts), sum(each.helped for each in parts))


def ground(connection: Any, commune_id: str, campaign: Campaign) -> frozenset[str] | None:
    """The campaign's villages, with what has become part of them; None for all of the commune."""
    return listing.villages_of(connection, commune_id, campaign.villages)


def running(connection: Any, commune_id: str, today: str, seen: Collection[str] | None = None) -> list[Campaign]:
    """Those that run, in the villages seen (None: all of the commune)."""
    around = listing.villages_of(connection, commune_id, seen)
    every = [each for each in campaigns.of_commune(connection, commune_id) if each.state(today) == RUNNING]
    return [each for each in every if _both(ground(connection, commune_id, each), around) != frozenset()]


def progress(
    connection: Any, commune_id: str, campaign: Campaign, today: str, seen: Collection[str] | None = None, team_id: str | None = None
) -> Progress:  # fmt: skip
    """How it goes in the villages seen (None: all of the commune). team_id: the only team that is told of; None: every one."""
    of, around = ground(connection, commune_id, campaign), _around(connection, commune_id, campaign, seen)
    into = areas.successors(connection, commune_id, among=of)
    registered: dict[str, int] = {}
    for (village_id, _outcome), found in visits.standings(connection, commune_id, today, around).items():
        registered[village_id] = registered.get(village_id, 0) + found.registered
    reached = visits.reached(connection, commune_id, campaign.first, campaign.last)
    parts: dict[str, list[str]] = {}
    every_village = areas.all_villages(connection, commune_id)
    for each in every_village:
        if around is None or each.village_id in around:
            parts.setdefault(into.get(each.village_id, each.village_id), []).append(each.village_id)

    def place(of: Village | Team | None, theirs: Collection[str]) -> Place:
        mine = [each for each in theirs if around is None or each in around]
        done = [reached.get(each, NOBODY) for each in mine]
        households, helped = (sum(getattr(each, name) for each in done) for name in ("households", "helped"))
        return Place(of, Doors(sum(registered.get(each, 0) for each in mine), households, helped))

    villages = [place(each, parts[each.village_id]) for each in every_village if each.village_id in parts]
    every = teams.of_commune(connection, commune_id)
    grounds = teams.grounds(connection, commune_id, every)
    mine = [each for each in every if team_id in (None, each.team_id)]
    told = [*(place(each, grounds[each.team_id]) for each in mine), *([place(None, grounds[NO_TEAM])] if every and team_id is None else [])]
    return Progress(campaign, _most_left_first(villages), _most_left_first([each for each in told if each.doors.registered]))


def _around(connection: Any, commune_id: str, campaign: Campaign, seen: Collection[str] | None) -> frozenset[str] | None:
    return _both(ground(connection, commune_id, campaign), listing.villages_of(connection, commune_id, seen))


def _both(one: Collection[str] | None, other: Collection[str] | None) -> frozenset[str] | None:
    some = [frozenset(each) for each in (one, other) if each is not None]
    return frozenset.intersection(*some) if some else None


def _most_left_first(these: list[Place]) -> list[Place]:
    return sorted(these, key=lambda each: -each.doors.left)
