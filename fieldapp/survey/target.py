"""A target: which value an indicator should reach, by which decision. The lines of criteria boards give them (criteria.py)."""

from dataclasses import dataclass
from fractions import Fraction

UP, DOWN = DIRECTIONS = ("up", "down")


@dataclass(frozen=True, slots=True)
class Target:
    """A threshold for one indicator. set_code: the board that it is of; percent: as the decision writes it; margin: points beyond it that count
    as exceeded."""

    set_code: str
    indicator: str
    percent: Fraction
    direction: str = UP
    margin: Fraction = Fraction(5)
    note: str | None = None
    decision: str = ""

    def reached_by(self, value: Fraction, beyond: Fraction = Fraction(0)) -> bool:
        """Whether a value (0 to 1) is on the right side, by so many points `beyond` the threshold."""
        if self.direction == UP:
            return 100 * value >= self.percent + beyond
        return 100 * value <= self.percent - beyond

    @property
    def hardness(self) -> tuple[bool, Fraction]:
        """The greater, the harder it is to reach; those that go up before those that go down."""
        return self.direction == UP, self.percent if self.direction == UP else -self.percent
