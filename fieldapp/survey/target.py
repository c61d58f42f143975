"""Targets: which value an indicator should reach, by which decision. The sets that ship are data (targets.json); which of them a
commune works towards is the commune's setting.

Places differ in how many lines they have (26, 37, 16, 14), so a set is its decision, its date and its lines. A line is
survey-derived (an indicator and a threshold) or reported (a value that was published, kept beside the survey's estimate, never in
its place). The national line on fibre stands beside the survey's nearest question, fixed internet; `note` says so."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

DIRECTIONS = ("up", "down")
# What a commune of Thanh Hóa works towards until it chooses otherwise.
DEFAULT_SETS = ("national-2025", "thanh-hoa-2023")


@dataclass(frozen=True, slots=True)
class Target:
    """A threshold for one indicator. percent: as the decision writes it; margin: points beyond it that count as exceeded."""

    set_code: str
    indicator: str
    percent: Fraction
    direction: str = "up"
    margin: Fraction = Fraction(5)
    note: str | None = None

    def reached_by(self, value: Fraction, beyond: Fraction = Fraction(0)) -> bool:
        """Whether a value (0 to 1) is on the right side, by so many points `beyond` the threshold."""
        if self.direction == "up":
            return 100 * value >= self.percent + beyond
        return 100 * value <= self.percent - beyond


@dataclass(frozen=True, slots=True)
class Reported:
    """A published value. at_least: it was published as "more than"; only: the part of the area that it speaks of."""

    indicator: str
    percent: Fraction
    date: str
    at_least: bool = False
    only: str | None = None


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """A decision's targets. names: by language; until: the year they are for, None when the decision names none."""

    code: str
    names: Mapping[str, str]
    decision: str
    date: str
    until: int | None
    area: str
    targets: tuple[Target, ...]
    reported: tuple[Reported, ...]


def read(sets: Iterable[Mapping[str, Any]]) -> dict[str, CriteriaSet]:
    """The sets by code. Percentages are texts in the file ("97.32"), so that none is rounded on its way in."""
    return {each["code"]: _set_of(each) for each in sets}


def _set_of(row: Mapping[str, Any]) -> CriteriaSet:
    margin = Fraction(row.get("margin", "5"))
    targets = tuple(_target(row["code"], margin, line) for line in row.get("targets", ()))
    reported = tuple(Reported(**{**line, "percent": Fraction(line["percent"])}) for line in row.get("reported", ()))
    return CriteriaSet(
        row["code"], row["names"], row["decision"], row["date"], row.get("until"), row["area"], targets, reported
    )  # fmt: skip


def _target(set_code: str, margin: Fraction, line: Mapping[str, Any]) -> Target:
    direction = line.get("direction", "up")
    if direction not in DIRECTIONS:
        raise ValueError(f"{set_code}: {line['indicator']} goes neither up nor down")
    margin = Fraction(line.get("margin", margin))
    return Target(set_code, line["indicator"], Fraction(line["percent"]), direction, margin, line.get("note"))


SETS = read(json.loads((Path(__file__).parent / "targets.json").read_text("utf-8")))


def targets_of(indicator: str, sets: Iterable[str] = DEFAULT_SETS) -> list[Target]:
    """The targets of one indicator (its code) in the sets that a commune works towards, in the order of the sets."""
    return [target for code in sets for target in SETS[code].targets if target.indicator == indicator]
