"""What the people of a made-up house would answer: by age above all, by how at home the house is in the digital world, by
poverty.

Answers are drawn once and kept, so that a second visit finds what the first one left. Which questions are asked of whom is the
questionnaire's to say, not ours."""

import random
from typing import Any

from fieldapp.demo.people import House, Resident
from fieldapp.survey.questionnaire import NAMES, load

QUESTIONNAIRE = load(NAMES[-1])
IDENTITY = ("name", "birth_year", "sex", "relation", "residence", "answered_by", "wants")
# Up to this age → share with a smartphone, in a house of middling ease.
SMARTPHONE = ((10, 0.03), (14, 0.30), (17, 0.86), (34, 0.98), (49, 0.95), (59, 0.86), (69, 0.60), (79, 0.30), (120, 0.08))
OF_POOR = -0.15
# What a business uses, and how many businesses do.
USES = (("qr_payment", 0.7), ("e_invoice", 0.2), ("e_commerce", 0.25), ("e_tax", 0.3))


def rooms(chance: random.Random, house: House) -> dict[str, Any]:
    """The answers about the house."""
    young = any(person.birth_year > 1985 for person in house.people)
    ease = house.ease + (OF_POOR if house.poverty else 0) + (0.08 if young else -0.08)
    found: dict[str, Any] = {
        "internet": "fixed" if _is(chance, 0.72 + ease) else "mobile_only" if _is(chance, 0.55) else "none",
        "electricity_cashless": _yes(chance, 0.58 + ease),
        "address_code": _yes(chance, 0.42 + ease / 2),
        "zalo_group": _yes(chance, 0.6 + ease),
        "camera": _yes(chance, 0.2 + ease),
        "business": _yes(chance, 0.14 + ease / 3),
    }
    if found["business"] == "yes":
        uses = [use for use, share in USES if _is(chance, share + ease)]
        found["business_digital"] = uses or ["none"]
    return _doubted(chance, found, 0.015)


def answers(chance: random.Random, house: House, person: Resident, year: int, proxy: bool) -> dict[str, Any]:
    """The answers of a person, asked themselves or through somebody of the house (proxy), who knows less."""
    drawn = _drawn(chance, house, person, year)
    applying = QUESTIONNAIRE.applying("people", {**person.said(), **drawn}, year, house.rooms)
    found = {name: drawn[name] for name in applying if name in drawn and name not in IDENTITY}
    return {"answered_by": "proxy" if proxy else "self", **_doubted(chance, found, 0.035 if proxy else 0.008)}


def _drawn(chance: random.Random, house: House, person: Resident, year: int) -> dict[str, Any]:
    age = year - person.birth_year
    ease = house.ease + (OF_POOR if house.poverty else 0)
    # The very young and the very old are what they are, in whichever house.
    smart = _is(chance, next(share for until, share in SMARTPHONE if age <= until) + ease * (0.4 if age < 12 else 1))
    phone = "smartphone" if smart else "basic" if _is(chance, 0.7 if age >= 40 else 0.1) else "none"
    vneid = _vneid(chance, age, ease) if smart else "none"
    account = _is(chance, (0.9 if age < 50 else 0.7 if age < 60 else 0.62) + ease - (0 if smart else 0.2))
    wallet, mobile_money = smart and _is(chance, 0.4 if age < 40 else 0.1), _is(chance, 0.04)
    epay = [kind for kind, owned in (("bank", account), ("wallet", wallet), ("mobile_money", mobile_money)) if owned]
    health = {"level2": 0.9, "level1": 0.72}.get(vneid, 0.66 if age < 14 else 0.5) + ease
    skilled = _is(chance, (0.62 if age < 40 else 0.42) + ease) and smart
    receives = _is(chance, 0.85 if age >= 75 else 0.45 if age >= 60 else 0.9 if house.poverty == "poor" else 0.06)
    return {
        "phone": phone,
        "network_4g": _yes(chance, 0.94 if smart else 0.06),
        "vneid": vneid,
        "epay": epay or ["none"],
        "health_record": ("seen" if _is(chance, 0.35) else "yes") if _is(chance, health) else "no",
        "esign": _yes(chance, 0.34 + ease if vneid == "level2" and age < 60 else 0.03),
        "online_service": ("self" if age < 40 and _is(chance, 0.5) else "helped") if smart and _is(chance, 0.55 + ease) else "no",
        "digital_skills": ("certified" if vneid == "level2" and _is(chance, 0.3) else "trained") if skilled else "no",
        "benefit": ("account" if account and _is(chance, 0.85 + ease) else "cash") if receives else "not_receiving",
    }


def _vneid(chance: random.Random, age: int, ease: float) -> str:
    activated = _is(chance, (0.55 if age < 18 else 0.86 if age < 50 else 0.68) + ease)
    if not activated:
        return "installed" if _is(chance, 0.3) else "none"
    return "level2" if _is(chance, 0.84) else "level1"


def _doubted(chance: random.Random, found: dict[str, Any], share: float) -> dict[str, Any]:
    """Now and then nobody knows, or nobody says."""
    doubted = {}
    for name, value in found.items():
        if _is(chance, share * (0.4 if name == "benefit" else 1)):
            said = "refused" if name in ("epay", "benefit") and _is(chance, 0.4) else "unknown"
            value = [said] if isinstance(value, list) else said
        doubted[name] = value
    return doubted


def _is(chance: random.Random, share: float) -> bool:
    return chance.random() < share


def _yes(chance: random.Random, share: float) -> str:
    return "yes" if _is(chance, share) else "no"
