"""What a province sees of its communes: every indicator, every commune, and who has gone quiet. One indicator by itself: league.py.

Everything is read from what was told of months (store/months.py); here it is only laid beside and summed. What is hidden is in no sum, and each sum
says of how many communes it is. A commune on a server of its own stands beside those that this server hosts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from fieldapp.figures.board import Standing, standings_of
from fieldapp.figures.figure import Coverage, Figure, mean_eligible
from fieldapp.store import areas, boards, months, packages, provinces
from fieldapp.store.areas import Commune
from fieldapp.store.months import MonthFigure
from fieldapp.store.provinces import Running
from fieldapp.survey.balance import total
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.criteria import FOLLOWED, Board, targets_of
from fieldapp.survey.day import instant, moment
from fieldapp.survey.disclosure import WHOLE, Count, shown
from fieldapp.survey.indicator import Indicator, current

QUIET_DAYS = 7


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of the province. hosted: on this server; as_of: of when its `running` is, None: of now; month: the last that it told."""

    source_id: str
    code: str
    name: str
    hosted: bool
    running: Running
    as_of: str | None
    month: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """One indicator of one commune. figure: None where it is hidden; since: the month that it is of."""

    place: Place
    figure: Figure | None
    since: str | None
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of the province: the sum of what is told, of so many communes; states: of its hardest target, state → communes."""

    indicator: Indicator
    figure: Figure
    communes: int
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One commune of the overview. coverage: None where it is hidden; states: its targets by state."""

    place: Place
    coverage: Coverage | None
    since: str | None
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """communes: of how many the coverage is; months: (month, coverage) until now."""

    month: str
    coverage: Coverage
    communes: int
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    months: list[tuple[str, Coverage]]


@dataclass(frozen=True, slots=True)
class View:
    """A province at a moment. kept: (who keeps its months, commune); months: that anything was told of, the latest first."""

    province: Commune
    places: Mapping[str, Place]
    kept: list[tuple[str, str]]
    months: list[str]


def view(connection: Any, province: Commune, now: str) -> View:
    """The province's communes, those of this server and those that send packages, by code."""
    hosted = provinces.communes_of(connection, province)
    ids = [each.commune_id for each in hosted]
    sent = packages.latest(connection, province.commune_id)
    # Whoever moved onto this server speaks through it now.
    senders = [each for each in packages.senders(connection, province.commune_id).values() if each.source_id in sent and each.source_id not in ids]
    kept = [*((each, each) for each in ids), *((province.commune_id, each.source_id) for each in senders)]
    last = months.last_months(connection, kept)
    running = provinces.running(connection, ids, moment(instant(now) - timedelta(days=QUIET_DAYS)))
    places = [Place(each.commune_id, each.code, each.name, True, running[each.commune_id], None, last.get(each.commune_id)) for each in hosted]
    for each in senders:
        package = sent[each.source_id]
        its = Running(**package.about["running"])
        places.append(Place(each.source_id, each.code, each.name, False, its, package.made_at, last.get(each.source_id)))
    known = {each.source_id: each for each in sorted(places, key=lambda each: (each.code, each.source_id))}
    return View(province, known, kept, months.months(connection, kept))


def province_of(connection: Any, commune_id: str) -> Commune | None:
    """The province that this tenant is; None when it is a commune."""
    found = areas.commune(connection, commune_id)
    return found if provinces.is_province(found) else None


def overview(connection: Any, view: View, month: str) -> Overview:
    """Every indicator and every commune in a month."""
    indicators = current(f"{month}-28")
    told = told_in(connection, view, month, [each.key for each in indicators])
    coverages = {key: coverage_of(rows.get(COVERAGE)) for key, rows in told.items()}
    asked = asked_in(connection, view, month)
    by_indicator = {each: of_indicator(each, view, told, coverages, asked) for each in indicators}
    by_commune: dict[str, list[Told]] = {}
    for row in (row for of_it in by_indicator.values() for row in of_it):
        by_commune.setdefault(row.place.source_id, []).append(row)
    rows = tuple(
        Row(place, coverages.get(key), since.since if (since := told.get(key, {}).get(COVERAGE)) else None, _states(by_commune.get(key, [])))
        for key, place in view.places.items()
    )
    known = [each for each in coverages.values() if each]
    lines = tuple(_line(each, of_it) for each, of_it in by_indicator.items())
    by_month = [(each, Coverage(balance.yes, balance.no)) for each, balance, _ in months.sums(connection, view.kept, COVERAGE)]
    return Overview(month, together(known), len(known), lines, rows, by_month)


def commune(connection: Any, view: View, month: str, source_id: str) -> tuple[Row, list[tuple[Indicator, Told, Count]]]:
    """One commune in a month: its row, and each indicator with what is told of its cuts."""
    keeper = next(keeper for keeper, of in view.kept if of == source_id)
    counts = {each.indicator: each.count for each in months.tellings(connection, keeper, source_id, month)}
    alone = replace(view, places={source_id: view.places[source_id]}, kept=[(keeper, source_id)])
    found = overview(connection, alone, month)
    told = told_in(connection, alone, month, [line.indicator.key for line in found.lines])
    coverages = {source_id: coverage_of(told.get(source_id, {}).get(COVERAGE))}
    asked = asked_in(connection, view, month)
    of_it = [(each.indicator, of_indicator(each.indicator, alone, told, coverages, asked)[0]) for each in found.lines]
    return found.rows[0], [(indicator, row, _shown(counts.get(indicator.key, {}))) for indicator, row in of_it]


def _shown(count: Count) -> Count:
    return {kind: each for kind, each in count.items() if shown(each) and kind != WHOLE}


def asked_in(connection: Any, view: View, month: str) -> tuple[Board, ...]:
    """What every commune is asked: the province's own targets and those that ship. In the latest month as it is asked now, else as at the
    month's end."""
    on = None if month == view.months[0] else f"{month}-31"
    return (*boards.of_province(connection, view.province.commune_id, on).values(), *FOLLOWED)


def told_in(connection: Any, view: View, month: str, keys: list[str]) -> dict[str, dict[str, MonthFigure]]:
    """Commune → indicator → what is told."""
    found: dict[str, dict[str, MonthFigure]] = {}
    for each in months.of_month(connection, view.kept, month, [*keys, COVERAGE]):
        if each.source_id in view.places:
            found.setdefault(each.source_id, {})[each.indicator] = each
    return found


def coverage_of(each: MonthFigure | None) -> Coverage | None:
    """The coverage that is told of a commune; None where it is hidden."""
    return Coverage(each.balance.yes, each.balance.no) if each and each.balance else None


def of_indicator(
    indicator: Indicator, view: View, told: Mapping[str, Mapping[str, MonthFigure]], coverages: Mapping[str, Coverage | None],
    asked: Iterable[Board],
) -> list[Told]:  # fmt: skip
    """The indicator in every commune, in the order of their codes, beside what these boards ask."""
    targets, rows = targets_of(indicator.code, asked), []
    for key, place in view.places.items():
        each, coverage = told.get(key, {}).get(indicator.key), coverages.get(key)
        # Of a commune whose households are too few to be told of, nothing is.
        figure = Figure(each.balance, coverage, each.unseen) if each and each.balance and coverage else None
        standings = standings_of(figure, targets) if figure else ()
        rows.append(Told(place, figure, each.since if each and figure else None, standings))
    return rows


def summed(rows: list[Told]) -> tuple[Figure, int]:
    """The sum of what is told, and of how many communes it is. A commune that visited too few to estimate from stands in by the others' mean."""
    known = [row.figure for row in rows if row.figure]
    balance, coverage = total(each.balance for each in known), together([each.coverage for each in known])
    mean = mean_eligible(balance, coverage)
    estimates = [mean * each.coverage.unvisited if each.unseen is None and mean is not None else each.unseen for each in known]
    return Figure(balance, coverage, None if not known or None in estimates else float(sum(each or 0 for each in estimates))), len(known)


def _line(indicator: Indicator, rows: list[Told]) -> Line:
    figure, communes = summed(rows)
    states: dict[str, int] = {}
    for row in rows:
        for standing in row.standings[:1]:
            states[standing.state] = states.get(standing.state, 0) + 1
    return Line(indicator, figure, communes, states)


def _states(rows: list[Told]) -> dict[str, int]:
    states = [standing.state for row in rows for standing in row.standings]
    return {state: states.count(state) for state in dict.fromkeys(states)}


def together(coverages: list[Coverage]) -> Coverage:
    return Coverage(sum(each.visited for each in coverages), sum(each.unvisited for each in coverages))
