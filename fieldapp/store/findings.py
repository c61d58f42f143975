"""What looks doubtful only when many visits are compared: one member's houses that all answered alike, a month in which a member found far more
refusals, "không rõ" or "không đổi" than others do there, households that may be one, back-checks that differ.

Found anew from time to time (web/review/rules.py), from projections alone, and kept for the queue; never while a phone waits. Answered
like a flag, by a review: what is about a member's month stands under an id of its own, which no household bears."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from msgspec.json import decode, encode
from sqlalchemy import Connection, Engine, case, delete, func, insert, select

from fieldapp.store import duplicates, shape, thresholds
from fieldapp.store.desk_tables import finding
from fieldapp.store.engine import reading, writing
from fieldapp.store.review_tables import back_check
from fieldapp.store.tables import visit
from fieldapp.survey.manner import REVISIT, UNCHANGED
from fieldapp.survey.rules import TIMES_USUAL, Limits

DAYS = 60
ROWS_AT_ONCE = 500


class Finding(NamedTuple):
    """event_id: of the visit or register in doubt, of a member's month an id of its own; seen: what was seen, and what is usual."""

    code: str
    event_id: str
    household_id: str | None
    village_id: str | None
    account_id: str | None
    day: str
    seen: dict[str, Any]


class Tally(NamedTuple):
    """What a member's visits of a month in one village come to."""

    visits: int
    refused: int
    stated: int
    unsaid: int
    revisits: int
    unchanged: int

    def __add__(self, other: Any) -> "Tally":
        return Tally(*(one + two for one, two in zip(self, other, strict=True)))

    def __sub__(self, other: Any) -> "Tally":
        return Tally(*(one - two for one, two in zip(self, other, strict=True)))


NOTHING = Tally(0, 0, 0, 0, 0, 0)
# Code → (what is counted, of what, the threshold of the share in percent, the fewest of which a share says anything).
OF_MEMBERS = {
    "many_refused": ("refused", "visits", "refused_share", "refused_visits"),
    "many_unsaid": ("unsaid", "stated", "unsaid_share", "unsaid_answers"),
    "many_unchanged": ("unchanged", "revisits", "unchanged_share", "unchanged_visits"),
}


def refresh(engine: Engine, commune_id: str, today: str) -> int:
    """Find anew what the last DAYS days show; how many findings there are comes back. What is made again meanwhile would show less: then nothing
    is changed. It is looked for in a reading, which keeps no phone waiting however long it takes; one at a time, as the jobs' one worker does."""
    with reading(engine) as connection:
        if not shape.is_whole(connection, commune_id):
            return 0
        found = _found(connection, commune_id, today)
    with writing(engine) as connection:
        connection.execute(delete(finding).where(finding.c.commune_id == commune_id))
        add(connection, commune_id, found)
    return len(found)


def _found(connection: Connection, commune_id: str, today: str) -> list[Finding]:
    since = (date.fromisoformat(today) - timedelta(days=DAYS)).isoformat()
    limits = thresholds.of_commune(connection, commune_id)
    found = {
        (each.code, each.event_id): each
        for each in (
            *_alike(connection, commune_id, since, limits), *_of_members(connection, commune_id, since, limits),
            *map(Finding._make, duplicates.findings(connection, commune_id, limits["shared_people"])),
            *_differing(connection, commune_id, since, limits),
        )
    }  # fmt: skip
    return list(found.values())


def add(connection: Connection, commune_id: str, found: Iterable[Finding]) -> None:
    """Keep these until they are found anew."""
    rows = [{"commune_id": commune_id, **each._asdict(), "seen": encode(each.seen).decode()} for each in found]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        connection.execute(insert(finding), rows[start : start + ROWS_AT_ONCE])


def seen_of(connection: Connection, commune_id: str, event_ids: Iterable[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """(code, event) → what was seen, of these events."""
    query = select(finding.c.code, finding.c.event_id, finding.c.seen).where(
        finding.c.commune_id == commune_id, finding.c.event_id.in_(list(event_ids))
    )
    return {(code, event_id): decode(seen) for code, event_id, seen in connection.execute(query)}


def of_event(connection: Connection, commune_id: str, event_id: str) -> Finding | None:
    """The first finding about an event; None when there is none."""
    columns = [finding.c[name] for name in Finding._fields]
    query = select(*columns).where(finding.c.commune_id == commune_id, finding.c.event_id == event_id).order_by(finding.c.code)
    row = connection.execute(query.limit(1)).first()
    return Finding._make((*row[:-1], decode(row.seen))) if row else None


def visits_of(connection: Connection, commune_id: str, found: Finding, limit: int) -> list[Any]:
    """The visits of which a member's month came to what was found, latest first: (household_id, day, outcome, seconds)."""
    which = {"many_refused": visit.c.outcome == "refused", "many_unsaid": visit.c.unsaid > 0, "many_unchanged": visit.c.manner == UNCHANGED}
    query = select(visit.c.household_id, visit.c.day, visit.c.outcome, visit.c.seconds).where(
        visit.c.commune_id == commune_id, visit.c.account_id == found.account_id, visit.c.day.startswith(found.seen["month"]), which[found.code]
    )
    return list(connection.execute(query.order_by(visit.c.day.desc(), visit.c.at.desc()).limit(limit)))


def _alike(connection: Connection, commune_id: str, since: str, limits: Limits) -> Iterator[Finding]:
    """The last of so many houses in a row, of one member on one day, that all answered the same."""
    columns = [visit.c[name] for name in ("account_id", "day", "alike", "event_id", "household_id", "village_id")]
    query = select(*columns).where(visit.c.commune_id == commune_id, visit.c.day >= since, visit.c.alike.is_not(None))
    rows = connection.execute(query.order_by(visit.c.account_id, visit.c.at, visit.c.event_id)).all()
    for (account_id, day, _alike), run in groupby(rows, key=lambda row: (row.account_id, row.day, row.alike)):
        houses = list({row.household_id: row for row in run}.values())
        if len(houses) >= limits["alike"]:
            last = houses[-1]
            seen = {"houses": len(houses), "others": [row.household_id for row in houses[:-1]]}
            yield Finding("alike_houses", last.event_id, last.household_id, last.village_id, account_id, day, seen)


def _of_members(connection: Connection, commune_id: str, since: str, limits: Limits) -> Iterator[Finding]:
    """A member's month against what others found in the same villages meanwhile, or in the commune where nobody else was there."""
    tallies = _tallies(connection, commune_id, since)
    of_village: dict[tuple[str, str | None], Tally] = defaultdict(lambda: NOTHING)
    of_month: dict[str, Tally] = defaultdict(lambda: NOTHING)
    for (month, _account, village), (tally, _day) in tallies.items():
        of_village[month, village] += tally
        of_month[month] += tally
    members = sorted({(month, account) for month, account, _ in tallies})
    for month, account in members:
        theirs = {village: each for (its_month, its_account, village), each in tallies.items() if (its_month, its_account) == (month, account)}
        mine = sum((tally for tally, _ in theirs.values()), NOTHING)
        beside = sum((of_village[month, village] for village in theirs), NOTHING) - mine
        for code, (part, of, share, least) in OF_MEMBERS.items():
            number, all = getattr(mine, part), getattr(mine, of)
            usual = _usual(beside, of_month[month] - mine, part, of, limits[least])
            if all >= limits[least] and number * 100 >= all * limits[share] and _stands_out(number / all, usual):
                village = max(theirs, key=lambda each: theirs[each][0].visits)
                day = max(day for _, day in theirs.values())
                seen = {"part": number, "of": all, "usual": usual, "month": month}
                yield Finding(code, _id(code, account, month), None, village, account, day, seen)


def _usual(beside: Tally, elsewhere: Tally, part: str, of: str, least: int) -> float | None:
    """The share among others; None where too few others were there to say."""
    for others in (beside, elsewhere):
        if getattr(others, of) >= least:
            return getattr(others, part) / getattr(others, of)
    return None


def _stands_out(share: float, usual: float | None) -> bool:
    """Whether it is far from what others find: so many times as much, or half way from there to all."""
    return usual is None or share >= min(usual * TIMES_USUAL, (1 + usual) / 2)


def _tallies(connection: Connection, commune_id: str, since: str) -> dict[tuple[str, str, str | None], tuple[Tally, str]]:
    """(month, member, village) → what their visits come to, and the last day of them."""
    month = func.substr(visit.c.day, 1, 7)
    sums = (
        func.count(), _number(visit.c.outcome == "refused"), func.sum(visit.c.stated), func.sum(visit.c.unsaid),
        _number(visit.c.manner.in_((REVISIT, UNCHANGED))), _number(visit.c.manner == UNCHANGED),
    )  # fmt: skip
    query = select(month, visit.c.account_id, visit.c.village_id, func.max(visit.c.day), *sums).where(
        visit.c.commune_id == commune_id, visit.c.day >= since[:7]
    )
    rows = connection.execute(query.group_by(month, visit.c.account_id, visit.c.village_id))
    return {(each, account, village): (Tally(*(int(number or 0) for number in numbers)), day) for each, account, village, day, *numbers in rows}


def _number(which: Any) -> Any:
    return func.sum(case((which, 1), else_=0))


def _differing(connection: Connection, commune_id: str, since: str, limits: Limits) -> Iterator[Finding]:
    columns = [back_check.c[name] for name in ("done_by", "household_id", "village_id", "account_id", "done_on", "same", "asked")]
    query = select(*columns).where(
        back_check.c.commune_id == commune_id, back_check.c.done_on >= since, back_check.c.asked - back_check.c.same >= limits["differing_answers"]
    )
    for done_by, household_id, village_id, account_id, day, same, asked in connection.execute(query):
        yield Finding("check_differs", done_by, household_id, village_id, account_id, day, {"part": asked - same, "of": asked})


def _id(*parts: str) -> str:
    code = hashlib.sha256(" ".join(parts).encode()).hexdigest()
    return "-".join((code[:8], code[8:12], code[12:16], code[16:20], code[20:32]))
