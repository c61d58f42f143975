"""What happens in each round, drawn from a seed: the same seed gives the same plan, though never the same moment inside the processes."""

import random
from dataclasses import dataclass
from typing import Any

from fieldapp.demo.answers import consent
from fieldapp.demo.people import House
from fieldapp.survey.questionnaire import NAMES, load

# What is done to the phone or the server → how many rounds of a hundred.
KINDS = {
    "browser": 30,  # its processes are killed while visits are made and sent
    "start": 10,  # … and while it starts
    "server": 20,
    "both": 15,
    "offline": 8,  # the phone has no network
    "page": 8,  # a portal answers everything with a page of its own
    "cut": 9,  # the server has done the work, and half of its answer arrives
}
FEWEST_VISITS, MOST_VISITS = 5, 6
BY_SCREENS_SHARE = 0.4
BACKUP_EVERY = 5
LATEST_MS, LONGEST_AWAY_MS = 800, 1_500
IDENTITY = ("name", "birth_year", "sex", "relation", "residence", "answered_by")
QUESTIONNAIRE = load(NAMES[-1])


@dataclass(frozen=True, slots=True)
class Round:
    """backup: whether one is written meanwhile; kind: one of KINDS; after_ms: when it happens; away_ms: how long server or network
    stay away; by_screens: whether the first visit is tapped on the screens; visits: as the page's script takes them."""

    number: int
    backup: bool
    kind: str
    after_ms: int
    away_ms: int
    by_screens: bool
    visits: list[dict[str, Any]]


def rounds(seed: int, count: int, houses: list[House]) -> list[Round]:
    """The rounds of a run, over the houses of one village."""
    chance = random.Random(f"kills {seed}")
    planned: list[Round] = []
    number = 0
    for index in range(count):
        visits = []
        for _ in range(chance.randint(FEWEST_VISITS, MOST_VISITS)):
            number += 1
            visits.append(_visit(chance, number, chance.choice(houses)))
        (kind,) = chance.choices(list(KINDS), weights=list(KINDS.values()))
        planned.append(
            Round(
                index + 1, index % BACKUP_EVERY == 1, kind, chance.randint(0, LATEST_MS), chance.randint(0, LONGEST_AWAY_MS),
                chance.random() < BY_SCREENS_SHARE, visits,
            )
        )  # fmt: skip
    return planned


def _visit(chance: random.Random, number: int, house: House) -> dict[str, Any]:
    outcome = chance.choice(("done", "done", "done", "partly", "absent", "vacant"))
    answers: list[tuple[str | None, str, Any]] = []
    if outcome in ("done", "partly"):
        for person, group in ((None, "house"), *((each.id, "people") for each in house.people[:3])):
            asked = [question for question in QUESTIONNAIRE.of_group[group] if question.type == "select_one" and question.name not in IDENTITY]
            chosen = chance.sample(asked, min(3, len(asked)))
            answers += [(person, question.name, chance.choice(question.choices)) for question in chosen]
    return {
        "number": number, "household": house.id, "outcome": outcome, "consent": consent() if answers else None, "answers": answers,
        "pause_ms": chance.choice((0, 0, 30, 120)),
    }  # fmt: skip
