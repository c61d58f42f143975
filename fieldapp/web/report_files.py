"""The files of a frozen report: form → what makes it. An official document is Vietnamese, whatever language the desk is read in."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import force_locale

from fieldapp.figures.published import Published, published
from fieldapp.paper.letter import Letter
from fieldapp.paper.official_report import Words, letter
from fieldapp.paper.report_docx import docx
from fieldapp.paper.report_pdf import pdf
from fieldapp.store.reports import Report
from fieldapp.survey.report import unsealed
from fieldapp.web import words
from fieldapp.web.formats import village_name
from fieldapp.web.report_words import period_words


@dataclass(frozen=True, slots=True)
class Form:
    mimetype: str
    made: Callable[[Report], bytes]


def of_report(report: Published) -> Words:
    """The words of the report's codes, in the language that is spoken."""

    def village(village_id: str) -> str:
        found = report.names.get(village_id)
        return village_name(found) if found else village_id

    def of(kind: str) -> Callable[[str], str]:
        return lambda code: str(words.words(kind, code))

    return Words(period_words, village, of("state"), of("service"), of("unit"))  # type: ignore[arg-type]


def _letter(kept: Report) -> Letter:
    report = published(unsealed(kept.text))
    with force_locale("vi"):
        return letter(report, of_report(report))


FORMS = {
    "json": Form("application/json", lambda kept: kept.text.encode()),
    "docx": Form(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", lambda kept: docx(_letter(kept), kept.frozen_at)
    ),
    "pdf": Form("application/pdf", lambda kept: pdf(_letter(kept), kept.frozen_at)),
}  # fmt: skip
