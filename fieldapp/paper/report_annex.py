"""The annex of a report: how each indicator is counted, and by what anybody can prove the figures."""

from collections.abc import Callable, Iterator

from fieldapp.figures.published import Line, Published
from fieldapp.paper.cut_rows import Named
from fieldapp.paper.letter import Heading, Paragraph, Table
from fieldapp.paper.report_cuts import cut_tables
from fieldapp.paper.rule_words import rule_words
from fieldapp.survey.day import LOCAL, instant
from fieldapp.survey.indicator import Indicator

GENERAL = (
    "Tỷ lệ là số có chia cho số đã trả lời (có và không). Không rõ hoặc không trả lời không tính vào tỷ lệ mà nêu riêng ở cột Chưa rõ.",
    "Khoảng có thể là mức thấp nhất và cao nhất của tỷ lệ nếu biết hết các câu chưa rõ và các hộ chưa khảo sát.",
    "Đạt chỉ được ghi khi đã khảo sát từ 95% số hộ và chưa rõ không quá 5%, hoặc khi cả khoảng có thể đều đạt; chưa được thế thì ghi Tạm đạt.",
)


def annex(report: Published, unit: Callable[[str], str], named: Named) -> list[Heading | Paragraph | Table]:
    """The cuts, how the figures were made, and the codes that prove them. unit: code → words; named: of cuts."""
    parts: list[tuple[str, list[Paragraph | Table]]] = [
        ("Kết quả theo nhóm", list(cut_tables(report, named))),
        ("Cách tính", [Paragraph(each) for each in GENERAL]),
        ("Các chỉ tiêu", [Paragraph(f"{number}. {_definition(line, unit)}") for number, line in enumerate(report.lines, start=1)]),
        ("Kiểm chứng", list(_proof(report))),
    ]
    told = enumerate(((title, blocks) for title, blocks in parts if blocks), start=1)
    return [block for number, (title, blocks) in told for block in (Heading(f"{number}. {title}", 2), *blocks)]


def _definition(line: Line, unit: Callable[[str], str]) -> str:
    indicator, asked = line.indicator, line.asked
    rules = [f"tính là có khi {rule_words(indicator.yes, asked)}", f"tính là không khi {rule_words(indicator.no, asked)}"]
    if indicator.when:
        rules.insert(0, f"chỉ xét khi {rule_words(indicator.when, asked)}")
    about = f"{indicator.names['vi']} (mã {indicator.key}; đếm theo {unit(indicator.unit)}{ages(indicator)}; nguồn: {indicator.source})"
    return f"{about}: {'; '.join(rules)}."


def ages(indicator: Indicator) -> str:
    """Whose age it counts: " từ 15 tuổi trở lên"; nothing where every age is."""
    if indicator.age_from is None and indicator.age_to is None:
        return ""
    named = {None: " trở lên", "retirement_age": " đến tuổi nghỉ hưu"}
    until = f" đến {indicator.age_to}" if isinstance(indicator.age_to, int) else named[indicator.age_to]
    return f" từ {indicator.age_from or 0} tuổi{until}"


def _proof(report: Published) -> Iterator[Paragraph]:
    frozen = report.frozen or {}
    at = instant(frozen["at"]).astimezone(LOCAL).strftime("%H:%M ngày %d/%m/%Y")
    yield Paragraph(
        f"Số liệu do {frozen['name']} chốt lúc {at}, từ nhật ký khảo sát đến phiếu số {report.head['sequence']}. Mọi con số dựng lại được "
        "từ nhật ký ấy bằng tệp gốc của báo cáo và lệnh verify-report."
    )
    yield Paragraph(f"Mã khóa của nhật ký: {report.head['chain']}")
    yield Paragraph(f"Mã kiểm tra của báo cáo: {report.sha256}")
