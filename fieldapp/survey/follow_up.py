"""What is still to be done at a household, and by which day: one list of promised returns, wishes and visits that were given back.

Nobody ticks anything off: each follow-up is read from the folded state, so the visit that does it ends it. A return is done by the next
visit, whatever it found; a wish by help for it that was done or declined; a visit given back by the next survey or by a correction of it.
Twin of static/phone/survey/follow_up.js: tests/vectors/folds.json and follow_ups.json bind both."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.service import EFFECTS
from fieldapp.survey.statement import outcome_of

# Who wishes for something on no day, or is promised help on none, is to be helped within so many days.
WISH_DAYS = 7
HOUSE = "house"
ENDED = ("done", "declined")
# Outcomes after which somebody who had asked for help was spoken to.
ANSWERING = (*SURVEYED, "refused")

Wishes = dict[str, dict[str, str]]  # person or HOUSE → service → the day by which


class FollowUp(NamedTuple):
    """kind: return, returned, back_check or wish; who: a person's id or HOUSE, and the service, of a wish alone."""

    due: str
    kind: str
    who: str | None = None
    service: str | None = None


def follow_ups(state: Mapping[str, Any]) -> list[FollowUp]:
    """What is still to be done, by its day. Nothing is where a household became part of another or was erased."""
    if state["status"] == "merged" or state["erased"]:
        return []
    found = [FollowUp(state["return_on"], "return")] if state["return_on"] else []
    found += [FollowUp(state["returned_on"], "returned")] if state["returned"] else []
    found += [FollowUp(state["back_check"]["due"], "back_check")] if state["back_check"] else []
    # A house that stands empty has nobody to help.
    wishes = state["wishes"] if state["status"] == "active" else {}
    found += [FollowUp(due, "wish", who, service) for who, theirs in wishes.items() for service, due in theirs.items()]
    return sorted(found, key=lambda each: (each.due, each.kind, each.who or "", each.service or ""))


def wished(wishes: Wishes, person_id: str, before: Iterable[str] | None, after: Iterable[str], day: str) -> None:
    """A person said on a day what they want help with, and `before` that other things: those that they name no more end."""
    after = tuple(after)
    for service in before or ():
        if service not in after:
            _end(wishes, who_of(service, person_id), service)
    for service in after:
        if service in EFFECTS:
            wishes.setdefault(who_of(service, person_id), {}).setdefault(service, _by(day, None))


def given(wishes: Wishes, person_id: str | None, help: Mapping[str, Any], day: str, return_on: str | None) -> None:
    """Help was given, refused, or promised for the return of that visit."""
    who = who_of(help["service"], person_id)
    if help["result"] in ENDED:
        _end(wishes, who, help["service"])
    else:
        wishes.setdefault(who, {})[help["service"]] = _by(day, return_on)


def who_of(service: str, person_id: str | None) -> str:
    """Whose wish it is: what is one for the whole house is the house's, whoever said it."""
    effect = EFFECTS.get(service)
    return HOUSE if person_id is None or (effect is not None and effect.scope == HOUSE) else person_id


def sign_up_answered(visit: Event) -> str | None:
    """The wish from the public page that the visit was made for, unless it found nobody to ask."""
    return visit.body.get("sign_up") if outcome_of(visit) in ANSWERING else None


def helped_by(visit: Event) -> int:
    """How many people the visit helped with something, the house as one of them."""
    helped = visit.body.get("help") or () if outcome_of(visit) in SURVEYED else ()
    return len({who_of(help["service"], help.get("person")) for help in helped if help["result"] == "done"})


def _end(wishes: Wishes, who: str, service: str) -> None:
    wishes.get(who, {}).pop(service, None)
    if not wishes.get(who, True):
        del wishes[who]


def _by(day: str, promised: str | None) -> str:
    return promised or (date.fromisoformat(day) + timedelta(days=WISH_DAYS)).isoformat()
