"""What a campaign's own visits came to, in the words and tables of an official letter."""

from collections.abc import Callable, Iterator

from fieldapp.figures.campaign_figures import CampaignLine
from fieldapp.figures.published import Published
from fieldapp.paper.letter import Paragraph, Table
from fieldapp.paper.numbers import count, share, with_counts


def campaign_blocks(report: Published, village: Callable[[str], str]) -> Iterator[Paragraph | Table]:
    """Nothing where the report is of no campaign. village: id → its name."""
    if report.campaign is None:
        return
    campaign, figures, part = report.campaign.campaign, report.campaign.figures, part_reached(report)
    goal = "" if campaign.goal is None else f"; mục tiêu của đợt là {share(campaign.goal / 100)}, {against(part, campaign.goal)}"
    where = "" if campaign.villages is None else f" của {count(len(report.villages))} thôn"
    yield Paragraph(
        f"Trong đợt, các tổ đã khảo sát {count(figures.households)}/{count(report.coverage.registered)} hộ đang ở{where}, đạt {share(part)}{goal}. "
        f"Các hộ ấy có {count(figures.people)} người cư trú."
    )
    rows = [
        [village(row.village.village_id), count(row.coverage.registered), count(figures.reached.get(row.village.village_id, 0)),
         share(figures.reached.get(row.village.village_id, 0) / row.coverage.registered if row.coverage.registered else None)]
        for row in report.villages
    ]  # fmt: skip
    whole = ["Cộng", count(report.coverage.registered), count(figures.households), share(part)]
    yield Table("Hộ khảo sát trong đợt theo thôn", ("Thôn", "Hộ đang ở", "Khảo sát trong đợt", "Đạt"), [*rows, whole], (75, 30, 30, 30), 1, True)
    lines = [_cells(line) for line in figures.lines if line.left.eligible]
    if lines:
        yield Paragraph("Tính riêng những hộ khảo sát trong đợt: số liệu lúc tổ đến, lúc tổ về, và phần tăng thêm nhờ tổ giúp trong chính đợt này.")
        yield Table("Lúc đến và lúc về", ("Chỉ tiêu", "Lúc đến", "Lúc về", "Tổ làm thêm"), lines, (65, 36, 36, 28), 1)
    if any(line.left.eligible for line in report.campaign.untold):
        named = "; ".join(line.indicator.short["vi"] for line in report.campaign.untold if line.left.eligible)
        yield Paragraph(f"Không nêu riêng cho đợt, để không ai suy ra từng người: {named}.")


def part_reached(report: Published) -> float | None:
    """The share of its households that were surveyed in the campaign; None where it has none."""
    registered = report.coverage.registered
    return report.campaign.figures.households / registered if report.campaign and registered else None


def against(part: float | None, goal: int) -> str:
    """Whether a campaign reached its goal, in words."""
    return "đã đạt" if part is not None and part * 100 >= goal else "chưa đạt"


def _cells(line: CampaignLine) -> list[str]:
    return [line.indicator.names["vi"], with_counts(line.found), with_counts(line.left), count(line.effect.yes)]
