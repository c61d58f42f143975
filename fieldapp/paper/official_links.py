"""The links of sign-up sheets as a commune has them: its own list, else the one that we ship."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from fieldapp.store import links
from fieldapp.store.engine import Connection
from fieldapp.store.links import Link

STALE_AFTER_DAYS = 90
OURS = json.loads((Path(__file__).with_name("official_links.json")).read_text(encoding="utf-8"))
DEFAULTS = tuple(
    Link(each["link_id"], position, each["url"], each["title"], tuple(each["steps"])) for position, each in enumerate(OURS, start=1)
)  # fmt: skip


def of_commune(connection: Connection, commune_id: str) -> list[Link]:
    """All of them, by position."""
    return links.kept(connection, commune_id) or list(DEFAULTS)


def offered(connection: Connection, commune_id: str, today: str, village_id: str | None = None) -> list[Link]:
    """Those that a sheet of this village (None: of the whole commune) may carry today."""
    every = of_commune(connection, commune_id)
    return [link for link in every if link.active and not is_past(link, today) and link.village_id in (None, village_id)]


def change(connection: Connection, commune_id: str, link: Link) -> None:
    """Put this link into the commune's list, in place of the one that bears its id, at its position."""
    others = [each for each in of_commune(connection, commune_id) if each.link_id != link.link_id]
    place = max(0, min(link.position - 1, len(others)))
    _keep(connection, commune_id, [*others[:place], link, *others[place:]])


def check(connection: Connection, commune_id: str, link_id: str, today: str) -> bool:
    """Somebody opened the link today and found it right; False when there is no such link."""
    every = of_commune(connection, commune_id)
    _keep(connection, commune_id, [replace(each, checked_on=today) if each.link_id == link_id else each for each in every])
    return any(each.link_id == link_id for each in every)


def remove(connection: Connection, commune_id: str, link_id: str) -> None:
    """Take the link out of the list; our own sign-up page stays, it can be switched off."""
    every = of_commune(connection, commune_id)
    _keep(connection, commune_id, [each for each in every if each.link_id != link_id or not each.url])


def is_stale(link: Link, today: str) -> bool:
    """Whether nobody has opened it for 90 days, or ever; our own page needs no trying."""
    oldest = (date.fromisoformat(today) - timedelta(days=STALE_AFTER_DAYS)).isoformat()
    return bool(link.url) and (link.checked_on is None or link.checked_on < oldest)


def is_past(link: Link, today: str) -> bool:
    """Whether its last day is over."""
    return link.expires_on is not None and link.expires_on < today


def _keep(connection: Connection, commune_id: str, every: list[Link]) -> None:
    links.keep(connection, commune_id, [replace(each, position=place) for place, each in enumerate(every, start=1)])
