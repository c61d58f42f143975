"""Whose name and number may stand on a village's sign-up sheet: those who work in it."""

from sqlalchemy import Connection, or_, select

from fieldapp.store import areas
from fieldapp.store.accounts import Account
from fieldapp.store.tables import account, assignment


def working_in(connection: Connection, commune_id: str, villages: set[str], day: str) -> dict[str, list[Account]]:
    """Village → the active leaders and members assigned to it on that day, leaders first."""
    whole = {part: each for each in villages for part in areas.with_parts(connection, commune_id, [each])}
    rows = connection.execute(
        select(assignment.c.village_id, *(account.c[name] for name in Account.__dataclass_fields__))
        .join(account, (account.c.commune_id == assignment.c.commune_id) & (account.c.account_id == assignment.c.account_id))
        .where(
            assignment.c.commune_id == commune_id, assignment.c.village_id.in_(whole), assignment.c.since <= day,
            or_(assignment.c.until.is_(None), assignment.c.until >= day), account.c.active, account.c.role.in_(("leader", "member")),
        ).order_by(account.c.role, account.c.name, account.c.account_id)
    )  # fmt: skip
    found: dict[str, dict[str, Account]] = {each: {} for each in villages}
    for village_id, *columns in rows:
        each = Account(*columns)
        found[whole[village_id]][each.account_id] = each
    return {village_id: list(people.values()) for village_id, people in found.items()}
