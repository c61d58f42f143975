"""The doors behind a figure: the households of a village in which somebody, or which themselves, count as yes, as no or as unknown.

Nothing is kept for it: each state is reckoned again by the very definition that the ledger counts by, so the doors add up to the figure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, literal, select, tuple_

from fieldapp.store import areas, indicators
from fieldapp.store.households import LISTED, Listed
from fieldapp.store.listing import ORDER, PLACE
from fieldapp.store.rows import state_of
from fieldapp.store.tables import household, village
from fieldapp.store.visits import ACTIVE
from fieldapp.survey.indicator import Indicator
from fieldapp.survey.reckonings import Reckons, answers_of

ANSWERS = ("yes", "no", "unknown")


@dataclass(frozen=True, slots=True)
class Door:
    """count: how many it adds; people: (name, birth year) of those, empty where the house itself is counted; place: where a page goes on."""

    line: Listed
    count: int
    people: tuple[tuple[str | None, int | None], ...]
    place: str


def doors(
    connection: Connection, commune_id: str, village_id: str, indicator: Indicator, answer: str, after: str = "", limit: int = 50
) -> tuple[list[Door], str | None]:  # fmt: skip
    """The households from beyond the place `after`, in the order of doors; with the place to ask on from, None at the end. answer: of ANSWERS."""
    reckons = answers_of(indicators.form_of(connection, commune_id, indicator), (indicator,))
    found = list(islice(_doors(connection, commune_id, village_id, indicator, ANSWERS.index(answer), reckons, after), limit + 1))
    return found[:limit], found[limit - 1].place if len(found) > limit else None


def _doors(
    connection: Connection, commune_id: str, village_id: str, indicator: Indicator, at: int, reckons: Reckons, after: str
) -> Iterator[Door]:  # fmt: skip
    villages = sorted(areas.with_parts(connection, commune_id, [village_id]))
    query = (
        select(*LISTED, household.c.state, household.c.aside, *ORDER[:2])
        .join(village, (village.c.commune_id == household.c.commune_id) & (village.c.village_id == household.c.village_id))
        .where(
            household.c.commune_id == commune_id, household.c.village_id.in_(villages), household.c.status == ACTIVE, household.c.visited,
            household.c.code.is_not(None),
        )
    )  # fmt: skip
    place = PLACE.fullmatch(after)
    if place is not None:
        query = query.where(tuple_(*ORDER) > tuple_(literal(int(place[1])), literal(place[2]), literal(place[3])))
    for *listed, state, aside, number, lane in connection.execute(query.order_by(*ORDER)):
        line, whole = Listed(*listed), state_of(state, aside)
        count = _count(reckons, whole, indicator, at)
        if count:
            people = _people(reckons, whole, indicator, at) if indicator.unit == "person" else ()
            yield Door(line, count, people, f"{number}.{lane}.{line.code}")


def _count(reckons: Reckons, state: Mapping[str, Any], indicator: Indicator, at: int) -> int:
    return reckons(state).get((indicator.key, "all"), (0, 0, 0))[at]


def _people(reckons: Reckons, state: Mapping[str, Any], indicator: Indicator, at: int) -> tuple[tuple[str | None, int | None], ...]:
    """Each counted as if they lived there alone: what is asked of a person never asks about another."""
    return tuple(
        (person.get("name"), person.get("birth_year"))
        for id, person in state["people"].items()
        if _count(reckons, {**state, "people": {id: person}}, indicator, at)
    )
