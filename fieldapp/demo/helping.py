"""What a member helps with at a made-up door, and what stands in the way.

The first weeks are asking; as the weeks go by the team helps more and finds its people again: so figures rise in the trends.
What help leaves behind is what the house says the next time, by the survey's own table."""

import random
from typing import Any

from fieldapp.demo.people import House, Resident
from fieldapp.survey.service import EFFECTS, as_left

MOST_AT_ONCE = 4
COSTLY = ("sim_4g", "esign_register", "epay_open")
Help = dict[str, Any]


def needs(house: House, person: Resident, year: int) -> list[str]:
    """The services that could do something for the person, the most wanted first."""
    said, age = person.left or {}, year - person.birth_year
    has_smartphone = said.get("phone") == "smartphone"
    wanted = (
        ("vneid_activate", has_smartphone and said.get("vneid") in ("none", "installed")),
        ("health_record_setup", has_smartphone and said.get("health_record") in ("no", "yes") and age >= 14),
        ("epay_open", said.get("epay") == ["none"] and age < 75),
        ("online_service_guide", has_smartphone and said.get("online_service") == "no"),
        ("sim_4g", said.get("phone") == "basic" and said.get("network_4g") == "no" and age < 80),
        ("esign_register", said.get("vneid") == "level2" and said.get("esign") == "no" and 18 <= age < 60),
        ("skills_lesson", has_smartphone and said.get("digital_skills") == "no"),
        ("filed_for", not has_smartphone and said.get("online_service") == "no" and age >= 60),
        ("zalo_join", has_smartphone and person is house.head and house.rooms.get("zalo_group") == "no"),
    )
    return [service for service, wants in wanted if wants]


def given(chance: random.Random, house: House, present: list[Resident], year: int, eagerness: float) -> list[Help]:
    """The help of one visit. eagerness: 0 to 1, the share of needs that are taken up."""
    helped: list[Help] = []
    for person in present:
        for service in needs(house, person, year):
            if len(helped) < MOST_AT_ONCE and chance.random() < eagerness:
                helped.append(_one(chance, service, person, year - person.birth_year))
    return helped


def finished(booked: list[Help]) -> list[Help]:
    """What was booked or begun, done at the next visit."""
    return [_done(help["service"], help["person"]) for help in booked]


def leave(house: House, helped: list[Help]) -> None:
    """Let the house be as the help leaves it."""
    people = {person.id: person for person in house.people}
    for help in helped:
        effect = EFFECTS[help["service"]]
        if help["result"] == "done":
            values = house.rooms if effect.scope == "house" else people[help["person"]].left
            if values is not None:
                values[effect.field] = as_left(effect, values.get(effect.field), help.get("value"))


def _one(chance: random.Random, service: str, person: Resident, age: int) -> Help:
    result = chance.choices(("done", "booked", "started", "declined"), (62, 18, 8, 12))[0]
    if result == "done":
        return _done(service, person.id)
    return {"person": person.id, "service": service, "result": result, "barrier": _barrier(chance, service, result, age)}


def _done(service: str, person: str) -> Help:
    value = {"vneid_activate": "level2", "epay_open": "bank"}.get(service)
    return {"person": person, "service": service, "result": "done", **({"value": value} if value else {})}


def _barrier(chance: random.Random, service: str, result: str, age: int) -> str:
    if result == "declined":
        return "age" if age > 65 else "cost" if service in COSTLY and chance.random() < 0.5 else "fear_or_habit"
    if service == "epay_open":
        return chance.choice(("no_bank", "papers_missing"))
    return chance.choice(("papers_missing", "no_network", "no_smartphone" if service == "sim_4g" else "other"))
