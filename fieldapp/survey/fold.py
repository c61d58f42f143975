"""The fold: what the events of one household say together. Deterministic, and independent of the order in which they arrived.

Events stand by time, then id; for each field of each person and of the house the last stated value stands. What is folded here is
folded alike on the phone (static/phone/survey/fold.js): tests/vectors/folds.json binds both.

A state is a plain dict (docs/wire.md has its shape). The walk keeps one and changes it as the days pass, so that a household's
whole history costs one pass; read what you need of it before asking for the next day."""

from collections.abc import Iterable, Iterator
from typing import Any

from fieldapp.survey.contested import contested, heads
from fieldapp.survey.day import day_of
from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.follow_up import given, wished
from fieldapp.survey.merging import Merging
from fieldapp.survey.redact import Erasures, erasures, redacted
from fieldapp.survey.service import EFFECTS, as_left
from fieldapp.survey.standing import standing
from fieldapp.survey.statement import outcome_of, statement_of

State = dict[str, Any]

LAST_DAY = "9999-12-31"

GONE = ("left", "deceased")
BACK_CHECK = "back_check"
STATUS_AFTER = {"done": "active", "partly": "active", "refused": "active", "vacant": "vacant", "moved": "moved"}


def empty() -> State:
    """A household of which nothing is known yet: it belongs to no village and counts nowhere."""
    return {
        "village": None, "address": None, "status": "active", "merged_into": None, "erased": False, "poverty": None,
        "house": {}, "house_found": {}, "people": {}, "helped": {},
        "visited": False, "outcome": None, "day": None, "year": None, "visits": 0,
        "consent": None, "return_on": None, "returned": {}, "returned_where": {}, "returned_on": None,
        "back_check": None, "wishes": {}, "villages": [],
    }  # fmt: skip


def fold(events: Iterable[Event], household: str) -> State:
    """The household as all its events leave it, with `heads` (what the next author has before them) and `contested`."""
    events = list(events)
    state = empty()
    for _, state in walk(events, household, LAST_DAY):  # noqa: B007 (the last one is what is wanted)
        pass
    return finished(state, events, household)


def finished(state: State, events: list[Event], household: str) -> State:
    """The state at the end of a walk, with what can only be said of all events together, void ones too."""
    state["villages"] = villages(events, household)
    state["heads"] = heads(events)
    state["contested"] = contested(events, household)
    return state


def villages(events: Iterable[Event], household: str) -> list[str]:
    """Every village that the household was ever said to be in, rightly or not: their phones may hold it. Sorted."""
    bodies = (event.body["fields"] if event.kind == "correct" else event.body for event in events if event.household == household)
    return sorted({body["village"] for body in bodies if body.get("village")})


def walk(events: Iterable[Event], household: str, since: str = "") -> Iterator[tuple[str, State]]:
    """Each local day on which something counted, with the state at its end: the last day before `since`, and every day from it
    on.

    events: of the household and of all it was ever merged with. The state is alive: it changes when the next day is asked for."""
    events = list(events)
    erased = erasures(events)
    if erased:
        events = [redacted(event, erased.get(event.household)) for event in events]
    merging = Merging(household)
    state, day, told = empty(), "", False
    past: list[Event] = []
    for event in standing(events):
        today = day_of(event.at)
        if today != day:
            if told and today >= since:
                yield day, state
                told = False
            day = today
        if event.kind == "merge":
            if not merging.take(event):
                continue
            # From this day on the household is the union, as if its parts had always been one.
            state, told = _replayed(past, merging), True
        past.append(event)
        if merging.holds(event):
            APPLY[event.kind](state, event, merging)
            told = True
        _mark(state, merging, erased.get(household))
    if told:
        yield day, state


def _replayed(past: list[Event], merging: Merging) -> State:
    state = empty()
    for event in past:
        if merging.holds(event):
            APPLY[event.kind](state, event, merging)
    return state


def _mark(state: State, merging: Merging, erased: Erasures | None) -> None:
    into = merging.into()
    if into is not None:
        state["status"], state["merged_into"] = "merged", into
    if erased is not None and erased.whole is not None:
        state["erased"] = True
        if not erased.whole:
            state["village"] = None


def _register(state: State, event: Event, merging: Merging) -> None:
    if merging.is_own(event):
        state["village"] = event.body["village"]
        state["address"] = event.body.get("address")
    _say(state, event, merging)


def _visit(state: State, event: Event, merging: Merging) -> None:
    body, outcome = event.body, outcome_of(event)
    state["visits"] += 1
    check = body.get("back_check")
    if check is not None and outcome == "absent":
        # A surveyed house stays one where the second look found nobody; the check is still to be made.
        return
    if state["back_check"] and check == state["back_check"]["id"]:
        state["back_check"] = None
    state["outcome"], state["day"] = outcome, day_of(event.at)
    state["return_on"] = body.get("return_on")
    state["status"] = STATUS_AFTER.get(outcome, state["status"])
    if body.get("consent") is not None:
        state["consent"] = {"given": body["consent"]["given"], "text": body["consent"]["text"], "day": state["day"]}
    if outcome in SURVEYED:
        state["visited"], state["year"] = True, int(state["day"][:4])
        state["returned"], state["returned_where"], state["returned_on"] = {}, {}, None
        _say(state, event, merging)
        for help in body.get("help", ()):
            _help(state, help, merging)
            person_id = help.get("person")
            given(state["wishes"], person_id and merging.person(person_id), help, state["day"], state["return_on"])


def _move(state: State, event: Event, merging: Merging) -> None:
    # A household that was never registered is in no village, whoever moves it: what nobody can open must not count.
    if "village" in event.body and merging.is_own(event) and state["village"] is not None:
        state["village"] = event.body["village"]
    _say(state, event, merging)


def _review(state: State, event: Event, merging: Merging) -> None:
    body = event.body
    about = body.get("event")
    if body["outcome"] == BACK_CHECK:
        state["back_check"] = {"id": event.id, "visit": about, "checker": body["checker"], "due": body["due"]}
    elif about is not None:
        returned, where = ({visit: said for visit, said in state[name].items() if visit != about} for name in ("returned", "returned_where"))
        if body["outcome"] == "returned":
            returned[about] = body.get("comment") or ""
            if body.get("where"):
                where[about] = _place(body["where"], merging)
        state["returned"], state["returned_where"] = returned, where
        state["returned_on"] = (state["returned_on"] or day_of(event.at)) if returned else None
    _say(state, event, merging)


def _place(where: str, merging: Merging) -> str:
    """The place under the person's id of today: `house.internet`, `people.<person>.phone`."""
    group, _dot, rest = where.partition(".")
    person_id, dot, name = rest.partition(".")
    return f"{group}.{merging.person(person_id)}{dot}{name}" if group == "people" else where


def _list(state: State, event: Event, merging: Merging) -> None:
    state["poverty"] = event.body["poverty"]


def _nothing(state: State, event: Event, merging: Merging) -> None:
    """A merge and an erasure have done their work before the walk gets here."""


APPLY = {
    "register": _register, "visit": _visit, "move": _move, "review": _review, "list": _list,
    "merge": _nothing, "erase": _nothing,
}  # fmt: skip


def _say(state: State, event: Event, merging: Merging) -> None:
    """State values as found: they take the place of what help had left before."""
    house, people = statement_of(event)
    _lay(state["house"], state["house_found"], house)
    for person_id, fields in people.items():
        person_id = merging.person(person_id)
        person = _person(state, person_id)
        before = person.get("wants")
        _lay(person, person.get("found"), fields)
        if not person.get("found", True):
            del person["found"]
        if "wants" in fields:
            wished(state["wishes"], person_id, before, fields["wants"], day_of(event.at))
        if person["residence"] in GONE:
            state["wishes"].pop(person_id, None)


def _lay(values: dict[str, Any], found: dict[str, Any] | None, stated: dict[str, Any]) -> None:
    values.update(stated)
    if found:
        for name in stated:
            found.pop(name, None)


def _person(state: State, person_id: str) -> dict[str, Any]:
    people = state["people"]
    if person_id not in people:
        people[person_id] = {"name": None, "birth_year": None, "sex": None, "relation": None, "residence": None}
    return people[person_id]


def _help(state: State, help: dict[str, Any], merging: Merging) -> None:
    results = state["helped"].setdefault(help["service"], {})
    results[help["result"]] = results.get(help["result"], 0) + 1
    effect = EFFECTS.get(help["service"])
    if effect is None or help["result"] != "done":
        return
    if effect.scope == "house":
        values, found = state["house"], state["house_found"]
    elif help.get("person") is not None:
        values = _person(state, merging.person(help["person"]))
        found = values.get("found", {})
    else:
        return
    before = values.get(effect.field)
    after = as_left(effect, before, help.get("value"))
    if after != before:
        found.setdefault(effect.field, before)
        values[effect.field] = after
        if effect.scope == "person":
            values["found"] = found
