"""The visits that a household has had, and how often nobody was there.

The fold says how a household stands; this says how it came to that. Only for the desk: no phone asks it."""

from collections.abc import Iterable
from dataclasses import dataclass

from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.merging import Merging
from fieldapp.survey.standing import standing
from fieldapp.survey.statement import outcome_of


@dataclass(frozen=True, slots=True)
class Visits:
    """events: the visits, oldest first, as they stand once corrected; none of a household that was merged into another.
    absences: how many found nobody since somebody was last asked."""

    events: tuple[Event, ...]
    absences: int


def visits_of(events: Iterable[Event], household: str) -> Visits:
    """The visits of a household. events: of it and of all it was ever merged with."""
    counted = standing(events)
    merging = Merging(household)
    for event in counted:
        if event.kind == "merge":
            merging.take(event)
    if merging.into() is not None:
        return Visits((), 0)
    visits = tuple(event for event in counted if event.kind == "visit" and merging.holds(event))
    return Visits(visits, _absences(visits))


def _absences(visits: tuple[Event, ...]) -> int:
    times = 0
    for visit in visits:
        outcome = outcome_of(visit)
        times = 0 if outcome in SURVEYED else times + (outcome == "absent" and not visit.body.get("back_check"))
    return times
