"""The lines of the queue: of each thing that waits whose house it is, why it waits, and where it is settled."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from fieldapp.store import household_lines, review_queue
from fieldapp.store.engine import Connection
from fieldapp.store.households import Listed
from fieldapp.store.review_queue import Item
from fieldapp.web import queue_place
from fieldapp.web.review import doubts
from fieldapp.web.review.doubts import Doubt


@dataclass(frozen=True, slots=True)
class Line:
    """household: None where nobody knows it; doubts: of an event in doubt; comment: what was asked to be done again; address: of the page
    on which it is settled."""

    item: Item
    household: Listed | None
    doubts: list[Doubt]
    comment: str | None
    address: str


def lines(connection: Connection, commune_id: str, items: list[Item]) -> list[Line]:
    """The items with what a line shows of them."""
    of = household_lines.lines(connection, commune_id, {each.household_id for each in items if each.household_id})
    told = doubts.of_items(connection, commune_id, [each for each in items if each.kind == review_queue.FLAGGED])
    given_back = {each.household_id for each in items if each.kind == review_queue.RETURNED and each.household_id}
    comments = household_lines.comments(connection, commune_id, given_back)
    made = []
    for each in items:
        household = of.get(each.household_id or "")
        made.append(Line(each, household, told.get(each.key, []), comments.get(each.event_id), _address(each, household)))
    return made


def _address(item: Item, household: Listed | None) -> str:
    carried: dict[str, Any] = {queue_place.CARRIED: queue_place.here()}
    if item.held is not None:
        return url_for("held.one", sha256=item.held.sha256, **carried)
    if household is None and item.finding:
        return url_for("review.member", event_id=item.event_id, **carried)
    return url_for("review.page", code=household.code if household else item.event_id, _anchor=item.event_id, **carried)
