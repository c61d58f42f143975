"""The trend: one indicator day by day, each point with the same honesty as the figure of today.

One read of the movements gives every day, summed as they come: a figure of a past day is made as the overview of that day would
be."""

from itertools import groupby
from typing import Any

from fieldapp.figures.figure import Coverage, Figure, commune_figure, mean_eligible, village_figure
from fieldapp.store import ledger
from fieldapp.survey.balance import NOTHING, Balance, total
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
    key = next(each.key for each in current(until) if each.code == indicator)
    moved = ledger.movements(connection, commune_id, [key, COVERAGE], until=until)
    return points(moved, key, village_id, since)


def points(moved: list[Movement], key: str, village_id: str | None = None, since: str | None = None) -> list[tuple[str, Figure]]:
    """The points that these movements draw; all movements from the first day on, sorted by day."""
    standing: dict[tuple[str, str], Balance] = {}
    drawn: list[tuple[str, Figure]] = []
    # Whatever moved before `since` stands together in that day's point.
    for day, changes in groupby(moved, key=lambda movement: max(movement[0], since or "")):
        touched = set()
        for _, village, what, change in changes:
            standing[village, what] = standing.get((village, what), NOTHING).plus(change)
            touched.add(village)
        if village_id is None or village_id in touched:
            drawn.append((day, _figure(standing, key, village_id)))
    return drawn


def _figure(standing: dict[tuple[str, str], Balance], key: str, village_id: str | None) -> Figure:
    villages = {village: _of_village(standing, village, key) for village, _ in standing}
    if village_id is None:
        return commune_figure(villages.values())
    own, coverage = villages.get(village_id, (NOTHING, Coverage(0, 0)))
    everyone = total(balance for balance, _ in villages.values())
    commune = Coverage(sum(each.visited for _, each in villages.values()), sum(each.unvisited for _, each in villages.values()))
    return village_figure(own, coverage, mean_eligible(everyone, commune))


def _of_village(standing: dict[tuple[str, str], Balance], village: str, key: str) -> tuple[Balance, Coverage]:
    visits = standing.get((village, COVERAGE), NOTHING)
    return standing.get((village, key), NOTHING), Coverage(visits.yes, visits.no)
