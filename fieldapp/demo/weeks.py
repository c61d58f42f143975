"""Six weeks of a made-up commune, day by day up to yesterday: lists come in, phones are enrolled, teams go round, an officer
looks after things. Everything enters by the doors that everybody uses, at the hour at which it happened."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from fieldapp.config import Settings
from fieldapp.demo.commune import BESIDE, HERE, Commune, Place, found
from fieldapp.demo.incidents import incidents
from fieldapp.demo.rounds import Act, Walker
from fieldapp.demo.stage import DAYS, Stage, at_local, staged
from fieldapp.store import campaigns
from fieldapp.store.engine import writing
from fieldapp.survey.campaign import Campaign

SEED = 15835
BESIDE_HOUSEHOLDS = 30
CAMPAIGN_VILLAGES = 3


@dataclass(frozen=True)
class Lived:
    """What was made: people and households of the commune one looks at."""

    households: int
    people: int


def live(
    settings: Settings, engine: Any, today: date, households: int, hashes: dict[str, str], seed: int = SEED
) -> Lived:
    """Make both communes in an empty database, with visits up to yesterday. hashes: the officers' password hashes by username."""
    stage = staged(settings, engine, today, seed)
    here, beside = _begun(stage, HERE, households, hashes), _begun(stage, BESIDE, BESIDE_HOUSEHOLDS, hashes)
    _name_a_campaign(stage)
    days = incidents(stage, here.commune, here.walkers)
    walkers = [*here.walkers.values(), *beside.walkers.values()]
    for number in range(DAYS):
        day = stage.first + timedelta(days=number)
        _play(stage, [act for walker in walkers for act in walker.acts(day)], days.get(number, []))
    _evening(stage, walkers)
    houses = [house for of_village in here.commune.houses.values() for house in of_village]
    return Lived(len(houses), sum(len(house.people) for house in houses))


def _name_a_campaign(stage: Stage) -> None:
    """Two weeks that are still running: VNeID at every door of three villages."""
    first, last = stage.today - timedelta(days=10), stage.today + timedelta(days=4)
    villages = tuple(sorted(spot.village_id for spot in HERE.spots[:CAMPAIGN_VILLAGES]))
    about, campaign_id = ("vneid_level2", "health_record"), str(uuid5(NAMESPACE_OID, f"{stage.seed} campaign"))
    campaign = Campaign(campaign_id, "Nửa tháng cao điểm VNeID", first.isoformat(), last.isoformat(), villages, about, 60)
    with writing(stage.engine) as connection:
        campaigns.keep(connection, HERE.commune_id, campaign, HERE.officer[0], at_local(stage.first - timedelta(days=1), 10))


@dataclass(frozen=True)
class _Begun:
    commune: Commune
    walkers: dict[str, Walker]


def _begun(stage: Stage, place: Place, households: int, hashes: dict[str, str]) -> _Begun:
    commune = found(stage, place, households, hashes[place.officer[0]])
    walkers = {}
    for spot in place.spots:
        houses, team = commune.houses[spot.village_id], commune.teams[spot.village_id]
        for number, account_id in enumerate(team):
            enrolled_at = at_local(stage.first - timedelta(days=2), 19, 5 * number)
            phone = stage.enrolled(place.commune_id, account_id, enrolled_at)
            theirs = houses[len(houses) * number // len(team) : len(houses) * (number + 1) // len(team)]
            walkers[account_id] = Walker(stage, phone, theirs, spot.reach)
    return _Begun(commune, walkers)


def _play(stage: Stage, rounds: list[Act], others: list[Act]) -> None:
    """The acts of a day as they followed each other; what is sent the next morning comes first then."""
    for at, act in sorted([*rounds, *others], key=lambda each: each[0]):
        stage.clock.now = at
        act()


def _evening(stage: Stage, walkers: list[Walker]) -> None:
    """Yesterday night every phone is on a network once more."""
    stage.clock.now = at_local(stage.today - timedelta(days=1), 21, random.Random(stage.seed).randint(30, 50))
    for walker in walkers:
        walker.call()
