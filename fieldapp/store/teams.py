"""Teams: who is in them, which villages they are given. A team's villages are its members': giving one to the team gives it to each."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from fieldapp.store import accounts, areas, devices, invitations
from fieldapp.store.accounts import Account
from fieldapp.store.desk_tables import team_village
from fieldapp.store.tables import account, team

ON_PHONES = ("member", "leader")
# Among the teams of a list or a table: what is given to none of them.
NO_TEAM = "none"


@dataclass(frozen=True, slots=True)
class Team:
    """villages: those that are its now."""

    team_id: str
    name: str
    villages: frozenset[str]


def of_commune(connection: Connection, commune_id: str) -> list[Team]:
    """The commune's teams, by name."""
    given: dict[str, set[str]] = {}
    query = select(team_village.c.team_id, team_village.c.village_id).where(team_village.c.commune_id == commune_id, team_village.c.until.is_(None))
    for team_id, village_id in connection.execute(query):
        given.setdefault(team_id, set()).add(village_id)
    rows = connection.execute(select(team.c.team_id, team.c.name).where(team.c.commune_id == commune_id).order_by(team.c.name, team.c.team_id))
    return [Team(team_id, name, frozenset(given.get(team_id, ()))) for team_id, name in rows]


def by_id(connection: Connection, commune_id: str, team_id: str) -> Team | None:
    return next((each for each in of_commune(connection, commune_id) if each.team_id == team_id), None)


def grounds(connection: Connection, commune_id: str, every: Iterable[Team]) -> dict[str, frozenset[str]]:
    """Team → its villages with what has become part of them; NO_TEAM → the villages of none. What is given to two teams is in both."""
    meant = areas.meant(connection, commune_id)
    found = {each.team_id: frozenset[str]().union(*(meant.get(village_id, ()) for village_id in each.villages)) for each in every}
    return {**found, NO_TEAM: frozenset(meant.keys() - set[str]().union(*found.values()))}


def named_grounds(connection: Connection, commune_id: str, villages: Iterable[str]) -> list[tuple[str, str, frozenset[str]]]:
    """(team, its name, those of these villages that it has), of the teams that have any; last NO_TEAM, where nobody has some. Nothing where the
    commune has no team."""
    every, among = of_commune(connection, commune_id), frozenset(villages)
    found = grounds(connection, commune_id, every) if every else {}
    named = [*((each.team_id, each.name) for each in every), (NO_TEAM, "")]
    return [(team_id, name, ground) for team_id, name in named if (ground := found.get(team_id, frozenset()) & among)]


def rename(connection: Connection, commune_id: str, team_id: str, name: str) -> None:
    connection.execute(update(team).where(team.c.commune_id == commune_id, team.c.team_id == team_id).values(name=name))


def members(connection: Connection, commune_id: str, team_id: str) -> list[Account]:
    """Who is in the team, closed ones too; the leader first, then by name."""
    everybody = (each for each in accounts.of_commune(connection, commune_id) if each.team_id == team_id)
    return sorted(everybody, key=lambda each: (each.role != "leader", each.name))


def give_villages(connection: Connection, commune_id: str, team_id: str, villages: Iterable[str], today: str) -> None:
    """From today on the team has these villages and no others; so have its members, who keep what was given to them alone."""
    wanted, team_now = set(villages), by_id(connection, commune_id, team_id)
    had = set(team_now.villages) if team_now else set()
    for village_id in sorted(wanted - had):
        row = {"commune_id": commune_id, "team_id": team_id, "village_id": village_id, "since": today}
        again = connection.execute(
            update(team_village).where(*(team_village.c[name] == value for name, value in row.items())).values(until=None)
        )  # fmt: skip
        if not again.rowcount:
            connection.execute(insert(team_village), [row])
    connection.execute(
        update(team_village)
        .where(
            team_village.c.commune_id == commune_id, team_village.c.team_id == team_id,
            team_village.c.village_id.in_(sorted(had - wanted)), team_village.c.until.is_(None),
        ).values(until=today)
    )  # fmt: skip
    for each in members(connection, commune_id, team_id):
        for village_id in sorted(wanted - had):
            accounts.give(connection, commune_id, each.account_id, village_id, today)
        for village_id in sorted(had - wanted):
            accounts.withdraw(connection, commune_id, each.account_id, village_id, today)


def join(connection: Connection, commune_id: str, account_id: str, team_id: str | None, today: str) -> None:
    """From today on the account is of this team (None: of none): the old team's villages go, the new one's come. A leader comes as a
    member, for the new team has its own."""
    known = accounts.by_id(connection, commune_id, account_id)
    if known and known.team_id == team_id:
        return  # sent twice: whoever leads it meanwhile stays its leader
    before = by_id(connection, commune_id, known.team_id) if known and known.team_id else None
    after = by_id(connection, commune_id, team_id) if team_id else None
    left, come = (set(each.villages) if each else set() for each in (before, after))
    for village_id in sorted(left - come):
        accounts.withdraw(connection, commune_id, account_id, village_id, today)
    for village_id in sorted(come):
        accounts.give(connection, commune_id, account_id, village_id, today)
    _set(connection, commune_id, account_id, team_id=team_id, role="member")


def lead(connection: Connection, commune_id: str, team_id: str, account_id: str) -> None:
    """This member leads the team; who led it before is a member again, and signs in at the desk no more."""
    for each in members(connection, commune_id, team_id):
        if each.role == "leader" and each.account_id != account_id:
            _set(connection, commune_id, each.account_id, role="member")
    _set(connection, commune_id, account_id, role="leader")


def give_alone(connection: Connection, member: Account, wanted: set[str], among: set[str], today: str) -> None:
    """Of the villages `among`, exactly those wanted are this member's from today on; their other villages stay as they are."""
    had = accounts.given(connection, member.commune_id).get(member.account_id, set())
    for village_id in sorted((wanted & among) - had):
        accounts.give(connection, member.commune_id, member.account_id, village_id, today)
    for village_id in sorted((had & among) - wanted):
        accounts.withdraw(connection, member.commune_id, member.account_id, village_id, today)


def close(connection: Connection, member: Account, now: str) -> None:
    """They work here no more: their sessions end, their phones are revoked, codes and invitations that wait are void."""
    invitations.void(connection, member.commune_id, member.account_id)
    accounts.set_active(connection, member.commune_id, member.account_id, False)
    for each in devices.of_commune(connection, member.commune_id):
        if each.account_id == member.account_id and each.revoked_at is None:
            devices.revoke(connection, member.commune_id, each.device_id, now)


def describe(connection: Connection, commune_id: str, account_id: str, name: str, phone: str | None) -> None:
    _set(connection, commune_id, account_id, name=name, phone=phone)


def _set(connection: Connection, commune_id: str, account_id: str, **values: str | None) -> None:
    connection.execute(update(account).where(account.c.commune_id == commune_id, account.c.account_id == account_id).values(values))
