"""The visits that a household has had, and what they leave to be done: how often nobody was there, which help was promised.

The fold says how a household stands; this says how it came to that. Only for the desk: no phone asks it."""

from collections.abc import Iterable
from dataclasses import dataclass

from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.merging import Merging
from fieldapp.survey.standing import standing
from fieldapp.survey.statement import outcome_of

PROMISED = ("started", "booked")


@dataclass(frozen=True, slots=True)
class Visits:
    """events: the visits, oldest first, as they stand once corrected; none of a household that was merged into another.
    absences: how many found nobody since somebody was last asked; wishes: help promised to somebody and not done or declined since."""

    events: tuple[Event, ...]
    absences: int
    wishes: int


def visits_of(events: Iterable[Event], household: str) -> Visits:
    """The visits of a household. events: of it and of all it was ever merged with."""
    counted = standing(events)
    merging = Merging(household)
    for event in counted:
        if event.kind == "merge":
            merging.take(event)
    if merging.into() is not None:
        return Visits((), 0, 0)
    visits = tuple(event for event in counted if event.kind == "visit" and merging.holds(event))
    return Visits(visits, _absences(visits), _wishes(visits, merging))


def _absences(visits: tuple[Event, ...]) -> int:
    times = 0
    for visit in visits:
        outcome = outcome_of(visit)
        times = 0 if outcome in SURVEYED else times + (outcome == "absent")
    return times


def _wishes(visits: tuple[Event, ...], merging: Merging) -> int:
    waiting: set[tuple[str | None, str]] = set()
    for visit in visits:
        for help in visit.body.get("help") or ():
            person = help.get("person")
            what = (merging.person(person) if person else None, help["service"])
            (waiting.add if help["result"] in PROMISED else waiting.discard)(what)
    return len(waiting)
