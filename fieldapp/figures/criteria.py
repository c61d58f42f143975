"""A criteria board as it stands on a day: survey's lines from the ledger, counted ones from the register of public places, reported ones from what
officers entered; and how many of its lines are done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.figures.figure import Figure
from fieldapp.figures.overview import overview
from fieldapp.store import areas, points, reported
from fieldapp.store.reported import Entry
from fieldapp.survey.criteria import DONE, EXCEEDED, NO_TARGET, NOT_STARTED, POINTS, PROVISIONAL, REPORTED, SURVEY, Board, Line, Value
from fieldapp.survey.points import counted, standing


@dataclass(frozen=True, slots=True)
class LineNow:
    """One line as it stands. figure: of a survey's line; value, entry: of a reported one (or counted: without an entry)."""

    line: Line
    state: str
    figure: Figure | None = None
    value: Value | None = None
    entry: Entry | None = None
    day: str | None = None
    only: str | None = None

    @property
    def share(self) -> float | None:
        """0 to 1 where it is a share."""
        if self.figure is not None:
            return self.figure.value
        return float(self.value.number) / 100 if self.value is not None and self.value.measure == "percent" else None


@dataclass(frozen=True, slots=True)
class Tally:
    """of: how many lines the decision has; known: of how many is known what they ask; valued: how many have a value; done: met or exceeded."""

    of: int
    known: int
    done: int
    exceeded: int
    provisional: int
    valued: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A board on a day."""

    board: Board
    lines: tuple[LineNow, ...]
    tally: Tally


def of_board(connection: Any, commune_id: str, board: Board, on: str, today: str) -> Standing:
    """The board as it stood at the end of a day."""
    return of_boards(connection, commune_id, [board], on, today)[0]


def of_boards(connection: Any, commune_id: str, boards: Iterable[Board], on: str, today: str) -> list[Standing]:
    """Every one of the boards as it stood at the end of a day; the survey's figures are read once for all of them."""
    boards = list(boards)
    surveyed = any(line.kind == SURVEY for board in boards if not board.is_example for line in board.lines)
    lines = overview(connection, commune_id, None if on >= today else on, ()).lines if surveyed else ()
    figures = {each.indicator.code: each.figure for each in lines}
    return [of_examples(each) if each.is_example else _of_board(connection, commune_id, each, on, figures) for each in boards]


def _of_board(connection: Any, commune_id: str, board: Board, on: str, figures: Mapping[str, Figure]) -> Standing:
    kinds = {line.kind for line in board.lines}
    entries = reported.standing(connection, commune_id, board.code, on)
    values = _counted(connection, commune_id, board, on) if POINTS in kinds else {}
    lines = tuple(_now(board, line, figures, entries, values) for line in board.lines)
    return Standing(board, lines, tally(board, lines))


def of_examples(board: Board) -> Standing:
    """An example's board, by the values that were published with it."""
    said = {each.line: each for each in board.examples}
    lines = tuple(
        LineNow(line, line.state(said[line.code].value), value=said[line.code].value, day=said[line.code].date, only=said[line.code].only)
        if line.code in said else LineNow(line, NOT_STARTED)
        for line in board.lines
    )  # fmt: skip
    return Standing(board, lines, tally(board, lines))


def tally(board: Board, lines: tuple[LineNow, ...]) -> Tally:
    """How many lines are done: 8 of 14, 4 of them exceeded."""
    states = [each.state for each in lines]
    valued = sum(each.value is not None or each.share is not None for each in lines)
    known = sum(each.line.threshold is not None for each in lines)
    return Tally(board.in_all, known, sum(state in DONE for state in states), states.count(EXCEEDED), states.count(PROVISIONAL), valued)


def _now(
    board: Board, line: Line, figures: Mapping[str, Figure], entries: Mapping[str, Entry], values: Mapping[str, Value | None]
) -> LineNow:  # fmt: skip
    if line.kind == REPORTED:
        entry = entries.get(line.code)
        # A line that was of another measure when it was entered says nothing of this one.
        if entry is None or entry.value.measure != line.measure:
            return LineNow(line, NOT_STARTED)
        return LineNow(line, line.state(entry.value), value=entry.value, entry=entry, day=entry.day)
    if line.kind == POINTS:
        return LineNow(line, line.state(values.get(line.code)), value=values.get(line.code))
    figure, target = figures.get(line.indicator or ""), board.target(line)
    if figure is None:
        return LineNow(line, NOT_STARTED)
    if target is None:
        return LineNow(line, NO_TARGET if figure.coverage.visited else NOT_STARTED, figure)
    return LineNow(line, figure.state(target), figure)


def _counted(connection: Any, commune_id: str, board: Board, on: str) -> dict[str, Value | None]:
    places = standing(points.rows(connection, commune_id), on)
    villages = [each.village_id for each in areas.villages(connection, commune_id, on=on)]
    into = areas.successors(connection, commune_id, on)
    return {line.code: counted(line.counts, places, villages, into) for line in board.lines if line.kind == POINTS and line.counts}
