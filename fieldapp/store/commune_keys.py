"""The public half of each commune's key."""

from sqlalchemy import Connection, select

from fieldapp.store.desk_tables import commune_key
from fieldapp.store.upsert import upsert


def keep(connection: Connection, commune_id: str, public: str, now: str) -> None:
    """From now on what the commune seals is sealed to this key."""
    upsert(connection, commune_key, [{"commune_id": commune_id, "public_key": public, "made_at": now}])


def made_at(connection: Connection, commune_id: str) -> str | None:
    """The moment at which the key in use was made; None when there is none."""
    return connection.execute(select(commune_key.c.made_at).where(commune_key.c.commune_id == commune_id)).scalar()


def of_commune(connection: Connection, commune_id: str) -> str | None:
    """The key that is in use; None when the commune has made none."""
    return connection.execute(select(commune_key.c.public_key).where(commune_key.c.commune_id == commune_id)).scalar()
