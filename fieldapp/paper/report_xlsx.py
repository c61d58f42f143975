"""A report as a workbook that goes on reckoning: the villages' counts stand as numbers, all that is made of them as formulas.

Each formula carries its result too, for readers that don't reckon."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

from fieldapp.figures.campaign_figures import CampaignLine
from fieldapp.figures.figure import share_of
from fieldapp.figures.published import Published
from fieldapp.paper.cut_rows import HEADINGS as CUT_HEADINGS
from fieldapp.paper.cut_rows import Named, cut_cells, cut_rows
from fieldapp.paper.report_annex import ages
from fieldapp.paper.report_rows import HEADINGS, about, cells, length, place_of, rows
from fieldapp.paper.rule_words import rule_words

COUNTS, INDICATORS, COVERAGE, CAMPAIGN, CUTS, HOW = "Số liệu", "Chỉ tiêu", "Độ phủ", "Trong đợt", "Theo nhóm", "Cách tính"
FIRST = 3  # the first row below the lines about it and the headings, counted from 0


def xlsx(report: Published, period: str, village: Callable[[str], str], named: Named) -> bytes:
    """The workbook's file. period: in words; village: id → its name; named: of cuts."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheets = _Sheets(book, about(report, period, length(report)))
    indicators, coverage = sheets.sheet(INDICATORS, (40, 11, 11, 11, 11, 11, 11, 13, 12, 11)), sheets.sheet(COVERAGE, (14, 28, 14, 14, 14, 12))
    counts = sheets.sheet(COUNTS, (12, 24, 20, 6, 44, 8, 9, 9, 9, 9, 12, 14, 14))
    if report.campaign:
        _campaign(sheets, sheets.sheet(CAMPAIGN, (20, 44, 9, 9, 9, 12, 12, 12)), report.campaign.figures.lines)
    if report.cuts:
        _cuts(sheets, sheets.sheet(CUTS, (20, 30, 20, 6, 44, 8, 9, 9, 9, 9)), report, named)
    how = sheets.sheet(HOW, (22, 44, 24, 44, 60, 60, 40))
    last = FIRST + length(report)
    _of_commune(sheets, indicators, report, last)
    _coverage(sheets, coverage, report, village)
    _counts(sheets, counts, report, village)
    _how(sheets, how, report)
    book.close()
    return made.getvalue()


class _Sheets:
    """The workbook with its ways of writing. heads: the lines above every table."""

    def __init__(self, book: Any, heads: Sequence[str]) -> None:
        self.book, self.heads = book, heads
        self.bold, self.head = book.add_format({"bold": True}), book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.share, self.sum = book.add_format({"num_format": "0.0%"}), book.add_format({"bold": True, "top": 1})
        self.sum_share = book.add_format({"num_format": "0.0%", "bold": True, "top": 1})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})

    def sheet(self, name: str, widths: Sequence[int]) -> Any:
        made = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            made.set_column(column, column, width)
        for line, text in enumerate(self.heads):
            made.write_string(line, 0, text, self.bold if line == 0 else None)
        made.freeze_panes(FIRST, 0)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        return made

    def headings(self, sheet: Any, headings: Sequence[str]) -> None:
        sheet.write_row(FIRST - 1, 0, headings, self.head)


def _of_commune(sheets: _Sheets, sheet: Any, report: Published, last: int) -> None:
    headings = ("Chỉ tiêu", "Mã", "Có", "Không", "Chưa rõ", "Tỷ lệ", "Tỷ lệ chưa rõ", "Lúc đến", "Tổ làm thêm", "Đầu kỳ")
    sheets.headings(sheet, headings)
    for number, line in enumerate(report.lines, start=FIRST):
        row = number + 1
        sheet.write_string(number, 0, line.indicator.names["vi"])
        sheet.write_string(number, 1, line.indicator.code)
        for column, letter, value in zip((2, 3, 4, 8), "GHIK", (*line.figure.balance, line.effect.yes), strict=True):
            counted, named = f"'{COUNTS}'!${letter}${FIRST + 1}:${letter}${last}", f"'{COUNTS}'!$C${FIRST + 1}:$C${last}"
            sheet.write_formula(number, column, f"=SUMIFS({counted},{named},$B{row})", None, value)
        _share(sheets, sheet, number, 5, f"C{row}", f"C{row}+D{row}", line.figure.value)
        _share(sheets, sheet, number, 6, f"E{row}", f"C{row}+D{row}+E{row}", line.figure.unknown_share)
        # What the team gained was not "yes" before, and nearly always "no": without it the value as found.
        sheet.write(number, 7, line.found, sheets.share)
        sheet.write(number, 9, line.before.value if line.before else "ẩn", sheets.share)


def _share(sheets: _Sheets, sheet: Any, row: int, column: int, part: str, whole: str, value: float | None, bold: bool = False) -> None:
    """A share as a formula; empty where nobody is there to be shared."""
    how = sheets.sum_share if bold else sheets.share
    sheet.write_formula(row, column, f'=IF(({whole})=0,"",({part})/({whole}))', how, "" if value is None else value)


def _coverage(sheets: _Sheets, sheet: Any, report: Published, village: Callable[[str], str]) -> None:
    sheets.headings(sheet, ("Mã thôn", "Thôn", "Đã khảo sát", "Chưa khảo sát", "Hộ đang ở", "Độ phủ"))
    number = FIRST
    for number, row in enumerate(report.villages, start=FIRST):
        village_id, coverage = row.village.village_id, row.coverage
        sheet.write_row(number, 0, (place_of(report, village_id), village(village_id), coverage.visited, coverage.unvisited))
        sheet.write_formula(number, 4, f"=C{number + 1}+D{number + 1}", None, row.coverage.registered)
        _share(sheets, sheet, number, 5, f"C{number + 1}", f"E{number + 1}", row.coverage.share)
    end = FIRST + len(report.villages)
    sheet.write_string(end, 1, "Các thôn của đợt" if report.of_part else "Toàn xã", sheets.sum)
    for column, letter, value in zip((2, 3, 4), "CDE", (report.coverage.visited, report.coverage.unvisited, report.coverage.registered), strict=True):
        sheet.write_formula(end, column, f"=SUM({letter}{FIRST + 1}:{letter}{end})", sheets.sum, value)
    _share(sheets, sheet, end, 5, f"C{end + 1}", f"E{end + 1}", report.coverage.share, bold=True)


def _counts(sheets: _Sheets, sheet: Any, report: Published, village: Callable[[str], str]) -> None:
    sheets.headings(sheet, HEADINGS)
    for number, row in enumerate(rows(report, village), start=FIRST):
        told = cells(row)
        sheet.write_row(number, 0, told[:9])
        _share(sheets, sheet, number, 9, f"G{number + 1}", f"G{number + 1}+H{number + 1}", row.figure.value)
        sheet.write_row(number, 10, told[10:])
    sheet.autofilter(FIRST - 1, 0, FIRST - 1 + length(report), len(HEADINGS) - 1)


def _campaign(sheets: _Sheets, sheet: Any, lines: Sequence[CampaignLine]) -> None:
    """What the campaign's own visits left, and what of the yes is the help given in them."""
    sheets.headings(sheet, ("Mã", "Chỉ tiêu", "Có", "Không", "Chưa rõ", "Tổ làm thêm", "Lúc đến", "Lúc về"))
    for number, line in enumerate(lines, start=FIRST):
        sheet.write_row(number, 0, (line.indicator.code, line.indicator.names["vi"], *line.left, line.effect.yes))
        sheet.write(number, 6, line.shares[0], sheets.share)
        _share(sheets, sheet, number, 7, f"C{number + 1}", f"C{number + 1}+D{number + 1}", line.shares[1])


def _cuts(sheets: _Sheets, sheet: Any, report: Published, named: Named) -> None:
    sheets.headings(sheet, CUT_HEADINGS)
    number = FIRST - 1
    for number, row in enumerate(cut_rows(report, named), start=FIRST):
        sheet.write_row(number, 0, cut_cells(row)[:9])
        _share(sheets, sheet, number, 9, f"G{number + 1}", f"G{number + 1}+H{number + 1}", share_of(row.balance))
    sheet.autofilter(FIRST - 1, 0, number, len(CUT_HEADINGS) - 1)


def _how(sheets: _Sheets, sheet: Any, report: Published) -> None:
    sheets.headings(sheet, ("Mã", "Chỉ tiêu", "Tuổi", "Chỉ xét khi", "Tính là có khi", "Tính là không khi", "Nguồn"))
    for number, line in enumerate(report.lines, start=FIRST):
        each = line.indicator
        rules = (rule_words(rule, line.asked) if rule else "" for rule in (each.when, each.yes, each.no))
        sheet.write_row(number, 0, (each.key, each.names["vi"], ages(each).strip(), *rules, each.source), sheets.wrap)
