"""The access log: who opened which household on the web, when and from where."""

import secrets

from sqlalchemy import Connection, insert, select

from fieldapp.store.tables import access


def record(connection: Connection, commune_id: str, account_id: str, household_id: str, address: str | None, now: str) -> None:
    connection.execute(
        insert(access).values(
            commune_id=commune_id,
            access_id=secrets.token_hex(16),
            at=now,
            account_id=account_id,
            household_id=household_id,
            address=address,
        )
    )


def of_household(connection: Connection, commune_id: str, household_id: str) -> list[tuple[str, str, str | None]]:
    """Every reading of the household, latest first: (at, account_id, address)."""
    rows = connection.execute(
        select(access.c.at, access.c.account_id, access.c.address)
        .where(access.c.commune_id == commune_id, access.c.household_id == household_id)
        .order_by(access.c.at.desc())
    )
    return [(row[0], row[1], row[2]) for row in rows]
