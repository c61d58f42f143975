"""What looks doubtful about an event. Doubtful is not wrong: it is stored, counted and flagged, and somebody looks at it.

The same rules warn on the phone before a visit is saved (static/phone/survey/check.js); tests/vectors/checks.json binds both."""

from collections.abc import Iterator
from typing import Any

from fieldapp.survey.day import day_of
from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.manner import ABSENT, NEW, REVISIT, UNCHANGED, answers_of, is_not_said, kind_of
from fieldapp.survey.rules import BOTH, USUAL, Limits, asked
from fieldapp.survey.standing import people_of
from fieldapp.survey.statement import People, outcome_of
from fieldapp.survey.text import folded, name_problem

State = dict[str, Any]

# The rules that are asked here; the words are the edges'.
FLAGS = (*asked(BOTH), "night_visit", "visit_too_fast")
UTC_TO_LOCAL_HOURS = 7
NOT_HERE = ("away", "left", "deceased")
NOT_LIVING_HERE = ("left", "deceased")
Flag = tuple[str, str]


def check(event: Event, state: State | None, limits: Limits = USUAL) -> list[dict[str, str]]:
    """The flags of an event as [{"code", "where"}], sorted.

    state: the household before the event or with it; None when nothing is known of it. limits: the commune's thresholds."""
    said = _said(event)
    people = dict(state["people"]) if state else {}
    for id, fields in said.items():
        people[id] = {**people.get(id, {}), **fields}
    found = set(_of_people(event, said, people, limits["oldest"]))
    if event.kind in ("register", "visit"):
        found |= set(_of_the_house(event, people))
    if event.kind == "visit":
        found |= set(_of_the_visit(event, said, people, state or {}, limits))
    return [{"code": code, "where": where} for code, where in sorted(found)]


def _of_people(event: Event, said: People, people: People, oldest: int) -> Iterator[Flag]:
    year = int(day_of(event.at)[:4])
    for id, fields in said.items():
        where = f"people.{id}"
        name, born = fields.get("name"), fields.get("birth_year")
        if name and (problem := name_problem(name)):
            yield problem, f"{where}.name"
        if isinstance(born, int):
            if born > year:
                yield "birth_year_in_future", f"{where}.birth_year"
            elif year - born > oldest:
                yield "age_over_115", f"{where}.birth_year"
        if fields.get("vneid") in ("level1", "level2") and people[id].get("phone") in ("basic", "none"):
            yield "vneid_without_smartphone", f"{where}.vneid"


def _of_the_house(event: Event, people: People) -> Iterator[Flag]:
    if event.kind == "visit" and outcome_of(event) not in SURVEYED:
        return
    living = {id: person for id, person in people.items() if person.get("residence") not in NOT_LIVING_HERE}
    heads = sum(person.get("relation") == "head" for person in living.values())
    if living and heads != 1:
        yield ("two_heads" if heads else "no_head"), "people"
    known: dict[tuple[str, Any], str] = {}
    for id in sorted(living):
        person = living[id]
        if not person.get("name") or person.get("birth_year") is None:
            continue
        same = (folded(person["name"]), person["birth_year"])
        if same in known:
            yield "same_person_twice", f"people.{id}"
        known[same] = id


def _of_the_visit(event: Event, said: People, people: People, state: State, limits: Limits) -> Iterator[Flag]:
    body, outcome = event.body, outcome_of(event)
    hour = (int(event.at[11:13]) + UTC_TO_LOCAL_HOURS) % 24
    if hour >= limits["night_from"] or hour < limits["night_to"]:
        yield "night_visit", "at"
    if body.get("return_on") and body["return_on"] < day_of(event.at):
        yield "return_in_past", "return_on"
    house, asked_people = body.get("house", {}), answers_of(said)
    kind = kind_of(house, asked_people, bool(state.get("visited"))) if outcome in SURVEYED else outcome
    seconds = body.get("seconds")
    if seconds is not None and seconds < _least_seconds(kind, len(asked_people), limits):
        yield "visit_too_fast", "seconds"
    if outcome not in SURVEYED:
        return
    if not (body.get("consent") or state.get("consent") or {}).get("given"):
        yield "consent_missing", "consent"
    for i, help in enumerate(body.get("help", ())):
        person = help.get("person")
        if person is not None and (person not in people or people[person].get("residence") in NOT_HERE):
            yield "help_on_absent_person", f"help.{i}"
    answers = [value for values in [house, *asked_people.values()] for value in values.values()]
    unknown = sum(is_not_said(value) for value in answers)
    if len(answers) >= limits["unknown_answers"] and unknown * 100 > len(answers) * limits["unknown_share"]:
        yield "many_unknown", "answers"


def _least_seconds(kind: str, people: int, limits: Limits) -> int:
    """Speed is compared within a kind of visit: confirming what is known takes less than asking."""
    if kind in (UNCHANGED, ABSENT):
        return limits[f"fast_{kind}"]
    if kind not in (NEW, REVISIT):
        return 0
    return limits[f"fast_{kind}"] + limits["fast_person"] * people


def _said(event: Event) -> People:
    """What the event says of people, whatever its kind; what a correction takes away is not said."""
    body = event.body
    if event.kind in ("merge", "void", "list", "erase"):
        return {}
    if event.kind == "move":
        people = {body["person"]: body.get("values", {})} if "person" in body else {}
    else:
        people = people_of((body["fields"] if event.kind == "correct" else body).get("people", {}))
    return {id: {name: value for name, value in fields.items() if value is not None} for id, fields in people.items()}
