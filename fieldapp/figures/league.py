"""One indicator in all communes of a province: who stands where, how it is spread, its cuts and its months."""

from collections.abc import Callable, Mapping
from typing import Any

from fieldapp.figures.figure import Figure
from fieldapp.figures.province import Told, View, asked_in, coverage_of, of_indicator, told_in
from fieldapp.store import months
from fieldapp.survey.balance import Balance
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.disclosure import Count, shown
from fieldapp.survey.indicator import Indicator

# How many bars the spread has: of ten points each.
TENTHS = 10
ORDERS: Mapping[str, Callable[[Told], Any]] = {
    "value": lambda row: -(row.figure.value or 0) if row.figure else 0,
    "lowest": lambda row: (row.figure.value or 0) if row.figure else 0,
    "coverage": lambda row: -(row.figure.coverage.share or 0) if row.figure else 0,
    "code": lambda row: row.place.code,
}


def league(connection: Any, view: View, month: str, indicator: Indicator, part: tuple[str, str] | None = None) -> list[Told]:
    """The indicator in every commune in a month, by code. part: only of this cut's part, (kind, part)."""
    told = told_in(connection, view, month, [indicator.key])
    coverages = {key: coverage_of(each.get(COVERAGE)) for key, each in told.items()}
    rows = of_indicator(indicator, view, told, coverages, asked_in(connection, view, month))
    if part is None:
        return rows
    counts = months.counts_of_month(connection, view.kept, month, indicator.key)
    return [_of_part(row, counts.get(row.place.source_id, {}), *part) for row in rows]


def ordered(rows: list[Told], order: str) -> list[Told]:
    """Sorted by one of ORDERS; what is hidden is last."""
    return sorted(rows, key=lambda row: (row.figure is None or row.figure.value is None, ORDERS[order](row), row.place.code))


def spread(rows: list[Told]) -> list[int]:
    """How many communes have a value in each tenth; 100 % belongs to the last."""
    tenths = [0] * TENTHS
    for row in rows:
        if row.figure and row.figure.value is not None:
            tenths[min(int(row.figure.value * TENTHS), TENTHS - 1)] += 1
    return tenths


def cuts(connection: Any, view: View, month: str, indicator: Indicator) -> dict[str, dict[str, tuple[Balance, int]]]:
    """Kind of cut → part → (the sum of what is told of it, of how many communes); a kind that is told of nowhere is left out."""
    sums: dict[str, dict[str, tuple[Balance, int]]] = {}
    for source_id, count in months.counts_of_month(connection, view.kept, month, indicator.key).items():
        for kind, each in count.items():
            if source_id not in view.places or each.hidden:
                continue
            for part, cell in each.cells.items():
                balance, communes = sums.setdefault(kind, {}).get(part, (Balance(), 0))
                sums[kind][part] = balance.plus(cell), communes + 1
    return sums


def by_month(connection: Any, view: View, indicator: Indicator) -> list[tuple[str, Balance, int]]:
    """(month, the sum of what is told, of how many communes), the first month first."""
    return months.sums(connection, view.kept, indicator.key)


def _of_part(row: Told, count: Count, kind: str, part: str) -> Told:
    each = shown(count.get(kind))
    if row.figure is None or each is None or part not in each.cells:
        return Told(row.place, None, None, ())
    # There is no estimate of the unseen by cuts, and targets are for everybody.
    return Told(row.place, Figure(each.cells[part], row.figure.coverage, None), each.since, ())
