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

    def reached_by(self, part: int, whole: int, beyond: Fraction = Fraction(0)) -> bool:
        """Whether so many of the whole are on the right side, by so many points `beyond` the threshold."""
        # Whole numbers: a province asks it some thousand times for a page.
        limit = self.percent + (beyond if self.direction == UP else -beyond) if beyond else self.percent
        over = 100 * part * limit.denominator - whole * limit.numerator
        return over >= 0 if self.direction == UP else over <= 0

    @property
    def hardness(self) -> tuple[bool, Fraction]:
        """The greater, the harder it is to reach; those that go up before those that go down."""
        return self.direction == UP, self.percent if self.direction == UP else -self.percent
