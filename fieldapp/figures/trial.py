"""What a new version of an indicator would give: the commune's households as they stand now, counted by it without keeping anything, beside
what the version of today says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fieldapp.figures.board import coverage_of
from fieldapp.figures.figure import Coverage, Figure, commune_figure, mean_eligible, village_figure
from fieldapp.store import areas, ledger, surveyed
from fieldapp.store.areas import Village
from fieldapp.survey.balance import NOTHING, Balance, total
from fieldapp.survey.indicator import Indicator
from fieldapp.survey.questionnaire import Questionnaire
from fieldapp.survey.reckonings import answers_of


@dataclass(frozen=True, slots=True)
class Both:
    """The figure by the new version, and by the one that stands; None where there is none."""

    new: Figure
    old: Figure | None


@dataclass(frozen=True, slots=True)
class Trial:
    """One new version over the commune, and by village."""

    indicator: Indicator
    commune: Both
    villages: tuple[tuple[Village, Both], ...]


def trials(connection: Any, commune_id: str, form: Questionnaire, pairs: Sequence[tuple[Indicator, Indicator | None]]) -> list[Trial]:
    """A trial of each (new, old) pair, in one walk over the households. form: the questionnaire that the new ones read."""
    into = areas.successors(connection, commune_id)
    standing = ledger.balances(connection, commune_id)
    villages = areas.villages(connection, commune_id)
    reckons = answers_of(form, tuple(new for new, _ in pairs))
    sums: dict[tuple[str, str], list[int]] = {}
    for village_id, state in surveyed.states(connection, commune_id):
        for (key, cut), counts in reckons(state).items():
            if cut == "all":
                row = sums.setdefault((into.get(village_id, village_id), key), [0, 0, 0])
                for place, count in enumerate(counts):
                    row[place] += count
    made = {place: Balance(*counts) for place, counts in sums.items()}
    coverages = {each.village_id: coverage_of(standing, each.village_id) for each in villages}
    return [_trial(new, old, villages, coverages, made, standing) for new, old in pairs]


def _trial(
    new: Indicator, old: Indicator | None, villages: list[Village], coverages: Mapping[str, Coverage],
    made: Mapping[tuple[str, str], Balance], standing: Mapping[tuple[str, str], Balance],
) -> Trial:  # fmt: skip
    def of(balances: Mapping[tuple[str, str], Balance], key: str) -> tuple[Figure, dict[str, Figure]]:
        parts = {each: balances.get((each, key), NOTHING) for each in coverages}
        whole = Coverage(sum(each.visited for each in coverages.values()), sum(each.unvisited for each in coverages.values()))
        mean = mean_eligible(total(parts.values()), whole)
        return (
            commune_figure((parts[each], coverages[each]) for each in coverages),
            {each: village_figure(parts[each], coverages[each], mean) for each in coverages},
        )

    now, by_village = of(made, new.key)
    before, before_by_village = of(standing, old.key) if old else (None, {})
    return Trial(
        new, Both(now, before),
        tuple((each, Both(by_village[each.village_id], before_by_village.get(each.village_id))) for each in villages),
    )  # fmt: skip
