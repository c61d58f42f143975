"""The official links that the codes of sign-up sheets lead to: a table of each commune, edited by its officers.

A commune that never changed any has the links that we ship (paper/official_links.json); its first change writes them all into the
table, so that what we ship later never changes a commune's own list."""

import json
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, insert, select

from fieldapp.store.desk_tables import official_link


@dataclass(frozen=True, slots=True)
class Link:
    """url: an address, or "" for this server's own sign-up page. village_id: whose sheets carry it, None: all.
    checked_on, expires_on: days; active: whether sheets offer it."""

    link_id: str
    position: int
    url: str
    title: str
    steps: tuple[str, ...]
    village_id: str | None = None
    checked_on: str | None = None
    expires_on: str | None = None
    active: bool = True


_COLUMNS = [official_link.c[name] for name in Link.__dataclass_fields__]


def kept(connection: Connection, commune_id: str) -> list[Link]:
    """The commune's own list by position; empty while it has changed nothing."""
    rows = connection.execute(
        select(*_COLUMNS).where(official_link.c.commune_id == commune_id).order_by(official_link.c.position, official_link.c.link_id)
    )
    return [Link(**{**row._mapping, "steps": tuple(json.loads(row.steps))}) for row in rows]


def keep(connection: Connection, commune_id: str, links: list[Link]) -> None:
    """The commune's list is this one from now on."""
    connection.execute(delete(official_link).where(official_link.c.commune_id == commune_id))
    rows = [{"commune_id": commune_id, **asdict(each), "steps": json.dumps(each.steps, ensure_ascii=False)} for each in links]
    if rows:
        connection.execute(insert(official_link), rows)
