"""What a campaign's own visits came to: of each household that was surveyed within its days, how it stood at their end, and what of that is the help
that was given in those visits.

Found by folding the household twice, with that help and without it: what the next visit states anew, and what was helped before, changes nothing of
it. So it comes out of the journal again, up to any head (replay.py)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from fieldapp.store import visits
from fieldapp.store.counted import counted
from fieldapp.store.groups import groups_of
from fieldapp.store.journal import JournalRow
from fieldapp.store.ledger import ALL
from fieldapp.survey.balance import NOTHING
from fieldapp.survey.contribution import EFFECT, HELP, OUTCOME
from fieldapp.survey.day import day_of
from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.fold import walk
from fieldapp.survey.posting import Contribution, Step
from fieldapp.survey.reckonings import Reckons
from fieldapp.survey.report import Parts
from fieldapp.survey.statement import outcome_of
from fieldapp.survey.visits import visits_of

# These act upon former days, whenever they were made.
UPON_OTHERS = ("void", "correct", "erase")
Group = tuple[Collection[str], list[JournalRow]]


def live(connection: Connection, commune_id: str, first: str, until: str, villages: Collection[str] | None, reckons: Reckons) -> Parts:
    """What stands now, of the households that were surveyed from day to day."""
    ids = connection.execute(visits.within(commune_id, first, until)).scalars().all()
    groups = groups_of(connection, commune_id, set(ids))
    return sums(((each.keys(), sorted(row for rows in each.values() for row in rows)) for each in groups), first, until, villages, reckons)


def sums(groups: Iterable[Group], first: str, until: str, villages: Collection[str] | None, reckons: Reckons) -> Parts:
    """(village, key) → balance: the indicators as left, `effect:` of each by the help of these visits, that help, the households and the people in
    them. villages: None for all."""
    found: Parts = {}
    for ids, rows in groups:
        events = [each.event for each in counted(rows)]
        then = [each for each in events if day_of(each.at) <= until or each.kind in UPON_OTHERS]
        for household_id in ids:
            mine = {each.id for each in visits_of(then, household_id).events if day_of(each.at) >= first and outcome_of(each) in SURVEYED}
            if not mine:
                continue
            left = _at(events, household_id, until, reckons)
            if left.village and (villages is None or left.village in villages):
                before = _at(_without_help(events, mine), household_id, until, reckons) if _helped(events, mine) else left
                _add(found, left.village, left.adds, before.adds)
    return {place: balance for place, balance in found.items() if any(balance)}


def _at(events: list[Event], household_id: str, until: str, reckons: Reckons) -> Step:
    """The household at the end of that day."""
    step = Step("", "", {})
    for day, state in walk(events, household_id, until):
        if day > until:
            break
        step = Step(day, state["village"] or "", reckons(state))
    return step


def _helped(events: Iterable[Event], mine: Collection[str]) -> bool:
    return any(_helps(each, mine) for each in events)


def _helps(event: Event, mine: Collection[str]) -> bool:
    """Whether the event says what help one of these visits gave: the visit itself, or its correction."""
    return (event.id in mine and bool(event.body.get("help"))) or _corrects_help(event, mine)


def _corrects_help(event: Event, mine: Collection[str]) -> bool:
    return event.kind == "correct" and event.body["event"] in mine and "help" in event.body["fields"]


def _without_help(events: list[Event], mine: Collection[str]) -> list[Event]:
    return [_silent(each, mine) if _helps(each, mine) else each for each in events]


def _silent(event: Event, mine: Collection[str]) -> Event:
    if _corrects_help(event, mine):
        return replace(event, body={**event.body, "fields": {name: said for name, said in event.body["fields"].items() if name != "help"}})
    return replace(event, body={**event.body, "help": []})


def _add(found: Parts, village: str, left: Contribution, before: Contribution) -> None:
    of_left, of_before = (_of_all(each) for each in (left, before))
    for key in of_left.keys() | of_before.keys():
        now, then = of_left.get(key, NOTHING), of_before.get(key, NOTHING)
        gained = tuple(one - other for one, other in zip(now, then, strict=True))
        # Of the help a household was ever given only what came of these visits is the campaign's.
        told = ((key, gained),) if key.startswith(f"{HELP}:") else ((key, now), (f"{EFFECT}:{key}", gained))
        for name, counts in told:
            if any(counts):
                found[village, name] = found.get((village, name), NOTHING).plus(counts)  # type: ignore[arg-type]


def _of_all(adds: Mapping[tuple[str, str], Any]) -> dict[str, tuple[int, int, int]]:
    """Of all people and houses: the indicators, the help, the households and the people; outcomes are counted elsewhere."""
    return {key: counts for (key, cut), counts in adds.items() if cut == ALL and key.partition(":")[0] not in (OUTCOME, EFFECT)}
