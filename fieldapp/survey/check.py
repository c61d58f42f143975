"""What looks doubtful about an event. Doubtful is not wrong: it is stored, counted and flagged, and somebody looks at it.

The same rules warn on the phone before a visit is saved (static/phone/survey/check.js); tests/vectors/checks.json binds both."""

from collections.abc import Iterator
from typing import Any

from fieldapp.survey.day import day_of
from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.manner import answers_of, is_not_said
from fieldapp.survey.standing import people_of
from fieldapp.survey.statement import People, outcome_of
from fieldapp.survey.text import folded, name_problem

State = dict[str, Any]

# code → threshold, None where there is nothing to count. One line a flag: the words are the edges'.
FLAGS: dict[str, float | None] = {
    "age_over_115": 115,
    "birth_year_in_future": None,
    "consent_missing": None,
    "help_on_absent_person": None,
    "many_unknown": 6,
    "name_has_digits": None,
    "name_one_word": None,
    "name_too_many_words": None,
    "night_visit": None,
    "no_head": None,
    "return_in_past": None,
    "same_person_twice": None,
    "two_heads": None,
    "visit_too_fast": None,
    "vneid_without_smartphone": None,
}
# Speed is compared within a kind of visit: confirming what is known takes less than asking.
SECONDS_CONFIRMING, SECONDS_ASKING, SECONDS_A_PERSON = 10, 15, 5
NIGHT_FROM_HOUR, NIGHT_TO_HOUR = 22, 5
UTC_TO_LOCAL_HOURS = 7
NOT_HERE = ("away", "left", "deceased")
NOT_LIVING_HERE = ("left", "deceased")
Flag = tuple[str, str]


def check(event: Event, state: State | None) -> list[dict[str, str]]:
    """The flags of an event as [{"code", "where"}], sorted.

    state: the household before the event or with it; None when nothing is known of it."""
    said = _said(event)
    people = dict(state["people"]) if state else {}
    for id, fields in said.items():
        people[id] = {**people.get(id, {}), **fields}
    found = set(_of_people(event, said, people))
    if event.kind in ("register", "visit"):
        found |= set(_of_the_house(event, people))
    if event.kind == "visit":
        found |= set(_of_the_visit(event, said, people, state["consent"] if state else None))
    return [{"code": code, "where": where} for code, where in sorted(found)]


def _of_people(event: Event, said: People, people: People) -> Iterator[Flag]:
    year = int(day_of(event.at)[:4])
    for id, fields in said.items():
        where = f"people.{id}"
        name, born = fields.get("name"), fields.get("birth_year")
        if name and (problem := name_problem(name)):
            yield problem, f"{where}.name"
        if isinstance(born, int):
            if born > year:
                yield "birth_year_in_future", f"{where}.birth_year"
            elif year - born > (FLAGS["age_over_115"] or 0):
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


def _of_the_visit(event: Event, said: People, people: People, standing_consent: dict[str, Any] | None) -> Iterator[Flag]:
    body = event.body
    hour = (int(event.at[11:13]) + UTC_TO_LOCAL_HOURS) % 24
    if hour >= NIGHT_FROM_HOUR or hour < NIGHT_TO_HOUR:
        yield "night_visit", "at"
    if body.get("return_on") and body["return_on"] < day_of(event.at):
        yield "return_in_past", "return_on"
    if outcome_of(event) not in SURVEYED:
        return
    if not (body.get("consent") or standing_consent or {}).get("given"):
        yield "consent_missing", "consent"
    for i, help in enumerate(body.get("help", ())):
        person = help.get("person")
        if person is not None and (person not in people or people[person].get("residence") in NOT_HERE):
            yield "help_on_absent_person", f"help.{i}"
    house, asked = body.get("house", {}), answers_of(said)
    seconds = body.get("seconds")
    if seconds is not None and seconds < _least_seconds(house, asked):
        yield "visit_too_fast", "seconds"
    answers = [value for values in [house, *asked.values()] for value in values.values()]
    unknown = sum(is_not_said(value) for value in answers)
    if len(answers) >= (FLAGS["many_unknown"] or 0) and unknown * 2 > len(answers):
        yield "many_unknown", "answers"


def _least_seconds(house: dict[str, Any], people: People) -> int:
    if not house and not people:
        return SECONDS_CONFIRMING
    return SECONDS_ASKING + SECONDS_A_PERSON * len(people)


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
