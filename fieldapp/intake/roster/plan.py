"""What a roster would change: for each of its households whether it is new, the same, or differs from the one that stands in the book.

The same file again adds nothing; a newer one shows the difference. Nobody is taken out because a file lacks them: a list may be of one
village, or old; who has moved is said at the door or by an officer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from fieldapp.intake.roster.reading import Household
from fieldapp.store import households
from fieldapp.store.engine import Connection
from fieldapp.survey.text import folded

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(slots=True)
class Step:
    """What happens to one household of the file. known: the one in the book, None when new. address, poverty: the new value, None when
    it stays; people: those whom the file adds."""

    household: Household
    known: households.Household | None
    address: str | None = None
    poverty: str | None = None
    people: list[dict[str, Any]] = field(default_factory=list)

    @property
    def what(self) -> str:
        if self.known is None:
            return NEW
        return CHANGED if self.address or self.poverty or self.people else SAME


@dataclass(frozen=True, slots=True)
class Plan:
    """missing: households of the file's villages that the file does not name; only told."""

    steps: list[Step]
    missing: list[households.Household]

    def count(self, what: str) -> int:
        return sum(step.what == what for step in self.steps)


def plan(connection: Connection, commune_id: str, found: Iterable[Household]) -> Plan:
    """The plan for these households as the book stands now."""
    found = list(found)
    around = households.of_villages(connection, commune_id, {each.village_id for each in found})
    known = [each for each in around if each.line.status != "merged"]
    by_code = {each.code: each for each in known if each.code}
    by_head: dict[tuple[str, str], list[households.Household]] = defaultdict(list)
    for each in known:
        by_head[each.village_id or "", folded(each.line.head or "")].append(each)
    taken: set[str] = set()
    steps = []
    for household in found:
        one = by_code.get(household.code) if household.code else None
        if one is None or one.household_id in taken:
            one = _alike(household, by_head[household.village_id, folded(head_of(household)["name"])], taken)
        if one is not None:
            taken.add(one.household_id)
        steps.append(_step(household, one))
    return Plan(steps, [each for each in known if each.household_id not in taken])


def head_of(household: Household) -> dict[str, Any]:
    """The household's head, else its first person."""
    return next((each for each in household.people if each["relation"] == "head"), household.people[0])


def _alike(household: Household, same_head: list[households.Household], taken: set[str]) -> households.Household | None:
    """The household in the book that this one is; where several heads share a name, by birth year and address, else in their order."""
    free = [each for each in same_head if each.household_id not in taken and _may_be(household, each)]
    address = folded(household.address or "")
    return max(free, key=lambda each: (_born(each) == head_of(household)["birth_year"], folded(each.line.address or "") == address), default=None)


def _may_be(household: Household, known: households.Household) -> bool:
    born, theirs = head_of(household)["birth_year"], _born(known)
    return born is None or theirs is None or born == theirs


def _born(known: households.Household) -> int | None:
    people = known.state["people"].values()
    heads = [each for each in people if each["relation"] == "head"] or [each for each in people if each["name"] == known.line.head]
    born = heads[0]["birth_year"] if heads else None
    return born if isinstance(born, int) else None


def _step(household: Household, known: households.Household | None) -> Step:
    if known is None:
        return Step(household, None, poverty=household.poverty)
    moved = household.address is not None and folded(household.address) != folded(known.line.address or "")
    listed = household.poverty is not None and household.poverty != (known.line.poverty or "none")
    return Step(household, known, household.address if moved else None, household.poverty if listed else None, _strangers(household, known))


def _strangers(household: Household, known: households.Household) -> list[dict[str, Any]]:
    """People of the file whom the household in the book does not have, under this name and a birth year that may be theirs."""
    there = [(folded(each["name"] or ""), each["birth_year"]) for each in known.state["people"].values()]
    return [each for each in household.people if not any(_is_same(each, *other) for other in there)]


def _is_same(person: dict[str, Any], name: str, born: Any) -> bool:
    known = isinstance(born, int) and person["birth_year"] is not None
    return folded(person["name"]) == name and (not known or born == person["birth_year"])
