"""The register of public places: a row for each day from which one is otherwise than before. Nothing is overwritten but what was said of the very
same day."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection, select

from fieldapp.store.board_tables import public_point
from fieldapp.store.upsert import upsert
from fieldapp.survey.event import dumps
from fieldapp.survey.points import Point

_COLUMNS = [public_point.c[name] for name in Point.__dataclass_fields__]


def rows(connection: Connection, commune_id: str, point_id: str | None = None) -> list[Point]:
    """What was ever said of the commune's places (of one), by day."""
    query = select(*_COLUMNS).where(public_point.c.commune_id == commune_id)
    if point_id is not None:
        query = query.where(public_point.c.point_id == point_id)
    found = connection.execute(query.order_by(public_point.c.since, public_point.c.point_id))
    return [Point(row.point_id, row.since, row.kind, row.name, row.village_id, json.loads(row.attributes), row.closed) for row in found]


def keep(connection: Connection, commune_id: str, said: Iterable[Point], by: str, now: str) -> None:
    """Write down how these places are from their day on."""
    upsert(
        connection, public_point,
        [
            {
                "commune_id": commune_id, "point_id": each.point_id, "since": each.since, "kind": each.kind, "name": each.name,
                "village_id": each.village_id, "attributes": dumps(dict(each.attributes)), "closed": each.closed, "set_at": now, "set_by": by,
            }
            for each in said
        ],
    )  # fmt: skip
