"""The trend: one indicator day by day, each point with the same honesty as the figure of today.

One read of the movements gives every day, summed as they come: a figure of a past day is made as the overview of that day would
be."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from fieldapp.figures.figure import Coverage, Figure, commune_figure, share_of
from fieldapp.store import ledger
from fieldapp.survey.balance import NOTHING, Balance
from fieldapp.survey.contribution import COVERAGE

# (day, village, key, change), sorted by day.
Movement = tuple[str, str, str, Balance]
# (day, from 0 to 1), of those who answered; None where nobody did.
Share = tuple[str, float | None]


def coverage(connection: Any, commune_id: str) -> list[tuple[str, Coverage]]:
    """The commune's coverage at the end of each day on which it moved; summed where the balances rest, whatever number of villages."""
    standing, drawn = Coverage(0, 0), []
    for day, change in ledger.totals_by_day(connection, commune_id, COVERAGE):
        standing = Coverage(standing.visited + change.yes, standing.unvisited + change.no)
        drawn.append((day, standing))
    return drawn


def shares(moved: Iterable[Movement], key: str) -> dict[str, list[Share]]:
    """Village → its share at the end of each day on which it moved; all movements from the first day on, sorted by day."""
    standing: dict[str, Balance] = {}
    drawn: dict[str, dict[str, float | None]] = {}
    for day, village, what, change in moved:
        if what == key:
            standing[village] = standing.get(village, NOTHING).plus(change)
            drawn.setdefault(village, {})[day] = share_of(standing[village])
    return {village: list(days.items()) for village, days in drawn.items()}


def points(moved: Iterable[Movement], key: str) -> list[tuple[str, Figure]]:
    """The commune's figure at the end of each day on which it or its coverage moved; all movements from the first day on, sorted by day."""
    standing: dict[str, tuple[Balance, Coverage]] = {}
    drawn: list[tuple[str, Figure]] = []
    for day, changes in groupby(moved, key=itemgetter(0)):
        for _, village, what, change in changes:
            balance, coverage = standing.get(village, (NOTHING, Coverage(0, 0)))
            if what == key:
                balance = balance.plus(change)
            else:
                coverage = Coverage(coverage.visited + change.yes, coverage.unvisited + change.no)
            standing[village] = balance, coverage
        drawn.append((day, commune_figure(standing.values())))
    return drawn
