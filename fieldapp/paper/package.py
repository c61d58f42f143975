"""The package that a commune sends its province: all months that were told of it, how its phones and backups stand, signed."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from fieldapp.figures.province import QUIET_DAYS
from fieldapp.store import areas, months, provinces, signing
from fieldapp.survey.day import instant, moment
from fieldapp.survey.package import body_of, joined

SUFFIX = ".tungnha-goi.jsonl"


class NothingTold(Exception):
    """No month of the commune was told yet."""


@dataclass(frozen=True, slots=True)
class Package:
    """name: of its file; month: the last that it tells; public_key: by which it was signed."""

    name: str
    month: str
    public_key: str
    content: bytes


def package(connection: Any, commune_id: str, now: str) -> Package:
    """The commune's package as of now. Raises NothingTold."""
    commune, tellings = areas.commune(connection, commune_id), months.tellings(connection, commune_id, commune_id)
    if not tellings:
        raise NothingTold
    running = provinces.running(connection, [commune_id], moment(instant(now) - timedelta(days=QUIET_DAYS)))[commune_id]
    month = tellings[-1].month
    whose = {"id": commune_id, "code": commune.code, "name": commune.name, "province": commune.province}
    about = {"commune": whose, "month": month, "made_at": now, "running": asdict(running)}
    lines = ({"month": each.month, "indicator": each.indicator, "unseen": each.unseen, "count": months.written(each.count)} for each in tellings)
    body = body_of(about, lines)
    key, signature = signing.signed(signing.private_key(connection, commune_id, now), body.encode())
    return Package(f"{commune.code}-{month}{SUFFIX}", month, key, joined(key, signature, body).encode())
