"""A report for a province's DHIS2: dataValueSets JSON, and ADX XML; both name things by their codes (idScheme=CODE).

Only the commune's own totals leave it, and of an indicator with fewer than ten eligible nothing does: outside the commune nobody must be able
to read single people from a figure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from fieldapp.figures.published import Published
from fieldapp.survey.cut import CUTS, PLACE
from fieldapp.survey.disclosure import SMALL
from fieldapp.survey.period import MONTHS, Period

DATA_SET = "TUNG_NHA"
ADX = "urn:ihe:qrph:adx:2015"
# DHIS2 knows no nine months and no days of one's own: those are told as the day that they count up to.
AS_A_DAY = ("nine", "campaign", "free")
# Cuts that are categories there; the ages' codes as DHIS2 takes them: AGE_60_PLUS.
CATEGORIES = (PLACE, *CUTS)
OPTIONS = {band: band.replace("-", "_").replace("+", "_PLUS") for band in CUTS["age"]}


def values(report: Published) -> Iterator[tuple[str, int]]:
    """(data element, value): the coverage, then yes, no and unknown of each indicator."""
    yield "COVERAGE_VISITED", report.coverage.visited
    yield "COVERAGE_UNVISITED", report.coverage.unvisited
    for line in report.lines:
        if line.figure.balance.eligible >= SMALL:
            for name, value in zip(("YES", "NO", "UNKNOWN"), line.figure.balance, strict=True):
                yield f"{line.indicator.code.upper()}_{name}", value


@dataclass(frozen=True, slots=True)
class Disaggregated:
    """A value of one part: a data element of its own, for in DHIS2 a data element has one way to be cut. category, option: codes."""

    element: str
    category: str
    option: str
    value: int


def disaggregated(report: Published) -> Iterator[Disaggregated]:
    """What of the cuts a province knows too: teams are the commune's own."""
    for cut in (each for each in report.cuts if each.kind in CATEGORIES):
        category = cut.kind.upper()
        for line in (each for each in report.lines if each.indicator.code in cut.cells):
            for part, balance in cut.cells[line.indicator.code].items():
                for name, value in zip(("YES", "NO", "UNKNOWN"), balance, strict=True):
                    element = f"{line.indicator.code.upper()}_{name}_BY_{category}"
                    yield Disaggregated(element, category, OPTIONS.get(part, part).upper(), value)


def data_value_set(report: Published) -> bytes:
    """The body of a POST to /api/dataValueSets."""
    period, place = _period(report.period, report.as_of), report.commune["code"]
    told = [{"dataElement": name, "period": period, "orgUnit": place, "value": str(value)} for name, value in values(report)]
    told += [
        {"dataElement": each.element, "period": period, "orgUnit": place, "categoryOptionCombo": f"{each.category}_{each.option}",
         "value": str(each.value)}
        for each in disaggregated(report)
    ]  # fmt: skip
    document = {"dataSet": DATA_SET, "completeDate": report.as_of, "period": period, "orgUnit": place, "dataValues": told}
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def adx(report: Published) -> bytes:
    """The same as ADX: one group of the data set, the period and the commune."""
    ElementTree.register_namespace("", ADX)
    root = ElementTree.Element(f"{{{ADX}}}adx", {"exported": (report.frozen or {})["at"]})
    about = {"dataSet": DATA_SET, "period": _duration(report.period, report.as_of), "orgUnit": report.commune["code"]}
    group = ElementTree.SubElement(root, f"{{{ADX}}}group", about)
    for name, value in values(report):
        ElementTree.SubElement(group, f"{{{ADX}}}dataValue", {"dataElement": name, "value": str(value)})
    for each in disaggregated(report):
        named = {"dataElement": each.element, each.category: each.option, "value": str(each.value)}
        ElementTree.SubElement(group, f"{{{ADX}}}dataValue", named)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _period(period: Period, as_of: str) -> str:
    """DHIS2's own names of periods: 202611, 2026Q4, 2026S2, 2026, 20261120."""
    if period.kind in AS_A_DAY:
        return as_of.replace("-", "")
    named = {"month": f"{period.number:02}", "quarter": f"Q{period.number}", "half": f"S{period.number}", "year": ""}
    return f"{period.year}{named[period.kind]}"


def _duration(period: Period, as_of: str) -> str:
    months = MONTHS[period.kind]
    return f"{as_of}/P1D" if period.kind in AS_A_DAY or months is None else f"{period.first}/{'P1Y' if months == 12 else f'P{months}M'}"
