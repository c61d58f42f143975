"""The targets that a province sets for all its communes, as its officer wrote them in a form: a board whose lines are the survey's alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from fieldapp.intake.board import making
from fieldapp.intake.board.making import Made
from fieldapp.intake.lined import numbers
from fieldapp.intake.lined.finding import Finding
from fieldapp.survey.criteria import SURVEY, Board, Line, targets_of
from fieldapp.survey.indicator import Indicator
from fieldapp.survey.target import DIRECTIONS, DOWN, UP

CODE = "province_targets"
MOST_PERCENT = 100
# Of these, fewer is better; else what ships tells the way.
FEWER = ("poor_without_smartphone",)


def read(fields: Mapping[str, str], indicators: Iterable[Indicator], before: Board | None, today: str) -> Made:
    """What was written: name, decision, date, since, area, and of each indicator `percent.<code>` and `direction.<code>`; without a percentage
    nothing is asked of it. before: the targets that this takes the place of."""
    findings: list[Finding] = []
    lines = tuple(_lines(fields, indicators, findings))
    if not lines and before is None:
        findings.append(Finding("value_missing", "lines"))
    # All of a decision that a province turns into targets is known: there are no more lines than these.
    made = making.read({**fields, "in_all": ""}, lines, before, (), today)
    if findings or made.board is None:
        return Made(None, made.since, (*findings, *made.findings))
    return replace(made, board=replace(made.board, code=CODE, in_all=len(lines)))


def fields_of(board: Board | None, indicators: Iterable[Indicator]) -> dict[str, str]:
    """The fields that would be read as these targets; of an indicator that nothing is asked of, the way in which it
    is better."""
    fields = {} if board is None else making.fields_of(board)
    lines = {} if board is None else {line.indicator: line for line in board.lines}
    for each in indicators:
        line, usual = lines.get(each.code), DOWN if each.code in FEWER else UP
        fields[f"direction.{each.code}"] = line.direction if line else next((target.direction for target in targets_of(each.code)), usual)
        fields[f"percent.{each.code}"] = numbers.written(line.threshold) if line and line.threshold is not None else ""
    return fields


def _lines(fields: Mapping[str, str], indicators: Iterable[Indicator], findings: list[Finding]) -> Iterator[Line]:
    for each in indicators:
        text = fields.get(f"percent.{each.code}", "").strip()
        percent, direction = numbers.exact(text) if text else None, fields.get(f"direction.{each.code}", UP)
        if text and percent is None:
            findings.append(Finding("number_not_understood", f"percent.{each.code}", 0, text[:20]))
        elif percent is not None and percent > MOST_PERCENT:
            findings.append(Finding("percent_too_large", f"percent.{each.code}", 0, text))
        elif percent is not None:
            way = direction if direction in DIRECTIONS else UP
            yield Line(each.code, each.group, each.names, SURVEY, indicator=each.code, threshold=percent, direction=way)
