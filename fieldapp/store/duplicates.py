"""Households that may be one: somebody of one has the name, and as far as known the birth year, of somebody of the other."""

from sqlalchemy import Connection, and_, func, or_, select

from fieldapp.store.households import LISTED, Listed
from fieldapp.store.tables import household, person

MOST = 8


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
