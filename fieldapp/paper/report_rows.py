"""The figures of a report as rows: one for each village and indicator, the same in every file that somebody reckons on with. Villages that are told
of together (figures/outside.py) are one row, so that every sum comes out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fieldapp.figures.figure import Figure
from fieldapp.figures.published import Pool, Published
from fieldapp.survey.balance import Balance
from fieldapp.survey.indicator import Indicator


@dataclass(frozen=True, slots=True)
class Row:
    """place: the village's code, as households' codes begin; effect: what the team's help gained and lost."""

    place: str
    village: str
    indicator: Indicator
    figure: Figure
    effect: Balance


# No village has this number in households' codes.
TOGETHER = "00"
HEADINGS = (
    "Mã thôn", "Thôn", "Mã chỉ tiêu", "Bản", "Chỉ tiêu", "Đơn vị", "Có", "Không", "Chưa rõ", "Tỷ lệ", "Tổ làm thêm",
    "Hộ đã khảo sát", "Hộ chưa khảo sát",
)  # fmt: skip


def rows(report: Published, village: Callable[[str], str]) -> Iterator[Row]:
    """By indicator, then village. village: id → its name."""
    for line in report.lines:
        code = line.indicator.code
        for row in (each for each in report.villages if code in each.figures):
            id = row.village.village_id
            yield Row(place_of(report, id), village(id), line.indicator, row.figures[code], row.effects[code])
        if code in report.pools:
            pool = report.pools[code]
            yield Row(f"{report.commune['code']}-{TOGETHER}", together(pool), line.indicator, pool.figure, pool.effect)


def together(pool: Pool) -> str:
    """The name of the row of villages that are told of together."""
    return f"{pool.villages} thôn gộp lại"


def length(report: Published) -> int:
    """How many rows there are."""
    return len(report.pools) + sum(line.indicator.code in row.figures for line in report.lines for row in report.villages)


def cells(row: Row) -> list[str | int | float | None]:
    """The cells below HEADINGS."""
    balance, coverage, unit = row.figure.balance, row.figure.coverage, "người" if row.indicator.unit == "person" else "hộ"
    return [
        row.place, row.village, row.indicator.code, row.indicator.version, row.indicator.names["vi"], unit,
        balance.yes, balance.no, balance.unknown, None if row.figure.value is None else round(row.figure.value, 6), row.effect.yes,
        coverage.visited, coverage.unvisited,
    ]  # fmt: skip


def place_of(report: Published, village_id: str) -> str:
    """A village as households' codes begin: 15835-03."""
    return f"{report.commune['code']}-{report.names[village_id].number:02}"


def about(report: Published, period: str, lines: int) -> list[str]:
    """The lines above a table: whose, when, how many lines it has, and what proves them."""
    return [
        f"{report.commune['name']}: {period}, số liệu đến {report.as_of[8:]}/{report.as_of[5:7]}/{report.as_of[:4]}",
        f"{lines} dòng; mã kiểm tra của báo cáo: {report.sha256}",
    ]
