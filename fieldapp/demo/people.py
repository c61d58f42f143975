"""Made-up houses: who lives in them, as ages and generations go together in a village of the delta.

The young are away for work, grandparents raise grandchildren, a widow lives alone at the end of the lane. Each house also has its
way of living, from which its answers follow (habits.py)."""

import random
from dataclasses import dataclass, field
from typing import Any

from fieldapp.demo.names import family_name, full_name
from fieldapp.survey.ids import person_id

MOST_PEOPLE = 9
# How many of a hundred houses are of which kind.
KINDS = {
    "nuclear": 40, "three_generations": 24, "old_couple": 12, "alone": 7, "young_couple": 6, "grandparents": 6, "one_parent": 5,
    "large": 2,
}  # fmt: skip


@dataclass
class Resident:
    """Somebody of a house. listed: how the commune's list or the last visit has them, None: not at all; left: their answers as
    they stand now, None before they were asked."""

    id: str
    name: str
    birth_year: int
    sex: str
    relation: str
    residence: str = "permanent"
    listed: dict[str, Any] | None = None
    left: dict[str, Any] | None = None

    def said(self) -> dict[str, Any]:
        """What is said of who they are."""
        return {name: getattr(self, name) for name in ("name", "birth_year", "sex", "relation", "residence")}


@dataclass
class House:
    """A house and what came of it. id: the household's, once registered; rooms: the answers about the house, once asked.

    ease: how much at home it is in the digital world, about -0.3 to 0.3; outcomes, visits: of each visit, and its event's id;
    booked: help that was promised; taken: something out of the ordinary happens here, no second such thing; gone: the rounds
    do not come here any more."""

    village: str
    address: str
    people: list[Resident]
    ease: float
    poverty: str | None = None
    id: str = ""
    rooms: dict[str, Any] = field(default_factory=dict)
    outcomes: list[str] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)
    booked: list[dict[str, Any]] = field(default_factory=list)
    taken: bool = False
    gone: bool = False

    @property
    def surveyed(self) -> bool:
        return any(outcome in ("done", "partly") for outcome in self.outcomes)

    @property
    def head(self) -> Resident:
        return self.people[0]


class Family:
    """Makes the people of one house, head first."""

    def __init__(self, chance: random.Random, year: int) -> None:
        self.chance, self.year = chance, year
        self.family = family_name(chance)
        self.people: list[Resident] = []

    def add(self, relation: str, birth_year: int, sex: str, family: str | None = None) -> Resident:
        birth_year = min(max(birth_year, self.year - 98), self.year)
        name = full_name(self.chance, sex, birth_year, family)
        while any(other.name == name for other in self.people):
            name = full_name(self.chance, sex, birth_year, family)
        new = Resident(person_id(self.chance.randbytes(10)), name, birth_year, sex, relation)
        self.people.append(new)
        return new

    def couple(self, birth_year: int) -> Resident:
        """A head of that birth year and their spouse; the mother comes back."""
        woman_heads = self.chance.random() < 0.2
        woman, man = ("head", "spouse") if woman_heads else ("spouse", "head")
        ages = {"head": birth_year, "spouse": birth_year + self.chance.randint(-2, 4)}
        found: dict[str, Resident] = {}
        for relation in ("head", "spouse"):
            is_man = relation == man
            found[relation] = self.add(relation, ages[relation], "male" if is_man else "female", self.family if is_man else None)
        return found[woman]

    def children(self, mother: Resident, most: int, relation: str = "child") -> list[Resident]:
        """Her children so far, born between 20 and 38, two to five years apart; grown-up daughters have mostly married away."""
        born = mother.birth_year + self.chance.randint(20, 26)
        found: list[Resident] = []
        while len(found) < most and born <= min(self.year, mother.birth_year + 38):
            sex = self.chance.choice(("male", "female"))
            if self.year - born < 24 or self.chance.random() < (0.5 if sex == "male" else 0.2):
                found.append(self.add(relation, born, sex, self.family))
            born += self.chance.randint(2, 5)
        return found


def house(chance: random.Random, year: int, village: str, address: str, ease: float) -> House:
    """A house at that address. ease: the village's; the house adds its own."""
    family = Family(chance, year)
    KIND_OF[chance.choices(tuple(KINDS), tuple(KINDS.values()))[0]](family)
    people = family.people[:MOST_PEOPLE]
    for person in people:
        age = year - person.birth_year
        if person.relation in ("child", "other") and 18 <= age <= 40 and chance.random() < 0.35:
            person.residence = "left" if person.sex == "female" and age < 30 and chance.random() < 0.2 else "away"
        elif person.relation == "other" and chance.random() < 0.1:
            person.residence = "temporary"
        elif person.relation in ("parent", "grandparent", "spouse") and age > 74 and chance.random() < 0.06:
            person.residence = "deceased"
    return House(village, address, people, ease + chance.gauss(0, 0.1))


def _nuclear(family: Family) -> None:
    chance = family.chance
    family.children(family.couple(family.year - chance.randint(30, 56)), chance.choices((1, 2, 3, 4), (18, 52, 23, 7))[0])


def _three_generations(family: Family) -> None:
    chance = family.chance
    mother = family.couple(family.year - chance.randint(33, 48))
    family.children(mother, chance.choices((1, 2, 3), (20, 55, 25))[0])
    head = family.people[0]
    for sex in ("male", "female"):
        if chance.random() < (0.5 if sex == "male" else 0.8):
            family.add("parent", head.birth_year - chance.randint(22, 33), sex, family.family if sex == "male" else None)


def _large(family: Family) -> None:
    """Four generations under one roof."""
    _three_generations(family)
    head = family.people[0]
    family.add("grandparent", head.birth_year - family.chance.randint(46, 52), "female")
    while len(family.people) < MOST_PEOPLE - 1:
        sex = family.chance.choice(("male", "female"))
        family.add("other", head.birth_year + family.chance.randint(3, 12), sex, family.family)
    family.children(family.people[-1], 1, "other")


def _grandparents(family: Family) -> None:
    chance = family.chance
    mother = family.couple(family.year - chance.randint(54, 68))
    son = family.add("child", mother.birth_year + chance.randint(21, 26), "male", family.family)
    wife = family.add("other", son.birth_year + chance.randint(-1, 4), "female")
    family.children(wife, chance.randint(1, 3), "grandchild")


def _old_couple(family: Family) -> None:
    family.couple(family.year - family.chance.randint(60, 84))


def _alone(family: Family) -> None:
    chance = family.chance
    family.add("head", family.year - chance.randint(58, 90), "female" if chance.random() < 0.8 else "male")


def _young_couple(family: Family) -> None:
    chance = family.chance
    family.children(family.couple(family.year - chance.randint(23, 31)), chance.randint(0, 2))


def _one_parent(family: Family) -> None:
    chance = family.chance
    mother = family.add("head", family.year - chance.randint(30, 52), "female")
    family.children(mother, chance.randint(1, 2))


KIND_OF = {
    "nuclear": _nuclear, "three_generations": _three_generations, "old_couple": _old_couple, "alone": _alone,
    "young_couple": _young_couple, "grandparents": _grandparents, "one_parent": _one_parent, "large": _large,
}  # fmt: skip
