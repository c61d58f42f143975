"""The shapes of villages, for the map."""

import json
from typing import Any

from sqlalchemy import Connection, delete, select

from fieldapp.store.desk_tables import village_shape
from fieldapp.store.upsert import upsert


def replace(connection: Connection, commune_id: str, shapes: dict[str, Any]) -> None:
    """Keep these shapes (village id → polygons) in the place of all that were kept."""
    connection.execute(delete(village_shape).where(village_shape.c.commune_id == commune_id))
    upsert(connection, village_shape, [{"commune_id": commune_id, "village_id": each, "geometry": json.dumps(shapes[each])} for each in shapes])


def of_commune(connection: Connection, commune_id: str) -> dict[str, Any]:
    """Village id → polygons, as `replace` was given them."""
    rows = connection.execute(select(village_shape.c.village_id, village_shape.c.geometry).where(village_shape.c.commune_id == commune_id))
    return {village_id: json.loads(geometry) for village_id, geometry in rows}
