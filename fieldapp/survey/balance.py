"""A balance: how many meet an indicator, how many do not, and of how many it is not known. What the ledger keeps and figures are
made of."""

from collections.abc import Iterable
from typing import NamedTuple


class Balance(NamedTuple):
    """yes, no and unknown people or households. Counts beside the indicators (outcomes, help) stand in `yes` alone."""

    yes: int = 0
    no: int = 0
    unknown: int = 0

    @property
    def eligible(self) -> int:
        """All whom the indicator is about, answered or not."""
        return self.yes + self.no + self.unknown

    def plus(self, other: "Balance | tuple[int, int, int]") -> "Balance":
        """Both together."""
        return Balance(self.yes + other[0], self.no + other[1], self.unknown + other[2])


NOTHING = Balance()


def total(balances: Iterable["Balance | tuple[int, int, int]"]) -> Balance:
    """The sum, place by place; nothing when there are none."""
    columns = list(zip(*balances, strict=True))
    return Balance(*map(sum, columns)) if columns else NOTHING
