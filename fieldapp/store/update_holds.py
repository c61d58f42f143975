"""Until when phones keep the version of the app that they have: a leader says so for their team, an officer for the commune."""

from sqlalchemy import Connection, delete, select

from fieldapp.store.desk_tables import update_hold
from fieldapp.store.upsert import upsert

EVERY_TEAM = ""


def of_commune(connection: Connection, commune_id: str, today: str) -> dict[str, str]:
    """Team (EVERY_TEAM: the whole commune) → the last day of its hold, where that is not over."""
    query = select(update_hold.c.team_id, update_hold.c.until).where(update_hold.c.commune_id == commune_id, update_hold.c.until >= today)
    return {team_id: until for team_id, until in connection.execute(query)}


def until(connection: Connection, commune_id: str, team_id: str | None, today: str) -> str | None:
    """The last day on which a phone of this team keeps its version; None when nothing is held."""
    holds = of_commune(connection, commune_id, today)
    return max((holds[each] for each in (EVERY_TEAM, team_id) if each in holds), default=None)


def hold(connection: Connection, commune_id: str, team_id: str, last_day: str, set_by: str, now: str) -> None:
    upsert(connection, update_hold, [{"commune_id": commune_id, "team_id": team_id, "until": last_day, "set_by": set_by, "set_at": now}])


def release(connection: Connection, commune_id: str, team_id: str) -> None:
    connection.execute(delete(update_hold).where(update_hold.c.commune_id == commune_id, update_hold.c.team_id == team_id))
