"""A campaign (đợt ra quân): a name, days, villages, and what it is about. What it comes to is counted from the visits of its days."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

COMING, RUNNING, OVER = ("coming", "running", "over")


@dataclass(frozen=True, slots=True)
class Campaign:
    """first, last: local days, both within it; villages: None for the whole commune; indicators: codes that it is about, none for all; goal: of how
    many households in a hundred somebody should be surveyed in it, None without one; withdrawn: it was named by mistake."""

    campaign_id: str
    name: str
    first: str
    last: str
    villages: tuple[str, ...] | None
    indicators: tuple[str, ...] = ()
    goal: int | None = None
    withdrawn: bool = False

    def state(self, today: str) -> str:
        """Whether it is still to come, runs, or is over."""
        return COMING if today < self.first else RUNNING if today <= self.last else OVER


def plain(campaign: Campaign) -> dict[str, Any]:
    """As it is kept; `read` gives it back."""
    return {name: getattr(campaign, name) for name in Campaign.__dataclass_fields__}


def read(said: Mapping[str, Any]) -> Campaign:
    villages = said["villages"]
    return Campaign(**{**said, "villages": None if villages is None else tuple(villages), "indicators": tuple(said["indicators"])})
