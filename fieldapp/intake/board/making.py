"""A criteria board as an officer makes or completes it: its head from a form, its lines from a spreadsheet, and what would be otherwise."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from fieldapp.intake.lined import days
from fieldapp.intake.lined.finding import Finding
from fieldapp.survey.criteria import Board, Line, plain
from fieldapp.survey.indicator import OWN_CODE
from fieldapp.survey.text import folded, nfc

# field → the most characters; all must be written.
TEXTS = {"name": 160, "decision": 120, "area": 60}
FIELDS = (*TEXTS, "date", "since", "until", "in_all")
MOST_LINES, MOST_UNTIL = 300, 2100
OWN = re.compile(OWN_CODE + "[a-z0-9_]{1,37}")


@dataclass(frozen=True, slots=True)
class Made:
    """board: None while something refuses it; since: from which day it holds."""

    board: Board | None
    since: str
    findings: tuple[Finding, ...]


def read(fields: Mapping[str, str], lines: tuple[Line, ...], before: Board | None, others: Collection[Board], today: str) -> Made:
    """What was written. before: the board that it changes, None for a new one; others: the commune's boards, of whose names it may have none."""
    said = {name: nfc(fields.get(name, "")).strip() for name in FIELDS}
    findings = [
        Finding("text_missing" if not said[name] else "text_too_long", name) for name, most in TEXTS.items() if not 0 < len(said[name]) <= most
    ]
    date = _day(said["date"], "date", today, findings)
    since = _day(said["since"] or (today if before else date), "since", today, findings)
    for name, most in (("until", MOST_UNTIL), ("in_all", MOST_LINES)):
        if said[name] and not (said[name].isdecimal() and len(said[name]) < 5 and int(said[name]) <= most):
            findings.append(Finding("number_not_understood", name, 0, said[name][:20]))
    if len(lines) > MOST_LINES:
        findings.append(Finding("lines_too_many", "file", 0, str(len(lines))))
    if any(folded(said["name"]) == folded(each.names["vi"]) for each in others if not before or each.code != before.code):
        findings.append(Finding("name_taken", "name"))
    if findings:
        return Made(None, since, tuple(findings))
    names = {**(before.names if before and before.names["vi"] == said["name"] else {}), "vi": said["name"]}
    until, in_all = (int(said[each] or 0) for each in ("until", "in_all"))
    # A new board keeps the code that it had when it was looked at.
    own = fields.get("code", "") if OWN.fullmatch(fields.get("code", "")) else ""
    code = before.code if before else own or _code(said["name"], {each.code for each in others})
    kept = tuple(_as_before(each, before) for each in lines)
    return Made(Board(code, names, said["decision"], date, until or None, said["area"], kept, max(in_all, len(lines))), since, ())


def fields_of(board: Board) -> dict[str, str]:
    """The fields that would be read as its head."""
    return {
        "name": board.names["vi"], "decision": board.decision, "area": board.area, "date": board.date, "until": str(board.until or ""),
        "in_all": str(board.in_all),
    }  # fmt: skip


def changes(before: Board | None, after: Board) -> list[tuple[str, Line]]:
    """(what, line) of each line that is new, otherwise than before, or no longer there."""
    old = {each.code: each for each in before.lines} if before else {}
    new = {each.code: each for each in after.lines}
    found = [("added" if code not in old else "changed", line) for code, line in new.items() if old.get(code) != line]
    return found + [("removed", line) for code, line in old.items() if code not in new]


def alike(one: Board, other: Board) -> bool:
    """Whether both say the same."""
    return plain(one) == plain(other)


def _day(text: str, where: str, today: str, findings: list[Finding]) -> str:
    day = days.read(text)
    if day is None:
        findings.append(Finding("day_not_understood", where, 0, text[:20]))
    elif day > today:
        findings.append(Finding("day_to_come", where, 0, text))
    return day or today


def _as_before(line: Line, before: Board | None) -> Line:
    """A spreadsheet has no room for a note, and an English name that was there stays with a Vietnamese one that did not change."""
    old = before.line(line.code) if before else None
    if old is None:
        return line
    names = dict(old.names) if old.names["vi"] == line.names["vi"] and "en" not in line.names else line.names
    return replace(line, names=names, note=old.note if old.indicator == line.indicator else None)


def _code(name: str, taken: Collection[str]) -> str:
    code = OWN_CODE + (re.sub(r"[^a-z0-9]+", "_", folded(name)).strip("_")[:30] or "bo_tieu_chi")
    return next(each for each in (code, *(f"{code}_{number}" for number in range(2, 1000))) if each not in taken)
