"""The province's own form, DOCX or XLSX, filled in with a report: `{{ ho_dang_o }}` becomes 395.

Whoever uploads a form writes a template, and a template is a program: it runs in a sandbox that reaches nothing but the figures. A placeholder that
nobody knows is said, never left empty: an empty cell in an official form reads as nothing to report."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment
from openpyxl import load_workbook

from fieldapp.figures.published import Line, Published, VillageRow
from fieldapp.paper.numbers import share
from fieldapp.paper.official_report import Words
from fieldapp.survey.indicator import Indicator

MOST_BYTES, MOST_UNPACKED_BYTES = 2_000_000, 30_000_000
DOCX, XLSX = "word/document.xml", "xl/workbook.xml"
PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
LIST = "thon"
HIDDEN = "ẩn"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """value: as it is filled in; part: what of the report it is, a code; indicator: whose part, None of the whole report's."""

    name: str
    value: str | int
    part: str
    indicator: Indicator | None = None


class Unfillable(Exception):
    """The file can't be filled in. names: of placeholders that nobody knows, none where the file itself is not as it should be."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = sorted(names)
        super().__init__(", ".join(self.names))


def placeholders(report: Published, words: Words) -> list[Placeholder]:
    """Every placeholder that stands for one value, with its value in this report."""
    day = "{0[2]}/{0[1]}/{0[0]}".format
    of_commune: list[tuple[str, str | int, str]] = [
        ("xa", report.commune["name"], "commune"), ("tinh", report.commune["province"], "province"), ("ky", words.period(report.period), "period"),
        ("tu_ngay", day(report.period.first.split("-")), "first"), ("den_ngay", day(report.period.last.split("-")), "last"),
        ("so_lieu_den", day(report.as_of.split("-")), "as_of"), ("ho_dang_o", report.coverage.registered, "registered"),
        ("ho_da_khao_sat", report.coverage.visited, "visited"), ("do_phu", share(report.coverage.share), "coverage"),
        ("so_nguoi", report.counts.people, "people"), ("nguoi_chot", (report.frozen or {})["name"], "frozen_by"),
        ("ma_kiem_tra", report.sha256 or "", "sha256"),
    ]  # fmt: skip
    hidden = [replace(each, value=HIDDEN) for line in report.untold for each in _of_line(line, words)]
    return [Placeholder(*each) for each in of_commune] + [each for line in report.lines for each in _of_line(line, words)] + hidden


def _of_line(line: Line, words: Words) -> Iterator[Placeholder]:
    indicator, balance = line.indicator, line.figure.balance
    yield Placeholder(indicator.code, share(line.figure.value), "value", indicator)
    for suffix, value, part in (
        ("co", balance.yes, "yes"), ("khong", balance.no, "no"), ("chua_ro", balance.unknown, "unknown"),
        ("dau_ky", share(line.before.value), "before"), ("tang_them", line.effect.yes, "effect"),
        ("danh_gia", "; ".join(dict.fromkeys(words.state(each.state) for each in line.standings)), "state"),
    ):  # fmt: skip
        yield Placeholder(f"{indicator.code}_{suffix}", value, part, indicator)


def filled(content: bytes, report: Published, words: Words) -> tuple[str, bytes]:
    """("docx" or "xlsx", the filled file). Raises Unfillable."""
    parts = _parts(content)
    values: dict[str, Any] = {each.name: each.value for each in placeholders(report, words)}
    if DOCX in parts:
        return "docx", _docx(content, values | {LIST: [_of_village(row, words) for row in report.villages]})
    if XLSX in parts:
        return "xlsx", _xlsx(content, values)
    raise Unfillable


def _of_village(row: VillageRow, words: Words) -> dict[str, Any]:
    of_place = {"ten": words.village(row.village.village_id), "ho_dang_o": row.coverage.registered, "ho_da_khao_sat": row.coverage.visited}
    values = {code: share(row.figures[code].value) if code in row.figures else HIDDEN for code in row.effects}
    return of_place | {"do_phu": share(row.coverage.share)} | values


def _parts(content: bytes) -> set[str]:
    """The names of the package's parts; a file that would swell is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            inside = package.infolist()
    except zipfile.BadZipFile:
        raise Unfillable from None
    if len(content) > MOST_BYTES or sum(each.file_size for each in inside) > MOST_UNPACKED_BYTES:
        raise Unfillable
    return {each.filename for each in inside}


def _docx(content: bytes, values: Mapping[str, Any]) -> bytes:
    sandbox = ImmutableSandboxedEnvironment(autoescape=True)
    made = io.BytesIO()
    try:
        template = DocxTemplate(io.BytesIO(content))
        unknown = template.get_undeclared_template_variables(sandbox, dict(values))
        if unknown:
            raise Unfillable(unknown)
        template.render(dict(values), sandbox, autoescape=True)
        template.save(made)
    except Unfillable:
        raise
    except Exception as why:  # a template is somebody else's program: whatever it raises is its own fault, and the file's
        raise Unfillable from why
    return made.getvalue()


def _xlsx(content: bytes, values: Mapping[str, Any]) -> bytes:
    try:
        book = load_workbook(io.BytesIO(content))
    except Exception as why:  # as above
        raise Unfillable from why
    places = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and "{{" in cell.value]
    unknown = {name for cell in places for name in PLACE.findall(cell.value) if name not in values}
    if unknown:
        raise Unfillable(unknown)
    for cell in places:
        alone = PLACE.fullmatch(cell.value.strip())
        # A number alone in its cell stays a number, for the form's own sums.
        cell.value = values[alone[1]] if alone else PLACE.sub(lambda found: str(values[found[1]]), cell.value)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
