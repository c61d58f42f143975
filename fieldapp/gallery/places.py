"""What stands in the addresses of the demo's pages: a household that was visited, its village, a phone."""

from fieldapp.config import Settings
from fieldapp.demo.commune import HERE
from fieldapp.store import areas, devices, households, teams
from fieldapp.store.engine import open_engine, reading


def named(settings: Settings) -> dict[str, str]:
    """Argument → value, for the paths of the gallery."""
    engine = open_engine(settings.database_address)
    commune_id = HERE.commune_id
    with reading(engine) as connection:
        village = areas.villages(connection, commune_id)[0]
        rows, _ = households.page_of_village(connection, commune_id, village.village_id)
        visited = next(row for row in rows if row.outcome == "done")
        found = {
            "commune_code": areas.commune(connection, commune_id).code, "village": village.village_id, "code": visited.code or "",
            "device": devices.of_commune(connection, commune_id)[0].device_id, "team": teams.of_commune(connection, commune_id)[0].team_id,
            "member": devices.of_commune(connection, commune_id)[0].account_id,
        }  # fmt: skip
    engine.dispose()
    return found
