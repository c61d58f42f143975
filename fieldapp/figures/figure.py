"""A figure: what a balance says, how far it can be trusted, and where it stands against its target (domain: INDICATORS.md).

Beside the value always stand the unknown share, the coverage and the honest range: what the value could be at worst and at best,
were every unknown and every unvisited house known. So nobody gains by writing "không rõ" or by passing poor houses by.

Values are compared with targets as whole numbers, never as floats: 17 of 20 is exactly 85 %, and 0.80 + 0.05 is not 0.85. Only the
unseen are a float: they are an estimate, and a sum of four hundred villages' fractions would be slow for nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from fieldapp.survey.balance import Balance
from fieldapp.survey.target import Target

NOT_STARTED, IN_PROGRESS, MET, EXCEEDED, PROVISIONAL = STATES = ("not_started", "in_progress", "met", "exceeded", "provisional")

# With fewer visited households than this, a mean says nothing about the rest.
VISITED_FOR_A_MEAN = 10
COVERAGE_FOR_MET_PERCENT, UNKNOWN_FOR_MET_PERCENT = 95, 5


@dataclass(frozen=True, slots=True)
class Coverage:
    """Visited among registered households."""

    visited: int
    unvisited: int

    @property
    def registered(self) -> int:
        return self.visited + self.unvisited

    @property
    def share(self) -> float | None:
        """0 to 1; None where no household is registered."""
        return self.visited / self.registered if self.registered else None


@dataclass(frozen=True, slots=True)
class Figure:
    """balance: people or households, as the indicator's unit says. unseen: how many more would be eligible in unvisited
    households; None when too few were visited to say."""

    balance: Balance
    coverage: Coverage
    unseen: float | None

    @property
    def value(self) -> float | None:
        """Share of those who answered that meets the indicator, 0 to 1; None when nobody answered.

        Unknown is not "no": it is left out here and shown beside."""
        answered = self.balance.yes + self.balance.no
        return self.balance.yes / answered if answered else None

    @property
    def unknown_share(self) -> float | None:
        """Unknown and refused among all eligible, 0 to 1; None when nobody is eligible."""
        return self.balance.unknown / self.balance.eligible if self.balance.eligible else None

    @property
    def range(self) -> tuple[float, float] | None:
        """Lowest and highest that the value could be; None without an estimate of the unseen, or when nobody is eligible."""
        bounds = self._bounds()
        return None if bounds is None else (bounds[0] / bounds[2], bounds[1] / bounds[2])

    def _bounds(self) -> tuple[int, int, int] | None:
        """The least and the most who could meet it, and of how many, all three by one measure."""
        if self.unseen is None:
            return None
        unseen, measure = self.unseen.as_integer_ratio()
        everyone = self.balance.eligible * measure + unseen
        if not everyone:
            return None
        return self.balance.yes * measure, (self.balance.yes + self.balance.unknown) * measure + unseen, everyone

    def state(self, target: Target) -> str:
        """One of STATES. Met needs enough coverage and few unknown, or a range whose worse end is on the right side already."""
        if not self.coverage.visited:
            return NOT_STARTED
        yes, answered = self.balance.yes, self.balance.yes + self.balance.no
        if not answered or not target.reached_by(yes, answered):
            return IN_PROGRESS
        if not self._is_well_known() and not self._stays_right(target):
            return PROVISIONAL
        return EXCEEDED if target.reached_by(yes, answered, beyond=target.margin) else MET

    def _is_well_known(self) -> bool:
        return (
            100 * self.coverage.visited >= COVERAGE_FOR_MET_PERCENT * self.coverage.registered
            and 100 * self.balance.unknown <= UNKNOWN_FOR_MET_PERCENT * self.balance.eligible
        )

    def _stays_right(self, target: Target) -> bool:
        bounds = self._bounds()
        return bounds is not None and target.reached_by(bounds[0] if target.direction == "up" else bounds[1], bounds[2])


def share_of(balance: Balance) -> float | None:
    """Yes among those who answered, 0 to 1; None when nobody did."""
    answered = balance.yes + balance.no
    return balance.yes / answered if answered else None


def mean_eligible(balance: Balance, coverage: Coverage) -> float | None:
    """Eligible people (households) per visited household; None when too few were visited to say."""
    return balance.eligible / coverage.visited if coverage.visited >= VISITED_FOR_A_MEAN else None


def village_figure(balance: Balance, coverage: Coverage, commune_mean: float | None) -> Figure:
    """The figure of one village. commune_mean: what stands in while the village itself has too few visited households."""
    return Figure(balance, coverage, unseen(balance, coverage, commune_mean))


def unseen(balance: Balance, coverage: Coverage, commune_mean: float | None) -> float | None:
    """How many more would be eligible in the unvisited households. Nothing to estimate where none is left."""
    if not coverage.unvisited:
        return 0.0
    mean = mean_eligible(balance, coverage)
    if mean is None:
        mean = commune_mean
    return None if mean is None else mean * coverage.unvisited


def commune_figure(villages: Iterable[tuple[Balance, Coverage]]) -> Figure:
    """The figure of the commune: the sums, and the sum of what each village estimates."""
    villages = list(villages)
    balance, coverage = _sum(villages)
    mean = mean_eligible(balance, coverage)
    estimates = [unseen(each, of_village, mean) for each, of_village in villages]
    known = [estimate for estimate in estimates if estimate is not None]
    return Figure(balance, coverage, sum(known, 0.0) if len(known) == len(estimates) else None)


def _sum(villages: list[tuple[Balance, Coverage]]) -> tuple[Balance, Coverage]:
    yes = no = unknown = visited = unvisited = 0
    for balance, coverage in villages:
        yes, no, unknown = yes + balance.yes, no + balance.no, unknown + balance.unknown
        visited, unvisited = visited + coverage.visited, unvisited + coverage.unvisited
    return Balance(yes, no, unknown), Coverage(visited, unvisited)
