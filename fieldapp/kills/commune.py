"""The commune of the kills: the demo's xã Thiệu Trung on its first day, and Hường of thôn Đồng Chợ, whose phone suffers."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fieldapp.config import Settings
from fieldapp.demo.commune import HERE, found
from fieldapp.demo.people import House
from fieldapp.demo.stage import staged
from fieldapp.paper.backup import backup
from fieldapp.store import commune_keys, devices, sealing
from fieldapp.store.engine import writing
from fieldapp.survey.day import day_of, instant, moment
from fieldapp.web.server import utc_now

HOUSEHOLDS, VILLAGE, MEMBER, SEED = 250, "dong-cho", "huong", 1
CODE_HOLDS = timedelta(days=1)


@dataclass(frozen=True)
class Commune:
    """houses: of Hường's village."""

    engine: Any
    commune_id: str
    houses: list[House]

    def code(self) -> str:
        """A new enrolment code for Hường."""
        with writing(self.engine) as connection:
            return devices.new_code(connection, self.commune_id, MEMBER, moment(instant(utc_now()) + CODE_HOLDS))

    def backed_up(self, path: Path) -> None:
        """Write a backup, while the server serves: of two, phones let go of what the older holds."""
        backup(self.engine, path, utc_now(), [self.commune_id])


def founded(engine: Any, folder: Path) -> Commune:
    """The commune with its list of households, in a prepared and empty database; nobody was visited yet."""
    settings = replace(Settings(), data_folder=folder, secret="kills")
    stage = staged(settings, engine, date.fromisoformat(day_of(utc_now())), SEED)
    commune = found(stage, HERE, HOUSEHOLDS, "")
    with writing(engine) as connection:
        commune_keys.keep(connection, HERE.commune_id, sealing.new_key()[1], utc_now())
    return Commune(engine, HERE.commune_id, commune.houses[VILLAGE])
