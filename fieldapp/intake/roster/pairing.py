"""Which household of the book a household of the file is, and which person is which. One is never two: not when the name of its head, a birth
year or its village was mended since, not when the house has become part of another.

So both what the book says now and what rosters said last is looked at (store/rostered.py)."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fieldapp.intake.roster.reading import Household
from fieldapp.store import households
from fieldapp.store.rostered import Rostered
from fieldapp.survey.text import folded

ALIKE = 0.75  # how like two names of one birth year have to be for one to be the other mended
Name = tuple[str, str]  # village, folded head

_folded = lru_cache(maxsize=50_000)(folded)


@dataclass(frozen=True, slots=True)
class Known:
    """A household of the book. villages: all that it was ever in, as they are called now; people: person → the names and birth years under
    which it is known. Tuples: a commune's whole book is held at once."""

    household: households.Household
    rostered: Rostered
    villages: tuple[str, ...]
    heads: tuple[str, ...]
    births: tuple[int, ...]
    addresses: tuple[str, ...]
    people: dict[str, tuple[tuple[str, ...], tuple[int, ...]]]


def known_of(household: households.Household, rostered: Rostered, into: Mapping[str, str]) -> Known:
    """What is known of a household of the book. into: villages that have become part of another."""
    both = household.state["people"], rostered.people
    people = {}
    for person_id in dict.fromkeys((*both[0], *both[1])):
        said = [each[person_id] for each in both if person_id in each]
        names = _once(_folded(person["name"]) for person in said if person.get("name"))
        people[person_id] = names, _once(person["birth_year"] for person in said if isinstance(person.get("birth_year"), int))
    heads = [people[head] for each in both if (head := _head_of(each)) is not None]
    return Known(
        household, rostered, _once(into.get(each, each) for each in (*household.state["villages"], household.village_id) if each),
        _once(name for names, _ in heads for name in names), _once(born for _, births in heads for born in births),
        _once(_folded(each) for each in (household.line.address, rostered.address) if each), people,
    )  # fmt: skip


def _once(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


def _head_of(people: Mapping[str, dict[str, Any]]) -> str | None:
    heads = [person_id for person_id, person in people.items() if person.get("relation") == "head"]
    return next(iter(heads), next(iter(people), None))


def head_of(household: Household) -> dict[str, Any]:
    """The household's head, else its first person."""
    return next((each for each in household.people if each["relation"] == "head"), household.people[0])


def paired(found: Sequence[Household], book: Sequence[Known]) -> dict[int, Known]:
    """Place in `found` → the household of the book that it is; none is given twice. First by code, then by village, head, birth year and
    address, then by who lives there."""
    pairs: dict[int, Known] = {}
    free = {each.household.household_id: each for each in book}
    by_code = {each.household.code: each for each in book if each.household.code}
    for place, household in enumerate(found):
        one = by_code.get(household.code) if household.code else None
        if one is not None and free.pop(one.household.household_id, None) is not None:
            pairs[place] = one
    for match in (_by_head, _by_only_head, _by_people):
        left = [place for place in range(len(found)) if place not in pairs]
        for place, one in match(found, left, free):
            if place not in pairs and free.pop(one.household.household_id, None) is not None:
                pairs[place] = one
    return pairs


def _names(free: Mapping[str, Known]) -> dict[Name, list[Known]]:
    named: dict[Name, list[Known]] = defaultdict(list)
    for known in free.values():
        for village_id in known.villages:
            for head in known.heads:
                named[village_id, head].append(known)
    return named


def _name(household: Household) -> Name:
    return household.village_id, _folded(head_of(household)["name"])


def _by_head(found: Sequence[Household], left: Iterable[int], free: Mapping[str, Known]) -> list[tuple[int, Known]]:
    """The same head in the same village, of whom nothing says that it is another: the likest pairs first, else in their order."""
    named = _names(free)
    pairs = []
    for place in left:
        household = found[place]
        for order, known in enumerate(named.get(_name(household), ())):
            born, address, people = _likeness(household, known)
            if born >= 0 or (address and people):
                pairs.append((-born, -address, -people, place, order, known))
    return [(place, known) for *_, place, _order, known in sorted(pairs, key=lambda pair: pair[:-1])]


def _likeness(household: Household, known: Known) -> tuple[int, int, int]:
    """How alike in the head's birth year (1 the same, 0 not known, -1 another), address and the people beside the head."""
    born = head_of(household)["birth_year"]
    same_year = 0 if born is None or not known.births else 1 if born in known.births else -1
    there = {name for names, _births in known.people.values() for name in names if name not in known.heads}
    beside = sum(_folded(each["name"]) in there for each in household.people)
    return same_year, int(_folded(household.address or "") in known.addresses), beside


def _by_only_head(found: Sequence[Household], left: Iterable[int], free: Mapping[str, Known]) -> list[tuple[int, Known]]:
    """One household of that head is left in the file and one in the book: then it is the same, though its birth year was mended; unless it
    lives elsewhere too."""
    named = _names(free)
    lines: dict[Name, list[int]] = defaultdict(list)
    for place in left:
        lines[_name(found[place])].append(place)
    alone = [(places[0], named[name][0]) for name, places in lines.items() if len(places) == 1 and len(named.get(name, ())) == 1]
    return [(place, known) for place, known in alone if not known.addresses or _folded(found[place].address or "") in ("", *known.addresses)]


def _by_people(found: Sequence[Household], left: Iterable[int], free: Mapping[str, Known]) -> list[tuple[int, Known]]:
    """The head is another, but who lives there is the same: by name and birth year, in the same village."""
    lives: dict[tuple[str, str, int], list[Known]] = defaultdict(list)
    for known in free.values():
        for village_id in known.villages:
            for names, births in known.people.values():
                for name in names:
                    for born in births:
                        lives[village_id, name, born].append(known)
    pairs = []
    for place in left:
        shared: dict[str, list[Known]] = defaultdict(list)
        for person in found[place].people:
            for known in lives.get((found[place].village_id, _folded(person["name"]), person["birth_year"]), ()):
                shared[known.household.household_id].append(known)
        ranked = sorted(shared.values(), key=len, reverse=True)
        if ranked and (len(ranked) == 1 or len(ranked[0]) > len(ranked[1])):
            pairs.append((-len(ranked[0]), place, ranked[0][0]))
    return [(place, known) for _, place, known in sorted(pairs, key=lambda pair: pair[:2])]


def people_paired(people: Sequence[dict[str, Any]], known: Known) -> dict[int, str]:
    """Place in `people` → the person of the book. By name and birth year; by name; by birth year and a name that is much like it."""
    pairs: dict[int, str] = {}
    for is_same in (_is_surely, _is_named, _is_mended):
        for place, person in enumerate(people):
            if place not in pairs:
                free = (person_id for person_id in known.people if person_id not in pairs.values())
                one = next((person_id for person_id in free if is_same(person, *known.people[person_id])), None)
                if one is not None:
                    pairs[place] = one
    return pairs


def _is_surely(person: Mapping[str, Any], names: Sequence[str], births: Sequence[int]) -> bool:
    return _is_named(person, names, births) and (not births or person["birth_year"] is None or person["birth_year"] in births)


def _is_named(person: Mapping[str, Any], names: Sequence[str], births: Sequence[int]) -> bool:
    return _folded(person["name"]) in names


def _is_mended(person: Mapping[str, Any], names: Sequence[str], births: Sequence[int]) -> bool:
    name = _folded(person["name"])
    return person["birth_year"] in births and any(difflib.SequenceMatcher(None, name, other).ratio() >= ALIKE for other in names)
