"""People who work with the tool: members, leaders, officers; their teams and the villages that they are assigned to, with dates."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, or_, select, update

from fieldapp.store import areas
from fieldapp.store.tables import account, assignment, team

_COLUMNS = [
    account.c[name]
    for name in ("commune_id", "account_id", "name", "role", "username", "password_hash", "team_id", "language", "active", "phone")
]


@dataclass(frozen=True, slots=True)
class Account:
    """role: member, leader, officer, auditor or province. username and password_hash: None for who never signs in on the web."""

    commune_id: str
    account_id: str
    name: str
    role: str
    username: str | None = None
    password_hash: str | None = None
    team_id: str | None = None
    language: str | None = None
    active: bool = True
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A village given to an account from `since` to `until`, both days included; until None: still theirs."""

    village_id: str
    since: str
    until: str | None

    def covers(self, day: str) -> bool:
        """Whether what was done on that day was done in a village of theirs."""
        return self.since <= day and (self.until is None or day <= self.until)

    def stands(self, day: str) -> bool:
        """Whether they see the village on that day: withdrawn that very day it is gone at once, but the day's work in it still counts."""
        return self.since <= day and (self.until is None or day < self.until)


def add_team(connection: Connection, commune_id: str, team_id: str, name: str) -> None:
    connection.execute(insert(team).values(commune_id=commune_id, team_id=team_id, name=name))


def add(connection: Connection, new: Account) -> None:
    connection.execute(insert(account).values({name: getattr(new, name) for name in Account.__dataclass_fields__}))


def by_username(connection: Connection, username: str) -> Account | None:
    """The active account that signs in under this name, in whichever commune."""
    row = connection.execute(select(*_COLUMNS).where(account.c.username == username, account.c.active)).first()
    return Account(*row) if row else None


def username_taken(connection: Connection, username: str) -> bool:
    """Whether any account, closed ones too, bears this username: a name once given is nobody else's."""
    return connection.execute(select(account.c.account_id).where(account.c.username == username)).first() is not None


def by_id(connection: Connection, commune_id: str, account_id: str) -> Account | None:
    row = connection.execute(select(*_COLUMNS).where(account.c.commune_id == commune_id, account.c.account_id == account_id)).first()
    return Account(*row) if row else None


def works_still(connection: Connection, commune_id: str, account_id: str) -> bool:
    """Whether the account is open; until this transaction ends nobody else can close it."""
    mine = select(account.c.active).where(account.c.commune_id == commune_id, account.c.account_id == account_id)
    return bool(connection.execute(mine.with_for_update()).scalar())


def of_commune(connection: Connection, commune_id: str) -> list[Account]:
    """Everybody who works in the commune, by name."""
    rows = connection.execute(select(*_COLUMNS).where(account.c.commune_id == commune_id).order_by(account.c.name, account.c.account_id))
    return [Account(*row) for row in rows]


def set_language(connection: Connection, commune_id: str, account_id: str, language: str) -> None:
    connection.execute(update(account).where(account.c.commune_id == commune_id, account.c.account_id == account_id).values(language=language))


def set_password(connection: Connection, commune_id: str, account_id: str, username: str, password_hash: str) -> None:
    connection.execute(
        update(account).where(account.c.commune_id == commune_id, account.c.account_id == account_id)
        .values(username=username, password_hash=password_hash)
    )  # fmt: skip


def set_active(connection: Connection, commune_id: str, account_id: str, active: bool) -> None:
    """Close an account (its sessions and phones end with it), or open it again."""
    connection.execute(update(account).where(account.c.commune_id == commune_id, account.c.account_id == account_id).values(active=active))


def assign(connection: Connection, commune_id: str, account_id: str, village_id: str, since: str) -> None:
    connection.execute(insert(assignment).values(commune_id=commune_id, account_id=account_id, village_id=village_id, since=since))


def give(connection: Connection, commune_id: str, account_id: str, village_id: str, since: str) -> None:
    """The village is theirs from that day on; nothing changes where it is already."""
    held = [each for each in assignments(connection, commune_id, account_id) if each.village_id == village_id]
    if any(each.until is None for each in held):
        return
    if any(each.since == since for each in held):
        mine = assignment.c.commune_id == commune_id, assignment.c.account_id == account_id
        same = assignment.c.village_id == village_id, assignment.c.since == since
        connection.execute(update(assignment).where(*mine, *same).values(until=None))
        return
    assign(connection, commune_id, account_id, village_id, since)


def withdraw(connection: Connection, commune_id: str, account_id: str, village_id: str, until: str) -> None:
    """What they do there up to and including that day counts; on that day already they see it no more."""
    connection.execute(
        update(assignment)
        .where(
            assignment.c.commune_id == commune_id, assignment.c.account_id == account_id, assignment.c.village_id == village_id,
            assignment.c.until.is_(None),
        ).values(until=until)
    )  # fmt: skip


def assignments(connection: Connection, commune_id: str, account_id: str) -> list[Assignment]:
    rows = connection.execute(
        select(assignment.c.village_id, assignment.c.since, assignment.c.until)
        .where(assignment.c.commune_id == commune_id, assignment.c.account_id == account_id)
        .order_by(assignment.c.village_id, assignment.c.since)
    )
    return [Assignment(*row) for row in rows]


def given(connection: Connection, commune_id: str) -> dict[str, set[str]]:
    """Account → the villages that it was given and not withdrawn, of everybody in one query."""
    query = select(assignment.c.account_id, assignment.c.village_id).where(assignment.c.commune_id == commune_id, assignment.c.until.is_(None))
    found: dict[str, set[str]] = {}
    for account_id, village_id in connection.execute(query):
        found.setdefault(account_id, set()).add(village_id)
    return found


def assigned_to(connection: Connection, commune_id: str, villages: Iterable[str], on: str) -> set[str]:
    """Accounts that one of these villages is given to on that day."""
    query = select(assignment.c.account_id).where(
        assignment.c.commune_id == commune_id, assignment.c.village_id.in_(sorted(villages)),
        assignment.c.since <= on, or_(assignment.c.until.is_(None), assignment.c.until > on),
    )  # fmt: skip
    return set(connection.execute(query).scalars())


def villages_of(connection: Connection, commune_id: str, account_id: str, on: str | None = None) -> set[str]:
    """The villages that they see on a day (None: those not withdrawn), with what has become part of them."""
    held = assignments(connection, commune_id, account_id)
    theirs = {each.village_id for each in held if (each.until is None if on is None else each.stands(on))}
    return areas.with_parts(connection, commune_id, theirs)
