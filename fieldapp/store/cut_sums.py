"""The cuts of a report at the end of any day. The ledger keeps cuts by month; what of the month came after the day is taken off again, household by
household: only those are folded of which something came in since, as an index says, and on the last day of a month, or today, there are none."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import Connection, Select, select

from fieldapp.store import indicators, ledger
from fieldapp.store.counted import counted
from fieldapp.store.groups import groups_of
from fieldapp.store.received import received
from fieldapp.store.tables import journal
from fieldapp.survey.balance import Balance
from fieldapp.survey.cut import CUTS
from fieldapp.survey.day import end_of
from fieldapp.survey.event import Event
from fieldapp.survey.fold import walk
from fieldapp.survey.posting import Contribution, Step
from fieldapp.survey.reckonings import Reckons

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
    if day != last:
        reckons = indicators.reckons(connection, commune_id)
        touched = set(connection.execute(received_after(commune_id, day)).scalars())
        for group in groups_of(connection, commune_id, touched):
            events = [each.event for each in counted(sorted(row for rows in group.values() for row in rows))]
            for household_id in group:
                for sign, step in zip((1, -1), _steps(events, household_id, day, last, reckons(household_id)), strict=True):
                    _add(sums, step.adds if step.village in villages else {}, cuts, sign)
    return {place: Balance(*counts) for place, counts in sums.items() if any(counts)}


def _last_of_month(day: str) -> str:
    following = (date.fromisoformat(f"{day[:7]}-01") + timedelta(days=31)).replace(day=1)
    return (following - timedelta(days=1)).isoformat()


def received_after(commune_id: str, day: str) -> Select:
    """The query of households of which something was received after the day. Nothing of a later day came before: a moment is never later than its
    receipt."""
    of_later = received(journal.c.decision) >= end_of(day)
    return select(journal.c.household_id).where(journal.c.commune_id == commune_id, of_later, journal.c.household_id.is_not(None))


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
