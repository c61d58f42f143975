"""The overview of a commune, and the page of one village: a small, constant number of reads whatever the number of villages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fieldapp.figures import board
from fieldapp.figures.board import Balances, Counts, Line
from fieldapp.figures.figure import VISITED_FOR_A_MEAN, Coverage, Figure
from fieldapp.store import areas, boards, indicators, ledger
from fieldapp.store.areas import Village
from fieldapp.survey.criteria import Board


@dataclass(frozen=True, slots=True)
class VillageRow:
    """One village in the overview. figures: by the indicator's code."""

    village: Village
    coverage: Coverage
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Overview:
    """The commune's lines and counts, and a row for each village that stands on that day (merged ones are in their
    successor's). balances: (village, key) → what all of it is made of."""

    balances: Balances
    coverage: Coverage
    lines: tuple[Line, ...]
    counts: Counts
    villages: tuple[VillageRow, ...]


@dataclass(frozen=True, slots=True)
class VillagePage:
    """One village's lines and counts."""

    village: Village
    coverage: Coverage
    lines: tuple[Line, ...]
    counts: Counts


def overview(connection: Any, commune_id: str, until: str | None = None, sets: Iterable[Board] | None = None) -> Overview:
    """Every indicator of the commune as it stood at the end of a local day (None: now). sets: the criteria boards that it is
    set beside; None: those that the commune works towards, as they hold on that day."""
    villages = areas.villages(connection, commune_id, on=until)
    ids = {village.village_id: village for village in villages}
    balances = ledger.balances(connection, commune_id, until=until)
    defined = indicators.of_commune(connection, commune_id)
    means = board.means_of_commune(balances, ids, until, defined)
    sets = boards.followed(connection, commune_id, until) if sets is None else sets
    return Overview(
        balances=balances,
        coverage=board.commune_coverage(balances, ids),
        lines=board.lines_of_commune(balances, ids, until, sets, defined),
        counts=board.counts_of(balances, ids),
        villages=tuple(
            VillageRow(village, board.coverage_of(balances, key), board.figures_of_village(balances, key, means, until, defined))
            for key, village in ids.items()
        ),
    )  # fmt: skip


def village(
    connection: Any, commune_id: str, village_id: str, until: str | None = None, sets: Iterable[Board] | None = None
) -> VillagePage | None:
    """The page of one village at the end of a local day (None: now); None when the commune has no such village on that day.

    Its own rows are read alone; those of the commune only while the village has too few visited households to estimate from."""
    found = areas.village(connection, commune_id, village_id)
    if found is None or (found.merged_into is not None and (until is None or (found.merged_on or "") <= until)):
        return None
    balances = ledger.balances(connection, commune_id, villages=[village_id], until=until)
    coverage = board.coverage_of(balances, village_id)
    defined = indicators.of_commune(connection, commune_id)
    means: board.Means = {}
    if coverage.unvisited and coverage.visited < VISITED_FOR_A_MEAN:
        standing = [each.village_id for each in areas.villages(connection, commune_id, on=until)]
        means = board.means_of_commune(ledger.balances(connection, commune_id, until=until), standing, until, defined)
    sets = boards.followed(connection, commune_id, until) if sets is None else sets
    return VillagePage(
        village=found,
        coverage=coverage,
        lines=board.lines_of_village(balances, village_id, means, until, sets, defined),
        counts=board.counts_of(balances, [village_id]),
    )  # fmt: skip
