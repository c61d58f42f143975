"""The trend: one indicator day by day, each point with the same honesty as the figure of today.

One read of the movements gives every day, summed as they come: a figure of a past day is made as the overview of that day would
be."""

from itertools import groupby
from typing import Any

from fieldapp.figures.figure import Coverage, Figure, commune_figure, mean_eligible, village_figure
from fieldapp.store import indicators, ledger
from fieldapp.survey.balance import NOTHING, Balance
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.indicator import current

# (day, village, key, change), sorted by day.
Movement = tuple[str, str, str, Balance]


def trend(
    connection: Any,
    commune_id: str,
    indicator: str,
    village_id: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[tuple[str, Figure]]:
    """A point for each day on which the figure or its coverage moved, from `since` to `until` (local days, both included; None:
    no bound).

    indicator: its code; the version current on the last day is followed throughout. The first point is `since` itself when there
    was anything before it. A village's range falls back on the commune's mean, so its trend reads the commune's movements too."""
    key = next(each.key for each in current(until, indicators.of_commune(connection, commune_id)) if each.code == indicator)
    moved = ledger.movements(connection, commune_id, [key, COVERAGE], until=until)
    return points(moved, key, village_id, since)


def coverage(connection: Any, commune_id: str) -> list[tuple[str, Coverage]]:
    """The commune's coverage at the end of each day on which it moved; summed where the balances rest, whatever number of villages."""
    standing, drawn = Coverage(0, 0), []
    for day, change in ledger.totals_by_day(connection, commune_id, COVERAGE):
        standing = Coverage(standing.visited + change.yes, standing.unvisited + change.no)
        drawn.append((day, standing))
    return drawn


def points(moved: list[Movement], key: str, village_id: str | None = None, since: str | None = None) -> list[tuple[str, Figure]]:
    """The points that these movements draw; all movements from the first day on, sorted by day."""
    standing: dict[str, tuple[Balance, Coverage]] = {}
    drawn: list[tuple[str, Figure]] = []
    # Whatever moved before `since` stands together in that day's point.
    for day, changes in groupby(moved, key=lambda movement: max(movement[0], since or "")):
        touched = set()
        for _, village, what, change in changes:
            balance, coverage = standing.get(village, (NOTHING, Coverage(0, 0)))
            if what == key:
                balance = balance.plus(change)
            else:
                coverage = Coverage(coverage.visited + change.yes, coverage.unvisited + change.no)
            standing[village] = balance, coverage
            touched.add(village)
        if village_id is None:
            drawn.append((day, commune_figure(standing.values())))
        elif village_id in touched:
            commune = commune_figure(standing.values())
            drawn.append((day, village_figure(*standing[village_id], mean_eligible(commune.balance, commune.coverage))))
    return drawn
