"""The files of a frozen report: form → what makes it. An official document is Vietnamese, whatever language the desk is read in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask_babel import force_locale

from fieldapp.figures.outside import outside
from fieldapp.figures.published import Published, published
from fieldapp.paper.cut_rows import HEADINGS as CUT_HEADINGS
from fieldapp.paper.cut_rows import Named, cut_cells, cut_rows
from fieldapp.paper.dhis2 import adx, data_value_set
from fieldapp.paper.household_list import as_csv
from fieldapp.paper.letter import Letter
from fieldapp.paper.official_report import Words, letter
from fieldapp.paper.report_docx import docx
from fieldapp.paper.report_package import sqlite
from fieldapp.paper.report_pdf import pdf
from fieldapp.paper.report_rows import HEADINGS, about, cells, length, rows
from fieldapp.paper.report_xlsx import xlsx
from fieldapp.store.reports import Report
from fieldapp.survey.report import unsealed
from fieldapp.web import words
from fieldapp.web.figures.cut_words import name_of
from fieldapp.web.formats import village_name
from fieldapp.web.households.listed import XLSX
from fieldapp.web.reports.report_words import period_words


@dataclass(frozen=True, slots=True)
class Form:
    """suffix: how the file's name ends."""

    suffix: str
    mimetype: str
    made: Callable[[Report], bytes]


@contextmanager
def in_vietnamese(report: Published) -> Iterator[tuple[Published, Words]]:
    """The report and the words of its codes: an official paper is Vietnamese."""

    def of(kind: str) -> Callable[[str], str]:
        return lambda code: str(words.words(kind, code))

    with force_locale("vi"):
        names = {village_id: village_name(village) for village_id, village in report.names.items()}
        yield report, Words(period_words, lambda village_id: names.get(village_id, village_id), of("state"), of("service"), of("unit"), name_of)


def _reckoned(kept: Report, made: Callable[[Published, str, Callable[[str], str], Named], bytes]) -> bytes:
    """A file of the report, its period in words, its villages' names, and those of its cuts."""
    with in_vietnamese(outside(published(unsealed(kept.text)))) as (report, told):
        return made(report, told.period(report.period), told.village, told.part)


def _letter(kept: Report) -> Letter:
    with in_vietnamese(outside(published(unsealed(kept.text)))) as (report, told):
        return letter(report, told)


def _csv(report: Published, period: str, village: Callable[[str], str], _named: Named) -> bytes:
    return b"".join(as_csv(about(report, period, length(report)), HEADINGS, map(cells, rows(report, village))))


def _csv_of_cuts(report: Published, period: str, _village: Callable[[str], str], named: Named) -> bytes:
    lines = list(map(cut_cells, cut_rows(report, named)))
    return b"".join(as_csv(about(report, period, len(lines)), CUT_HEADINGS, lines))


FORMS = {
    "docx": Form(
        "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", lambda kept: docx(_letter(kept), kept.frozen_at)
    ),
    "pdf": Form("pdf", "application/pdf", lambda kept: pdf(_letter(kept), kept.frozen_at)),
    "xlsx": Form("xlsx", XLSX, lambda kept: _reckoned(kept, xlsx)),
    "csv": Form("csv", "text/csv; charset=utf-8", lambda kept: _reckoned(kept, _csv)),
    "cuts": Form("theo-nhom.csv", "text/csv; charset=utf-8", lambda kept: _reckoned(kept, _csv_of_cuts)),
    "sqlite": Form("sqlite", "application/vnd.sqlite3", lambda kept: _reckoned(kept, sqlite)),
    "dhis2": Form("dhis2.json", "application/json", lambda kept: data_value_set(outside(published(unsealed(kept.text))))),
    "adx": Form("adx.xml", "application/xml", lambda kept: adx(outside(published(unsealed(kept.text))))),
    "json": Form("json", "application/json", lambda kept: kept.text.encode()),
}  # fmt: skip
