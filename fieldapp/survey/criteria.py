"""Criteria boards: the lines of a decision, whatever their number, and where each stands.

A line is derived from the survey (an indicator), from the commune's register of public points, or reported by an officer (a value with its
date and source). Boards are data: those of boards.json ship, a commune completes one or makes its own. Every target of an indicator is a line of
one. A decision whose whole text is not known ships with the lines that are, and says how many it has in all (`in_all`; QĐ 1829 has government 11,
economy 6, society 12, infrastructure 8). Examples carry the values that were published with them, and stand for themselves.

The national line on fibre stands beside the survey's nearest question, fixed internet; its `note` says so."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from fieldapp.survey.indicator import INDICATORS, Indicator
from fieldapp.survey.target import DIRECTIONS, UP, Target

SURVEY, REPORTED, POINTS = KINDS = ("survey", "reported", "points")
PERCENT, COUNT = MEASURES = ("percent", "count")
NOT_STARTED, IN_PROGRESS, MET, EXCEEDED, PROVISIONAL, NO_TARGET = "not_started", "in_progress", "met", "exceeded", "provisional", "no_target"
DONE = (MET, EXCEEDED)
USUAL_MARGIN = Fraction(5)


@dataclass(frozen=True, slots=True)
class Value:
    """What was reported: a percentage, a count, or a part of a whole (a percentage too). at_least: it was published as "more than"."""

    measure: str
    number: Fraction
    part: int | None = None
    whole: int | None = None
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """names: by language; group: one of the indicators' groups, or the decision's own words; counts: of what register (kind, attribute, of);
    threshold: in points or as a count, None where it is not known; margin: how far beyond it counts as exceeded, in points or percent of it."""

    code: str
    group: str
    names: Mapping[str, str]
    kind: str
    measure: str = PERCENT
    indicator: str | None = None
    counts: Mapping[str, str] | None = None
    threshold: Fraction | None = None
    direction: str = UP
    margin: Fraction = USUAL_MARGIN
    note: str | None = None

    def state(self, value: Value | None) -> str:
        """Where a reported or counted value stands; what is known of a survey's figure says figures/figure.py."""
        if value is None:
            return NOT_STARTED
        if self.threshold is None:
            return NO_TARGET
        if not self._reached(value.number, Fraction(0)):
            return IN_PROGRESS
        beyond = self.margin if self.measure == PERCENT else self.threshold * self.margin / 100
        return EXCEEDED if self._reached(value.number, beyond) else MET

    def _reached(self, number: Fraction, beyond: Fraction) -> bool:
        limit = self.threshold or Fraction(0)
        return number >= limit + beyond if self.direction == UP else number <= limit - beyond


@dataclass(frozen=True, slots=True)
class Example:
    """A value that was published somewhere. only: the part of the area that it speaks of."""

    line: str
    value: Value
    date: str
    only: str | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """names: by language; until: the year it is for; in_all: how many lines the decision has, also those that are not known here."""

    code: str
    names: Mapping[str, str]
    decision: str
    date: str
    until: int | None
    area: str
    lines: tuple[Line, ...]
    in_all: int
    examples: tuple[Example, ...] = field(default=())

    @property
    def is_example(self) -> bool:
        return bool(self.examples)

    def target(self, line: Line) -> Target | None:
        """The threshold of a survey's line, as figures are set against it; None of another line, and where it is not known."""
        if line.threshold is None or line.indicator is None:
            return None
        return Target(self.code, line.indicator, line.threshold, line.direction, line.margin, line.note, self.decision)

    def line(self, code: str) -> Line | None:
        return next((each for each in self.lines if each.code == code), None)


def read(row: Mapping[str, Any]) -> Board:
    """A board from its plain form. Raises ValueError when a line is given twice, or names what there is not."""
    lines = tuple(_line(each, Fraction(row.get("margin", USUAL_MARGIN))) for each in row["lines"])
    codes = [each.code for each in lines]
    if not row["names"].get("vi") or len(set(codes)) != len(codes):
        raise ValueError(f"{row['code']}: no name, or a line is given twice")
    examples = tuple(Example(each["line"], value_of(each["value"]), each["date"], each.get("only")) for each in row.get("examples", ()))
    if not {each.line for each in examples} <= set(codes):
        raise ValueError(f"{row['code']}: an example of no line")
    in_all = max(row.get("in_all") or 0, len(lines))
    return Board(row["code"], row["names"], row["decision"], row["date"], row.get("until"), row["area"], lines, in_all, examples)


def plain(board: Board) -> dict[str, Any]:
    """What `read` makes the board of; exact numbers as texts."""
    lines = [
        {name: value for name in Line.__dataclass_fields__ if (value := _plain(getattr(each, name))) is not None} for each in board.lines
    ]
    return {
        "code": board.code, "names": dict(board.names), "decision": board.decision, "date": board.date, "until": board.until, "area": board.area,
        "in_all": board.in_all, "lines": lines,
    }  # fmt: skip


def value_of(row: Mapping[str, Any]) -> Value:
    """A value from its plain form: {"percent": "82.2"}, {"count": "167"} or {"part": 953, "whole": 1105}; "at_least" where it was more than that."""
    at_least = bool(row.get("at_least"))
    if "whole" in row:
        return Value(PERCENT, Fraction(100 * row["part"], row["whole"]), row["part"], row["whole"], at_least)
    measure = PERCENT if PERCENT in row else COUNT
    return Value(measure, Fraction(row[measure]), at_least=at_least)


def plain_value(value: Value) -> dict[str, Any]:
    """What `value_of` makes the value of."""
    row: dict[str, Any] = {"at_least": True} if value.at_least else {}
    if value.whole is not None:
        return {**row, "part": value.part, "whole": value.whole}
    return {**row, value.measure: str(value.number)}


def _line(row: Mapping[str, Any], margin: Fraction) -> Line:
    # A line of the survey that ships bears its indicator's names.
    named = _SHIPPED.get(row.get("indicator", "")) if "names" not in row else None
    code, group, names = (named.code, named.group, named.names) if named else (row["code"], row["group"], row["names"])
    line = Line(
        code, group, names, row["kind"], row.get("measure", PERCENT), row.get("indicator"), row.get("counts"),
        Fraction(row["threshold"]) if row.get("threshold") is not None else None, row.get("direction", UP), Fraction(row.get("margin", margin)),
        row.get("note"),
    )  # fmt: skip
    if line.kind not in KINDS or line.measure not in MEASURES or line.direction not in DIRECTIONS:
        raise ValueError(f"{line.code}: {line.kind}, {line.measure}, {line.direction}")
    counted = {SURVEY: line.indicator, POINTS: {"kind", "of"} <= set(line.counts or ())}.get(line.kind, True)
    if not line.names.get("vi") or not counted:
        raise ValueError(f"{line.code}: no name, or nothing that it is counted from")
    return line


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Fraction) else dict(value) if isinstance(value, Mapping) else value


_SHIPPED: dict[str, Indicator] = {each.code: each for each in INDICATORS}
BOARDS = {row["code"]: read(row) for row in json.loads((Path(__file__).parent / "boards.json").read_text("utf-8"))}
# What a commune of Thanh Hóa works towards until it chooses otherwise.
USUAL = ("national-2025", "thanh-hoa-2023")
FOLLOWED = tuple(BOARDS[code] for code in USUAL)


def targets_of(indicator: str, boards: Iterable[Board] = FOLLOWED) -> list[Target]:
    """What these boards ask of an indicator (its code), the hardest first: whoever reaches that has reached them all."""
    found = (each.target(line) for each in boards for line in each.lines if line.indicator == indicator)
    return sorted((each for each in found if each is not None), key=lambda each: each.hardness, reverse=True)
