"""The ledger: balances of every indicator by village, cut and period, changed only by adding.

A posting on a day is added to the rows of that day (cut "all" alone), its month, its year and "" (all time). What stood at the
end of any day is then the sum of the years before, the months before in that year and the days up to it in that month: a few
dozen rows an indicator and village at the most, however many households there are, and late postings move nothing but their own
rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, Select, delete, func, literal, select, tuple_

from fieldapp.store.areas import successors
from fieldapp.store.engine import is_sqlite
from fieldapp.store.tables import balance
from fieldapp.survey.balance import Balance

ALL = "all"
OF_MONTHS = ""  # stands for any other cut: those have no days
ALWAYS = ""
FIRST_YEAR = 1970  # no phone's clock starts before it

# (day, village, indicator, cut) → [yes, no, unknown]
Movements = Mapping[tuple[str, str, str, str], list[int]]

# Hundreds of rows a batch: handed to the driver as they are, past what SQLAlchemy would do to each.
_POST = (
    "INSERT INTO balance (commune_id, period, cut, village_id, indicator, yes, no, unknown) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (commune_id, period, cut, village_id, indicator) DO UPDATE SET"
    " yes = balance.yes + excluded.yes, no = balance.no + excluded.no, unknown = balance.unknown + excluded.unknown"
)


def post(connection: Connection, commune_id: str, movements: Movements) -> None:
    """Add movements to their periods' balances."""
    added: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for (day, village, indicator, cut), (yes, no, unknown) in movements.items():
        if yes or no or unknown:
            for period in periods_of(day, cut):
                row = added[period, cut, village, indicator]
                row[0] += yes
                row[1] += no
                row[2] += unknown
    # Sorted: two transactions of one province that meet on a row must never wait for each other crosswise.
    rows = [(commune_id, *place, *counts) for place, counts in sorted(added.items()) if any(counts)]
    if rows:
        connection.exec_driver_sql(_POST if is_sqlite(connection) else _POST.replace("?", "%s"), rows)


def periods_of(day: str, cut: str) -> tuple[str, ...]:
    """The periods that a posting of that day is added to."""
    return (ALWAYS, day[:4], day[:7], day) if cut == ALL else (ALWAYS, day[:4], day[:7])


def balances(
    connection: Connection, commune_id: str, cut: str = ALL, villages: Collection[str] | None = None, until: str | None = None
) -> dict[tuple[str, str], Balance]:
    """What stands at the end of the local day `until` (None: now): (village, indicator) → Balance.

    Villages that were merged by then are summed into their successor. Cuts other than "all" are kept by month: `until` counts
    to the end of its month."""
    into = successors(connection, commune_id, until)
    wanted = None if villages is None else _parts(into, villages)
    totals: dict[tuple[str, str], list[int]] = {}
    for village, indicator, *counts in connection.execute(_standing(commune_id, cut, wanted, until)):
        row = totals.setdefault((into.get(village, village), indicator), [0, 0, 0])
        for place, count in enumerate(counts):
            row[place] += count
    return {key: Balance(*(int(count) for count in row)) for key, row in totals.items()}


def sums_of_cuts(
    connection: Connection, commune_id: str, cuts: Collection[str], villages: Collection[str], until: str | None = None
) -> dict[tuple[str, str], Balance]:
    """(indicator, cut) → what stands in these villages together at the end of the month of `until` (None: now)."""
    sums = (func.sum(count) for count in (balance.c.yes, balance.c.no, balance.c.unknown))
    rows = connection.execute(
        select(balance.c.indicator, balance.c.cut, *sums)
        .where(
            balance.c.commune_id == commune_id, balance.c.cut.in_(sorted(cuts)), balance.c.village_id.in_(sorted(villages)),
            balance.c.period.in_(periods_up_to(until, OF_MONTHS) if until else [ALWAYS]),
        )
        .group_by(balance.c.indicator, balance.c.cut)
    )  # fmt: skip
    return {(indicator, cut): Balance(*map(int, counts)) for indicator, cut, *counts in rows}


def throw_away(connection: Connection, commune_id: str, most: int) -> bool:
    """Throw away so many of the commune's balances, and whether there are more."""
    place = balance.c.period, balance.c.cut, balance.c.village_id, balance.c.indicator
    of_commune = balance.c.commune_id == commune_id
    following = connection.execute(select(*place).where(of_commune).order_by(*place).offset(most).limit(1)).first()
    some = delete(balance).where(of_commune)
    connection.execute(some.where(tuple_(*place) < tuple_(*map(literal, following))) if following else some)
    return following is not None


def parts(connection: Connection, commune_id: str, until: str) -> dict[tuple[str, str], Balance]:
    """What stands at the end of the local day in the cut "all", each village by itself, also those that became part of another."""
    rows = connection.execute(_standing(commune_id, ALL, None, until))
    return {(village, indicator): Balance(*map(int, counts)) for village, indicator, *counts in rows}


def _parts(into: Mapping[str, str], villages: Collection[str]) -> list[str]:
    """The villages themselves and all that have become part of them."""
    return [*villages, *(part for part, whole in into.items() if whole in villages)]


def _standing(commune_id: str, cut: str, villages: list[str] | None, until: str | None) -> Select:
    where = [balance.c.commune_id == commune_id, balance.c.cut == cut]
    if villages is not None:
        where.append(balance.c.village_id.in_(villages))
    counts = balance.c.yes, balance.c.no, balance.c.unknown
    if until is None:
        return select(balance.c.village_id, balance.c.indicator, *counts).where(*where, balance.c.period == ALWAYS)
    sums = (func.sum(count) for count in counts)
    where.append(balance.c.period.in_(periods_up_to(until, cut)))
    return select(balance.c.village_id, balance.c.indicator, *sums).where(*where).group_by(balance.c.village_id, balance.c.indicator)


def periods_up_to(until: str, cut: str) -> list[str]:
    """The periods that together are all time up to the end of that day (of its month, for cuts that have no days)."""
    year, month, day = int(until[:4]), int(until[5:7]), int(until[8:10])
    years = [str(each) for each in range(FIRST_YEAR, year)]
    months = [f"{year}-{each:02}" for each in range(1, month if cut == ALL else month + 1)]
    days = [f"{year}-{month:02}-{each:02}" for each in range(1, day + 1)] if cut == ALL else []
    return years + months + days


def totals_by_day(connection: Connection, commune_id: str, indicator: str) -> list[tuple[str, Balance]]:
    """What each day added in the whole commune, sorted by day."""
    sums = (func.sum(count) for count in (balance.c.yes, balance.c.no, balance.c.unknown))
    rows = connection.execute(
        select(balance.c.period, *sums)
        .where(balance.c.commune_id == commune_id, balance.c.cut == ALL, balance.c.indicator == indicator, func.length(balance.c.period) == 10)
        .group_by(balance.c.period)
        .order_by(balance.c.period)
    )
    return [(day, Balance(*map(int, counts))) for day, *counts in rows]


def movements(
    connection: Connection, commune_id: str, indicators: Iterable[str], village_id: str | None = None,
    since: str | None = None, until: str | None = None,
) -> list[tuple[str, str, str, Balance]]:  # fmt: skip
    """What each day added, as (day, village, indicator, Balance) sorted by day; merged villages under their successor of now."""
    into = successors(connection, commune_id)
    where = [
        balance.c.commune_id == commune_id, balance.c.cut == ALL, func.length(balance.c.period) == 10,
        balance.c.indicator.in_(list(indicators)), balance.c.period >= (since or ""), balance.c.period <= (until or "9"),
    ]  # fmt: skip
    if village_id is not None:
        where.append(balance.c.village_id.in_(_parts(into, [village_id])))
    rows = connection.execute(
        select(balance.c.period, balance.c.village_id, balance.c.indicator, balance.c.yes, balance.c.no, balance.c.unknown)
        .where(*where).order_by(balance.c.period, balance.c.village_id, balance.c.indicator)
    )  # fmt: skip
    return [(day, into.get(village, village), indicator, Balance(*counts)) for day, village, indicator, *counts in rows]
