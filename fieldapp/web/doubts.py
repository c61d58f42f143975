"""A doubt in words: its name, what was seen, and what is usual for this member and village."""

from dataclasses import dataclass
from typing import Any

from fieldapp.store import review_queue
from fieldapp.store.engine import Connection
from fieldapp.store.review_queue import Item
from fieldapp.web.words import words


@dataclass(frozen=True, slots=True)
class Doubt:
    """seen: what was seen beside what is usual, in words; "" where the name says it all."""

    code: str
    place: str
    seen: str = ""

    @property
    def words(self) -> Any:
        return words("flag", self.code)


def of_items(connection: Connection, commune_id: str, items: list[Item]) -> dict[str, list[Doubt]]:
    """Item's key → its doubts."""
    flags = review_queue.flags_of(connection, commune_id, [each.event_id for each in items if not each.finding])
    return {each.key: [Doubt(*flag) for flag in flags.get(each.event_id, [])] for each in items}
