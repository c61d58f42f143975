"""Places in a household's answers, `house.internet` or `people.<person>.phone`: which can be asked again, and how they are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.survey.event import Event
from fieldapp.web.households import dossier

IDENTITY = ("name", "birth_year")


@dataclass(frozen=True, slots=True)
class Place:
    """person: an id, None for the house; question: its name."""

    person: str | None
    question: str

    @property
    def whose(self) -> str:
        """The person, "" for the house: what a list of places is grouped by."""
        return self.person or ""

    @property
    def where(self) -> str:
        return f"people.{self.person}.{self.question}" if self.person else f"house.{self.question}"


def parsed(where: str) -> Place:
    """The place that a review names."""
    group, _dot, rest = where.partition(".")
    person, _dot, name = rest.partition(".")
    return Place(person, name) if group == "people" else Place(None, rest)


def askable(visit: Event, state: Mapping[str, Any]) -> list[Place]:
    """What of a visit can be asked again: what it stated or confirmed, and who the people are."""
    confirmed = visit.body.get("confirmed") or {}
    said: dict[str | None, list[str]] = {who: [name for name, _ in answers] for who, answers in dossier.stated(visit)}
    for who, names in ((None, confirmed.get("house", [])), *confirmed.get("people", {}).items()):
        said.setdefault(who, []).extend(name for name in names if name not in said[who])
    for person in state["people"]:
        said[person] = [*IDENTITY, *(name for name in said.get(person, []) if name not in dossier.HEADING)]
    return [Place(who, name) for who, names in said.items() if who is None or who in state["people"] for name in names]
