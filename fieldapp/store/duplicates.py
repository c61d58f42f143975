"""Households that may be one: somebody of one has the name, and as far as known the birth year, of somebody of the other."""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from fieldapp.store.households import LISTED, Listed
from fieldapp.store.tables import household, person

MOST = 8
GONE = ("left", "deceased")
ACTIVE = "active"


def like(connection: Connection, commune_id: str, household_id: str) -> list[Listed]:
    """Other households of the commune that share somebody, those that share most first."""
    ours, theirs = person.alias(), person.alias()
    same = and_(
        theirs.c.commune_id == ours.c.commune_id, theirs.c.name_folded == ours.c.name_folded, theirs.c.household_id != ours.c.household_id,
        or_(theirs.c.birth_year == ours.c.birth_year, theirs.c.birth_year.is_(None), ours.c.birth_year.is_(None)),
    )  # fmt: skip
    shared = (
        select(theirs.c.household_id, func.count().label("people")).select_from(ours.join(theirs, same))
        .where(ours.c.commune_id == commune_id, ours.c.household_id == household_id).group_by(theirs.c.household_id)
    ).subquery()  # fmt: skip
    query = (
        select(*LISTED).join(shared, shared.c.household_id == household.c.household_id)
        .where(household.c.commune_id == commune_id, household.c.status != "merged", household.c.code.is_not(None))
        .order_by(shared.c.people.desc(), household.c.code).limit(MOST)
    )  # fmt: skip
    return [Listed(*row) for row in connection.execute(query)]


def findings(connection: Connection, commune_id: str, least: int) -> list[Any]:
    """What looks like one household twice: `least` people and more of one name and birth year live in both; and a person who lives in two
    households of one village. Of two households the later one in the book is the one in doubt."""
    from_book = _sharing(connection, commune_id)
    shared = Counter((one, other) for one, other, *_ in from_book)
    found = []
    for (one, other), people in shared.items():
        _, _, village, other_village, day = next(row for row in from_book if row[:2] == (one, other))
        same_village = village == other_village
        if people >= least or same_village:
            code = "duplicate_household" if people >= least else "duplicate_person"
            found.append((code, one, one, village, None, day, {"people": people, "other": other}))
    return found


def _sharing(connection: Connection, commune_id: str) -> list[Any]:
    """(household, one before it in the book, their villages, since when it is in the book) for each person who lives in both."""
    ours, theirs, here, there = person.alias(), person.alias(), household.alias(), household.alias()
    lives = [or_(each.c.residence.is_(None), each.c.residence.not_in(GONE)) for each in (ours, theirs)]
    active = [and_(each.c.commune_id == commune_id, each.c.status == ACTIVE, each.c.code.is_not(None)) for each in (here, there)]
    same = and_(
        theirs.c.commune_id == ours.c.commune_id, theirs.c.name_folded == ours.c.name_folded, theirs.c.birth_year == ours.c.birth_year,
        theirs.c.household_id < ours.c.household_id,
    )  # fmt: skip
    query = (
        select(ours.c.household_id, theirs.c.household_id, here.c.village_id, there.c.village_id, here.c.registered_on)
        .where(
            ours.c.commune_id == commune_id, same, here.c.household_id == ours.c.household_id, there.c.household_id == theirs.c.household_id,
            *lives, *active,
        )
    )  # fmt: skip
    return [tuple(row) for row in connection.execute(query)]
