"""Postings: a household's contributions are a step function of days, and what is posted is the difference between its steps.

Any new event, late or not, makes the household's steps anew; what is posted then is the new steps less the old ones."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from fieldapp.survey.day import day_of
from fieldapp.survey.event import Event
from fieldapp.survey.fold import State, empty, walk
from fieldapp.survey.reckonings import Reckons, shipped

Contribution = dict[tuple[str, str], tuple[int, int, int]]
Place = tuple[str, str, str, str]  # day, village, indicator, cut


class Step(NamedTuple):
    """What the household adds to its village from the end of that day on."""

    day: str
    village: str
    adds: Contribution


def steps(events: Iterable[Event], household: str, since: str = "", reckons: Reckons = shipped) -> tuple[list[Step], State]:
    """The household's steps (the last one before `since`, and all from it on), and its state after the last. reckons: what a state adds."""
    found, state = [], empty()
    for day, state in walk(events, household, since):
        found.append(Step(day, state["village"] or "", reckons(state)))
    return found, state


def first_day(fresh: Iterable[Event], known: Collection[Event]) -> str:
    """The first day on which new events can change anything; "" when that may be any. known: all events, the new ones among
    them."""
    days = {event.id: day_of(event.at) for event in known if event.kind not in ("void", "correct")}
    first = "9999-12-31"
    for event in fresh:
        if event.kind in ("merge", "erase"):
            return ""
        # What undoes an undoing may reach anywhere; what names an event not here yet changes nothing until that comes.
        first = min(first, days.get(event.body["event"], "") if event.kind in ("void", "correct") else day_of(event.at))
        if event.kind == "correct":
            first = min([first, *_given_back(event.body["event"], known)])
    return first


def _given_back(visit: str, known: Collection[Event]) -> list[str]:
    """The days on which the visit was returned: a correction answers that, so nothing is told there any more (standing.py). A clock that was
    wrong may have it before the visit."""
    return [day_of(event.at) for event in known if event.kind == "review" and event.body.get("event") == visit]


def unchanged(found: list[Step], before: Iterable[Event], since: str) -> list[Step]:
    """The steps that there were before, where they can be told from the new ones: when nothing older reaches beyond `since`,
    the last step before it is all there was, and new events have not touched it. Nearly every visit is later than all others.
    [] when it can't be told."""
    if not found or found[0].day >= since or any(day_of(event.at) >= since for event in before):
        return []
    return found[:1]


def post(totals: dict[Place, list[int]], found: list[Step], sign: int = 1) -> None:
    """Add the differences between the steps to the totals; sign -1 takes them back."""
    before = Step("", "", {})
    for step in found:
        if step.adds is not before.adds or step.village != before.village:
            _add(totals, step.day, before, -sign)
            _add(totals, step.day, step, sign)
        before = step


def _add(totals: dict[Place, list[int]], day: str, step: Step, sign: int) -> None:
    village = step.village
    for (indicator, cut), (yes, no, unknown) in step.adds.items():
        row = totals[day, village, indicator, cut]
        row[0] += sign * yes
        row[1] += sign * no
        row[2] += sign * unknown
