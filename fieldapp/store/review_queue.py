"""The one queue of what waits for an officer: events in doubt, households in dispute, texts that are held, visits that were given back.

Three places hold them (to_review.py, findings.py, held.py); each is asked for the few rows that a page may need, and the pages are laid
together, latest first. So a page costs the same however much waits. A page goes on from where the last one ended in each of them."""

import heapq
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, exists, func, literal, null, or_, select, tuple_, union_all

from fieldapp.store import areas, held
from fieldapp.store.desk_tables import finding
from fieldapp.store.held import Held
from fieldapp.store.review_tables import flag, flag_answer, to_review
from fieldapp.store.tables import household
from fieldapp.store.to_review import CONTESTED, FLAGGED, RETURNED
from fieldapp.survey.day import day_of

HELD = "held"
KINDS = (FLAGGED, CONTESTED, HELD, RETURNED)
PLACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}|)~([0-9a-z_.-]{0,80})~([0-9]{0,15})")


class Place(NamedTuple):
    """Where a page ended: the last event (day, key) that was shown, and the last held text (its sequence; 0: none yet)."""

    day: str = ""
    key: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the queue is asked for. kind: one of KINDS, "" for all; flag: a doubt's code; village, member: ids; since: a local day."""

    kind: str = ""
    flag: str = ""
    village: str = ""
    member: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that waits. event_id: of the event in doubt, the later side of a dispute, the visit given back; household_id: None where
    nobody knows it; finding: the code of what comparing many visits found; held: the text, of kind "held"."""

    kind: str
    event_id: str
    household_id: str | None
    village_id: str | None
    account_id: str | None
    day: str
    finding: str | None = None
    held: Held | None = None

    @property
    def key(self) -> str:
        return f"{self.event_id}.{self.finding or self.kind}"


def page(connection: Connection, commune_id: str, asked: Asked, after: Place = Place(), limit: int = 50) -> tuple[list[Item], Place | None]:  # noqa: B008 (immutable)
    """What waits from beyond the place, latest first; with the place to ask on from, None at the end."""
    items: list[Item] = []
    place = after
    for item, place_after in islice(_merged(connection, commune_id, asked, after, limit + 1), limit + 1):
        if len(items) == limit:
            return items, place
        items.append(item)
        place = place_after
    return items, None


def counts(connection: Connection, commune_id: str, asked: Asked) -> Counter[str]:
    """Kind → how much waits, under the other filters."""
    found: Counter[str] = Counter()
    waiting = _counting(connection, commune_id, asked).subquery()
    for kind, number in connection.execute(select(waiting.c.kind, func.count()).group_by(waiting.c.kind)):
        found[kind] = number
    if not asked.flag:
        found[HELD] = held.number(connection, commune_id, *_of_held(connection, commune_id, asked))
    return found


def flag_counts(connection: Connection, commune_id: str, asked: Asked) -> dict[str, int]:
    """Doubt → how many events wait with it, under the filters of place, member and days; the most frequent first."""
    here = _filtered(connection, commune_id, to_review, Asked("", "", asked.village, asked.member, asked.since))
    number = func.count(flag.c.event_id.distinct())
    of = (flag.c.commune_id == to_review.c.commune_id, flag.c.event_id == to_review.c.event_id, flag.c.answered_by.is_(None))
    query = select(flag.c.code, number).join(to_review, of[0] & of[1]).where(*here, of[2], to_review.c.kind == FLAGGED).group_by(flag.c.code)
    found: Counter[str] = Counter({code: count for code, count in connection.execute(query)})
    more = _filtered(connection, commune_id, finding, Asked("", "", asked.village, asked.member, asked.since))
    query = select(finding.c.code, func.count()).where(*more, ~_answered()).group_by(finding.c.code)
    found.update({code: count for code, count in connection.execute(query)})
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def flags_of(connection: Connection, commune_id: str, event_ids: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Event → its doubts that nobody has answered, as (code, place)."""
    query = select(flag.c.event_id, flag.c.code, flag.c.place).where(
        flag.c.commune_id == commune_id, flag.c.event_id.in_(event_ids), flag.c.answered_by.is_(None)
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for event_id, code, place in connection.execute(query.order_by(flag.c.code, flag.c.place)):
        found.setdefault(event_id, []).append((code, place))
    return found


def of_household(connection: Connection, commune_id: str, household_id: str) -> list[Item]:
    """What waits in doubt at a household."""
    waiting = _counting(connection, commune_id, Asked(FLAGGED)).subquery()
    return [_item(row) for row in connection.execute(select(waiting).where(waiting.c.household_id == household_id))]


def of_events(connection: Connection, commune_id: str, event_ids: list[str]) -> list[Item]:
    """What waits in doubt about these events."""
    waiting = _counting(connection, commune_id, Asked(FLAGGED)).subquery()
    return [_item(row) for row in connection.execute(select(waiting).where(waiting.c.event_id.in_(event_ids)))]


def text_of(place: Place) -> str:
    return "~".join(map(str, place))


def parsed(text: str) -> Place:
    """The place that an address carries; the beginning where it is none."""
    found = PLACE.fullmatch(text)
    return Place(found[1], found[2], int(found[3] or 0)) if found else Place()


def _merged(connection: Connection, commune_id: str, asked: Asked, after: Place, limit: int) -> Iterator[tuple[Item, Place]]:
    counting = iter(_waiting(connection, commune_id, asked, after, limit)) if asked.kind != HELD else iter(())
    texts = iter(_held(connection, commune_id, asked, after, limit)) if asked.kind in ("", HELD) and not asked.flag else iter(())
    place, one, text = after, next(counting, None), next(texts, None)
    while one or text:
        if text is not None and (one is None or text.day >= one.day) and text.held:
            place = place._replace(sequence=text.held.sequence)
            yield text, place
            text = next(texts, None)
        elif one is not None:
            place = place._replace(day=one.day, key=one.key)
            yield one, place
            one = next(counting, None)


def _waiting(connection: Connection, commune_id: str, asked: Asked, after: Place, limit: int) -> Iterator[Item]:
    """Each of both tables is asked by its index for no more rows than the page may need."""
    parts = []
    for query, table, what in _sources(connection, commune_id, asked):
        order = table.c.day, table.c.event_id, what
        if after.day:
            query = query.where(tuple_(*order) < (after.day, *after.key.split(".", 1)))
        rows = connection.execute(query.order_by(*(column.desc() for column in order)).limit(limit))
        parts.append([_item(row) for row in rows])
    return heapq.merge(*parts, key=lambda each: (each.day, each.key), reverse=True)


def _held(connection: Connection, commune_id: str, asked: Asked, after: Place, limit: int) -> list[Item]:
    village, member, from_sequence = _of_held(connection, commune_id, asked)
    texts = held.waiting(connection, commune_id, "", after.sequence, limit, village, member, from_sequence)
    return [Item(HELD, each.event_id, each.household_id, None, each.account_id, day_of(each.received_at), None, each) for each in texts]


def _of_held(connection: Connection, commune_id: str, asked: Asked) -> tuple[list[str], str, int]:
    villages = sorted(areas.with_parts(connection, commune_id, [asked.village])) if asked.village else []
    return villages, asked.member, held.first_since(connection, commune_id, asked.since) if asked.since else 0


def _counting(connection: Connection, commune_id: str, asked: Asked) -> Any:
    """What waits among what counts: (kind, event_id, household_id, village_id, account_id, day, finding)."""
    return union_all(*(query for query, _table, _what in _sources(connection, commune_id, asked)))


def _sources(connection: Connection, commune_id: str, asked: Asked) -> list[tuple[Select[Any], Any, Any]]:
    """(query, its table, what of it tells two rows about one event apart)."""
    kind = FLAGGED if asked.flag else asked.kind
    of_events = _plain(connection, commune_id, asked)
    sources = [(of_events.where(to_review.c.kind == kind) if kind else of_events, to_review, to_review.c.kind)]
    if kind in ("", FLAGGED):
        sources.append((_found(connection, commune_id, asked), finding, finding.c.code))
    return sources


def _plain(connection: Connection, commune_id: str, asked: Asked) -> Select[Any]:
    columns = [to_review.c[name] for name in ("kind", "event_id", "household_id", "village_id", "account_id", "day")]
    query = select(*columns, null().label("finding")).where(*_filtered(connection, commune_id, to_review, asked))
    if asked.flag:
        query = query.where(
            exists().where(
                flag.c.commune_id == commune_id, flag.c.event_id == to_review.c.event_id, flag.c.code == asked.flag, flag.c.answered_by.is_(None)
            )
        )  # fmt: skip
    return query


def _found(connection: Connection, commune_id: str, asked: Asked) -> Select[Any]:
    columns: list[Any] = [finding.c[name] for name in ("event_id", "household_id", "village_id", "account_id", "day")]
    columns.append(finding.c.code.label("finding"))
    # A household that was merged since is none to look at, though nothing was compared anew yet.
    stands = or_(
        finding.c.household_id.is_(None),
        exists().where(household.c.commune_id == commune_id, household.c.household_id == finding.c.household_id, household.c.status != "merged"),
    )
    query = select(literal(FLAGGED).label("kind"), *columns).where(*_filtered(connection, commune_id, finding, asked), ~_answered(), stands)
    return query.where(finding.c.code == asked.flag) if asked.flag else query


def _answered() -> Any:
    return exists().where(
        flag_answer.c.commune_id == finding.c.commune_id, flag_answer.c.event_id == finding.c.event_id,
        or_(flag_answer.c.code == finding.c.code, flag_answer.c.code == ""),
    )  # fmt: skip


def _filtered(connection: Connection, commune_id: str, table: Any, asked: Asked) -> list[Any]:
    where = [table.c.commune_id == commune_id]
    if asked.village:
        where.append(table.c.village_id.in_(sorted(areas.with_parts(connection, commune_id, [asked.village]))))
    if asked.member:
        where.append(table.c.account_id == asked.member)
    if asked.since:
        where.append(table.c.day >= asked.since)
    return where


def _item(row: Any) -> Item:
    return Item(row.kind, row.event_id, row.household_id, row.village_id, row.account_id, row.day, row.finding)
