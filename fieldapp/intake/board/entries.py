"""A reported value as an officer wrote it in the form of a line, and the file that proves it. Of a file is taken what its first bytes say it is."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import PurePath

from fieldapp.intake.lined import days, numbers
from fieldapp.intake.lined.finding import Finding
from fieldapp.survey.criteria import COUNT, PERCENT, Line, Value
from fieldapp.survey.day import is_day
from fieldapp.survey.text import nfc

MOST_BYTES, MOST_OF_ALL, MOST_SOURCE, MOST_NAME = 5_000_000, 300_000_000, 300, 100
STARTS = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
ZIP = b"PK\x03\x04"
# What a file of Word or Excel, which is a zip, has within.
OF_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
SUFFIXES = {"jpg": (".jpg", ".jpeg")}


@dataclass(frozen=True, slots=True)
class Given:
    """value: None while something refuses it."""

    value: Value | None
    day: str
    source: str
    findings: tuple[Finding, ...]


def read(line: Line, fields: Mapping[str, str], today: str) -> Given:
    """What was written. fields: percent, part, whole, count, at_least, day, source."""
    findings: list[Finding] = []
    value = _count(fields, findings) if line.measure == COUNT else _percent(fields, findings)
    written, source = fields.get("day", "") or today, nfc(fields.get("source", "")).strip()
    day = days.read(written) or ""
    if not day:
        findings.append(Finding("day_not_understood", "day", 0, written[:20]))
    elif day > today:
        findings.append(Finding("day_to_come", "day", 0, day))
    if not source:
        findings.append(Finding("text_missing", "source"))
    elif len(source) > MOST_SOURCE:
        findings.append(Finding("text_too_long", "source", 0, source[:40]))
    return Given(value, day, source, tuple(findings))


def day_of_address(text: str, today: str) -> str:
    """The day that an address asks for; today where it asks for none, for one to come, or for nonsense."""
    return text if is_day(text) and text < today else today


def kind_of(content: bytes) -> str | None:
    """What the file is, whatever its name says; None when it is nothing that is taken."""
    if content.startswith(ZIP):
        try:
            within = zipfile.ZipFile(io.BytesIO(content)).namelist()
        except (zipfile.BadZipFile, ValueError):
            return None
        return next((kind for kind, part in OF_OFFICE.items() if part in within), None)
    return next((kind for kind, start in STARTS.items() if content.startswith(start)), None)


def wrong_file(name: str, content: bytes, kept: int) -> Finding | None:
    """Why a file can't be taken. kept: how many bytes the commune's files have already."""
    if len(content) > MOST_BYTES:
        return Finding("file_too_large", "file")
    if kind_of(content) is None:
        return Finding("file_not_taken" if content else "file_empty", "file", 0, _bare(name))
    return Finding("files_full", "file") if kept + len(content) > MOST_OF_ALL else None


def name_of(name: str, kind: str) -> str:
    """The file's own name, without a path and whatever could make a header of it; its ending says what it is, so that nobody's machine takes it
    for something else."""
    bare = _bare(name)
    return bare if PurePath(bare).suffix.lower() in SUFFIXES.get(kind, (f".{kind}",)) else f"{bare}.{kind}"


def _bare(name: str) -> str:
    last = nfc(name).replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(each if each.isalnum() or each in " .-_()" else "_" for each in last).strip(" .")[-MOST_NAME:] or "tep"


def _percent(fields: Mapping[str, str], findings: list[Finding]) -> Value | None:
    percent, part, whole = (fields.get(name, "").strip() for name in ("percent", "part", "whole"))
    at_least = bool(fields.get("at_least"))
    if percent and (part or whole):
        findings.append(Finding("value_twice", "percent"))
    elif part or whole:
        return _part(part, whole, at_least, findings)
    elif not percent:
        findings.append(Finding("value_missing", "percent"))
    elif (number := numbers.exact(percent)) is None:
        findings.append(Finding("number_not_understood", "percent", 0, percent))
    elif number > 100:
        findings.append(Finding("percent_too_large", "percent", 0, percent))
    else:
        return Value(PERCENT, number, at_least=at_least)
    return None


def _part(part: str, whole: str, at_least: bool, findings: list[Finding]) -> Value | None:
    some, all = numbers.whole(part), numbers.whole(whole)
    if some is None or not all:
        wrong = ("part", part) if some is None else ("whole", whole)
        findings.append(Finding("number_not_understood", wrong[0], 0, wrong[1]))
        return None
    if some > all:
        findings.append(Finding("part_too_large", "part", 0, part))
        return None
    return Value(PERCENT, Fraction(100 * some, all), some, all, at_least)


def _count(fields: Mapping[str, str], findings: list[Finding]) -> Value | None:
    said = fields.get("count", "").strip()
    number = numbers.whole(said)
    if number is None:
        findings.append(Finding("number_not_understood" if said else "value_missing", "count", 0, said))
        return None
    return Value(COUNT, Fraction(number), at_least=bool(fields.get("at_least")))
