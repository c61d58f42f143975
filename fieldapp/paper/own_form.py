"""The province's own form, DOCX or XLSX, filled in with a report: `{{ ho_dang_o }}` becomes 395.

Whoever uploads a form writes a template, and a template is a program: it runs in a sandbox that reaches nothing but the figures. A placeholder that
nobody knows is said, never left empty: an empty cell in an official form reads as nothing to report."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from openpyxl import load_workbook

from fieldapp.figures.published import Published
from fieldapp.paper.form_places import placeholders, rows
from fieldapp.paper.official_report import Words

MOST_BYTES, MOST_UNPACKED_BYTES = 2_000_000, 30_000_000
DOCX, XLSX = "word/document.xml", "xl/workbook.xml"
PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
OF_ROW = re.compile(r"has no attribute '(\w+)'")


class Unfillable(Exception):
    """The file can't be filled in. names: of placeholders that nobody knows, none where the file itself is not as it should be."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = sorted(names)
        super().__init__(", ".join(self.names))


def filled(content: bytes, report: Published, words: Words) -> tuple[str, bytes]:
    """("docx" or "xlsx", the filled file). Raises Unfillable."""
    parts = _parts(content)
    values: dict[str, Any] = {each.name: each.value for each in placeholders(report, words)}
    if DOCX in parts:
        return "docx", _docx(content, values | rows(report, words))
    if XLSX in parts:
        return "xlsx", _xlsx(content, values)
    raise Unfillable


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
    sandbox = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
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
    except UndefinedError as why:  # of a row of a list: t.no_such
        raise Unfillable(OF_ROW.findall(str(why))) from why
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
