"""The cuts of a report as rows, the same in every file that somebody reckons on with: one for each part and indicator. What must not be told has
none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fieldapp.figures.cuts import Part
from fieldapp.figures.figure import share_of
from fieldapp.figures.published import Published
from fieldapp.survey.balance import Balance
from fieldapp.survey.indicator import Indicator

# Kind, part → its words; of None those of the cut.
Named = Callable[[str, Part | None], str]


@dataclass(frozen=True, slots=True)
class CutRow:
    """cut, part: in words."""

    kind: str
    code: str
    cut: str
    part: str
    indicator: Indicator
    balance: Balance


HEADINGS = ("Chia theo", "Nhóm", "Mã chỉ tiêu", "Bản", "Chỉ tiêu", "Đơn vị", "Có", "Không", "Chưa rõ", "Tỷ lệ")


def cut_rows(report: Published, named: Named) -> Iterator[CutRow]:
    """By cut, indicator, part."""
    for cut in report.cuts:
        for line in (each for each in report.lines if each.indicator.code in cut.cells):
            cells = cut.cells[line.indicator.code]
            for part in (each for each in cut.parts if each.code in cells):
                yield CutRow(cut.kind, part.code, named(cut.kind, None), named(cut.kind, part), line.indicator, cells[part.code])


def cut_cells(row: CutRow) -> list[str | int | float | None]:
    """The cells below HEADINGS."""
    about, share = row.indicator, share_of(row.balance)
    unit = "người" if about.unit == "person" else "hộ"
    return [row.cut, row.part, about.code, about.version, about.names["vi"], unit, *row.balance, None if share is None else round(share, 6)]
