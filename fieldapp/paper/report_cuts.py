"""The cuts of a report as tables of its annex, each no wider than an A4 page: people by their parts, teams below each other like villages."""

from collections.abc import Iterator, Sequence

from fieldapp.figures.cuts import Cut, Part
from fieldapp.figures.figure import share_of
from fieldapp.figures.published import Line, Published
from fieldapp.paper.cut_rows import Named
from fieldapp.paper.letter import Paragraph, Table, text_mm
from fieldapp.paper.numbers import share, with_counts
from fieldapp.survey.cut import TEAM

NAME_MM, TEAM_MM, COLUMNS_AT_ONCE = 55, 45, 6
# So many parts leave room for the numbers behind a share.
FEW_PARTS = 3
HIDDEN, NOBODY = "ẩn", "–"


def cut_tables(report: Published, named: Named) -> Iterator[Table | Paragraph]:
    """The tables, and what their marks mean. Indicators that nobody is meant by have no row."""
    for cut in report.cuts:
        lines = [line for line in report.lines if _is_about(cut, line)]
        if not any(cut.cells.get(line.indicator.code) for line in lines):
            yield Paragraph(f"{_caption(cut, named)}: không nêu, vì mọi chỉ tiêu đều có nhóm dưới 10 người (hộ).")
        else:
            yield from _below_each_other(cut, lines, named) if cut.kind == TEAM else [_beside_each_other(cut, lines, named)]
    if any(cut.hidden for cut in report.cuts):
        yield Paragraph("Ô ghi “ẩn”: nếu nêu, có thể suy ra số của nhóm dưới 10 người (hộ) hoặc của thôn dưới 10 người (hộ).")


def _is_about(cut: Cut, line: Line) -> bool:
    return line.indicator.code in cut.cells.keys() | cut.hidden.keys() and bool(line.figure.balance.eligible)


def _beside_each_other(cut: Cut, lines: Sequence[Line], named: Named) -> Table:
    width = (text_mm() - NAME_MM) / len(cut.parts)
    counts = len(cut.parts) <= FEW_PARTS
    rows = [[line.indicator.short["vi"], *(_cell(cut, line, part, counts) for part in cut.parts)] for line in lines]
    return Table(_caption(cut, named), ("Chỉ tiêu", *(named(cut.kind, each) for each in cut.parts)), rows, (NAME_MM, *[width] * len(cut.parts)))


def _below_each_other(cut: Cut, lines: Sequence[Line], named: Named) -> Iterator[Table]:
    for start in range(0, len(lines), COLUMNS_AT_ONCE):
        some = lines[start : start + COLUMNS_AT_ONCE]
        width = (text_mm() - TEAM_MM) / len(some)
        rows = [[named(cut.kind, part), *(_cell(cut, line, part, False) for line in some)] for part in cut.parts]
        headings = (named(cut.kind, None), *(line.indicator.short["vi"] for line in some))
        yield Table(_caption(cut, named) + (" (tiếp)" if start else ""), headings, rows, (TEAM_MM, *[width] * len(some)))


def _caption(cut: Cut, named: Named) -> str:
    words = named(cut.kind, None)
    return f"Theo {words[:1].lower()}{words[1:]}"


def _cell(cut: Cut, line: Line, part: Part, counts: bool) -> str:
    code = line.indicator.code
    if part.code in cut.hidden.get(code, ()):
        return HIDDEN
    balance = cut.cells.get(code, {}).get(part.code)
    if balance is None or not balance.yes + balance.no:
        return NOBODY
    return with_counts(balance) if counts else share(share_of(balance))
