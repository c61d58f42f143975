"""The board: every indicator with its figure and where it stands against the commune's targets, and the counts beside them.

Pure: made of villages and balances that were read in one go, however many there are. No words of any language, but the
indicators' own names."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from fieldapp.figures.figure import Coverage, Figure, commune_figure, mean_eligible, village_figure
from fieldapp.survey.balance import NOTHING, Balance, total
from fieldapp.survey.contribution import COVERAGE, HELP, OUTCOME, PEOPLE
from fieldapp.survey.criteria import FOLLOWED, Board, targets_of
from fieldapp.survey.indicator import INDICATORS, Indicator, current
from fieldapp.survey.target import Target

# (village, key) → balance, as the ledger gives them.
Balances = Mapping[tuple[str, str], Balance]
# Every version by which a commune is counted: those that ship and its own (store/indicators.py).
Defined = tuple[Indicator, ...]
# key → eligible per visited household of the commune, None when too few were visited to say.
Means = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """A target and the state that the figure has against it."""

    target: Target
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator. standings: one for each target that the commune's boards have for it, the hardest first; none when it is only watched."""

    indicator: Indicator
    figure: Figure
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted beside the indicators. outcomes: registered households by their latest outcome (`none`: nobody came yet);
    help: service → result → times; switched_to_4g: the `sim_4g` that were done."""

    people: int
    outcomes: Mapping[str, int]
    help: Mapping[str, Mapping[str, int]]

    @property
    def switched_to_4g(self) -> int:
        return self.help.get("sim_4g", {}).get("done", 0)


def coverage_of(balances: Balances, village_id: str) -> Coverage:
    """Visited and unvisited households of one village."""
    balance = balances.get((village_id, COVERAGE), NOTHING)
    return Coverage(visited=balance.yes, unvisited=balance.no)


def lines_of_commune(
    balances: Balances, village_ids: Collection[str], on: str | None = None, sets: Iterable[Board] = FOLLOWED,
    defined: Defined = INDICATORS,
) -> tuple[Line, ...]:
    """The commune's line of each indicator that is current on a day (None: now). defined: the versions to choose from."""
    sets = tuple(sets)
    coverages = {village_id: coverage_of(balances, village_id) for village_id in village_ids}
    return tuple(
        _line(each, commune_figure((balances.get((v, each.key), NOTHING), coverages[v]) for v in village_ids), sets)
        for each in current(on, defined)
    )


def lines_of_village(
    balances: Balances, village_id: str, means: Means, on: str | None = None, sets: Iterable[Board] = FOLLOWED,
    defined: Defined = INDICATORS,
) -> tuple[Line, ...]:
    """The village's line of each indicator. means: the commune's, by key; what stands in while the village has too few visited
    households."""
    sets = tuple(sets)
    figures = figures_of_village(balances, village_id, means, on, defined)
    return tuple(_line(each, figures[each.code], sets) for each in current(on, defined))


def figures_of_village(
    balances: Balances, village_id: str, means: Means, on: str | None = None, defined: Defined = INDICATORS
) -> dict[str, Figure]:
    """The village's figure of each current indicator, by code."""
    coverage = coverage_of(balances, village_id)
    return {
        each.code: village_figure(balances.get((village_id, each.key), NOTHING), coverage, means.get(each.key))
        for each in current(on, defined)
    }


def means_of_commune(balances: Balances, village_ids: Iterable[str], on: str | None = None, defined: Defined = INDICATORS) -> Means:
    """Eligible people (households) per visited household in the whole commune, by key."""
    village_ids = list(village_ids)
    coverage = commune_coverage(balances, village_ids)
    return {
        each.key: mean_eligible(total(balances.get((village_id, each.key), NOTHING) for village_id in village_ids), coverage)
        for each in current(on, defined)
    }


def commune_coverage(balances: Balances, village_ids: Iterable[str]) -> Coverage:
    """Visited and unvisited households of all these villages."""
    coverages = [coverage_of(balances, village_id) for village_id in village_ids]
    return Coverage(sum(each.visited for each in coverages), sum(each.unvisited for each in coverages))


def counts_of(balances: Balances, village_ids: Collection[str]) -> Counts:
    """The counts of these villages together."""
    people = 0
    outcomes: dict[str, int] = {}
    help: dict[str, dict[str, int]] = {}
    for (village_id, key), balance in balances.items():
        if village_id not in village_ids or not balance.yes:
            continue
        kind, _, rest = key.partition(":")
        if kind == PEOPLE:
            people += balance.yes
        elif kind == OUTCOME:
            outcomes[rest] = outcomes.get(rest, 0) + balance.yes
        elif kind == HELP:
            service, _, result = rest.partition(":")
            results = help.setdefault(service, {})
            results[result] = results.get(result, 0) + balance.yes
    return Counts(people, outcomes, help)


def _line(indicator: Indicator, figure: Figure, sets: Iterable[Board]) -> Line:
    return Line(indicator, figure, standings_of(figure, targets_of(indicator.code, sets)))


def help_since(before: Mapping[str, Mapping[str, int]], after: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """What was added; services of which nothing was are left out."""
    added = {
        service: {result: times - before.get(service, {}).get(result, 0) for result, times in results.items()} for service, results in after.items()
    }
    return {service: kept for service, results in added.items() if (kept := {result: times for result, times in results.items() if times > 0})}


def standings_of(figure: Figure, targets: Iterable[Target]) -> tuple[Standing, ...]:
    """Where the figure stands against each of the targets."""
    return tuple(Standing(target, figure.state(target)) for target in targets)
