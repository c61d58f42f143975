"""Households that may be one: somebody of one has the name, and as far as known the birth year, of somebody of the other."""

from collections import defaultdict
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from fieldapp.store.households import LISTED, Listed
from fieldapp.store.tables import household, person

MOST = 8
# A name and birth year that more households share say nothing by themselves of who somebody is, and each pair of them would be compared.
MOST_OF_A_NAME = 20
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
    """What looks like one household twice: `least` and more of a name and birth year live in both; and somebody who lives in two households of
    one village. Of two households the later one in the book is the one in doubt."""
    homes: dict[str, Any] = {}
    names: dict[str, set[Any]] = defaultdict(set)
    pairs: set[tuple[str, str]] = set()
    for who, rows in groupby(_sharing(connection, commune_id), key=itemgetter(0, 1)):
        lives_in = {row.household_id: row for row in rows}
        homes |= lives_in
        for one in lives_in:
            names[one].add(who)
        if len(lives_in) <= MOST_OF_A_NAME:
            pairs.update((one, other) for other, one in combinations(sorted(lives_in), 2))
    found = []
    for one, other in sorted(pairs):
        people, village, day = len(names[one] & names[other]), homes[one].village_id, homes[one].registered_on
        if people >= least or village == homes[other].village_id:
            code = "duplicate_household" if people >= least else "duplicate_person"
            found.append((code, one, one, village, None, day, {"people": people, "other": other}))
    return found


def _sharing(connection: Connection, commune_id: str) -> list[Any]:
    """(name, birth year, household, its village, since when it is in the book) of everybody who seems to live in several households, in the
    order of names."""
    lives = and_(
        person.c.commune_id == commune_id, or_(person.c.residence.is_(None), person.c.residence.not_in(GONE)),
        household.c.commune_id == commune_id, household.c.household_id == person.c.household_id,
        household.c.status == ACTIVE, household.c.code.is_not(None),
    )  # fmt: skip
    who = (person.c.name_folded, person.c.birth_year)
    several = (
        select(*who).select_from(person.join(household, lives)).where(person.c.birth_year.is_not(None))
        .group_by(*who).having(func.count(person.c.household_id.distinct()) > 1)
    ).subquery()  # fmt: skip
    same = and_(several.c.name_folded == person.c.name_folded, several.c.birth_year == person.c.birth_year)
    query = (
        select(*who, household.c.household_id, household.c.village_id, household.c.registered_on)
        .select_from(person.join(household, lives).join(several, same)).order_by(*who)
    )  # fmt: skip
    return list(connection.execute(query))
