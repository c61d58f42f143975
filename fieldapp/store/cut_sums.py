"""The cuts of a report at the end of any day. The ledger keeps cuts by month; what of the month came after the day is taken off again, household by
household: only those are folded of which something came in since, and on the last day of a month, or today, there are none."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import Connection, select

from fieldapp.store import indicators, ledger
from fieldapp.store.counted import counted
from fieldapp.store.groups import groups_of
from fieldapp.store.tables import journal
from fieldapp.survey.balance import Balance
from fieldapp.survey.cut import CUTS
from fieldapp.survey.day import day_of
from fieldapp.survey.event import Event
from fieldapp.survey.fold import walk
from fieldapp.survey.posting import Contribution, Step
from fieldapp.survey.reckonings import Reckons

RECEIVED = '"received":"'
ROWS_AT_ONCE = 5_000
# (indicator, cut) → balance, of some villages together.
Sums = dict[tuple[str, str], Balance]


def at_day(connection: Connection, commune_id: str, kinds: Collection[str], villages: Collection[str], day: str) -> Sums:
    """What stands in these villages, those that became part of others among them, at the end of the local day. kinds: of CUTS."""
    cuts = {f"{kind}:{part}" for kind in kinds for part in CUTS[kind]}
    if not cuts:
        return {}
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    sums |= {place: list(each) for place, each in ledger.sums_of_cuts(connection, commune_id, cuts, villages, day).items()}
    last = _last_of_month(day)
    since = _first_after(connection, commune_id, day) if day != last else None
    if since is not None:
        reckons = indicators.reckons(connection, commune_id)
        for group in groups_of(connection, commune_id, _touched(connection, commune_id, since)):
            events = [each.event for each in counted(sorted(row for rows in group.values() for row in rows))]
            for household_id in group:
                for sign, step in zip((1, -1), _steps(events, household_id, day, last, reckons(household_id)), strict=True):
                    _add(sums, step.adds if step.village in villages else {}, cuts, sign)
    return {place: Balance(*counts) for place, counts in sums.items() if any(counts)}


def _last_of_month(day: str) -> str:
    following = (date.fromisoformat(f"{day[:7]}-01") + timedelta(days=31)).replace(day=1)
    return (following - timedelta(days=1)).isoformat()


def _first_after(connection: Connection, commune_id: str, day: str) -> int | None:
    """The first row of the journal that was received after the day; None when there is none. Nothing of a later day is before it: a moment is never
    later than its receipt."""
    query = select(journal.c.sequence, journal.c.decision).where(journal.c.commune_id == commune_id, journal.c.household_id.is_not(None))
    # An option of the query: one of the connection would stay for what is written after it.
    with connection.execute(query.order_by(journal.c.sequence).execution_options(yield_per=ROWS_AT_ONCE)) as rows:
        return next((sequence for sequence, decision in rows if day_of(decision.partition(RECEIVED)[2]) > day), None)


def _touched(connection: Connection, commune_id: str, since: int) -> list[str]:
    query = select(journal.c.household_id).where(
        journal.c.commune_id == commune_id, journal.c.sequence >= since, journal.c.household_id.is_not(None)
    )
    return list(connection.execute(query.distinct()).scalars())


def _steps(events: list[Event], household_id: str, day: str, last: str, reckons: Reckons) -> tuple[Step, Step]:
    """The household at the end of the day, and at the end of its month."""
    then = now = Step("", "", {})
    for on, state in walk(events, household_id, (date.fromisoformat(day) + timedelta(days=1)).isoformat()):
        if on > last:
            break
        now = Step(on, state["village"] or "", reckons(state))
        if on <= day:
            then = now
    return then, now


def _add(sums: dict[tuple[str, str], list[int]], adds: Contribution, cuts: set[str], sign: int) -> None:
    for place, counts in adds.items():
        if place[1] in cuts:
            for at, count in enumerate(counts):
                sums[place][at] += sign * count
