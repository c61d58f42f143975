"""The official report of a period: the words that a commune's officer would write round the figures, in Vietnamese only.

An unsigned draft: number and receivers are left to the office, and nothing is said that the figures do not say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fieldapp.figures.published import Line, Published, Restatement, VillageRow
from fieldapp.paper.cut_rows import Named
from fieldapp.paper.letter import Heading, Letter, Paragraph, Table, text_mm
from fieldapp.paper.numbers import count, share, with_counts
from fieldapp.paper.report_annex import annex
from fieldapp.paper.report_campaign import campaign_blocks
from fieldapp.survey.day import day_of
from fieldapp.survey.period import Period

REACHED = ("met", "exceeded")
COLUMNS_AT_ONCE = 6
LEFT = (("none", "chưa đến"), ("absent", "đến nhưng vắng nhà"), ("refused", "từ chối"))

# What came after a report was frozen.
LATE = {
    "register": "hộ mới ghi sổ", "visit": "lượt đến", "correct": "lần đính chính", "void": "lần hủy phiếu", "move": "lần chuyển thôn, chuyển hộ",
    "merge": "lần gộp hộ", "review": "lần xét duyệt", "list": "lần cập nhật danh sách hộ nghèo", "erase": "lần xóa dữ liệu cá nhân",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Code → words in Vietnamese."""

    period: Callable[[Period], str]
    village: Callable[[str], str]
    state: Callable[[str], str]
    service: Callable[[str], str]
    unit: Callable[[str], str]
    part: Named


def letter(report: Published, words: Words) -> Letter:
    """The report as an official letter. report: a frozen one."""
    frozen = report.frozen or {}
    commune, day = report.commune["name"], day_of(frozen["at"])
    period = _within(words.period(report.period))
    sections = [
        ("KẾT QUẢ KHẢO SÁT", _surveyed(report)),
        ("KẾT QUẢ CỦA ĐỢT", campaign_blocks(report, words.village)),
        ("KẾT QUẢ CÁC CHỈ TIÊU", _indicators(report, words)),
        ("KẾT QUẢ HỖ TRỢ NGƯỜI DÂN", _help(report, words)),
        ("SỐ LIỆU KỲ TRƯỚC TÍNH LẠI", _restated(report, words)),
        ("KẾT QUẢ THEO THÔN", _villages(report, words)),
    ]
    body: list[Heading | Paragraph | Table] = [
        Paragraph(
            f"Thực hiện nhiệm vụ được giao của tổ công nghệ số cộng đồng, UBND {_small(commune)} báo cáo kết quả khảo sát và hỗ trợ người dân "
            f"về chuyển đổi số {period} (số liệu tính đến hết ngày {_day(report.as_of)}) như sau:"
        )
    ]
    kept = [(title, list(blocks)) for title, blocks in sections]
    for number, (title, blocks) in enumerate(((title, blocks) for title, blocks in kept if blocks), start=1):
        body += [Heading(f"{_roman(number)}. {title}"), *blocks]
    body.append(Paragraph(f"Trên đây là báo cáo kết quả chuyển đổi số tại hộ gia đình {period} của UBND {_small(commune)}./."))
    return Letter(
        f"UBND {commune.upper()}", "Số:        /BC-UBND", f"{_bare(commune)}, ngày {day[8:]} tháng {day[5:7]} năm {day[:4]}", "BÁO CÁO",
        f"Kết quả chuyển đổi số tại hộ gia đình {period}", body, ("- Như trên;", "- Lưu: VT."), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        "(dự thảo, chưa ký)", "PHỤ LỤC", annex(report, words.unit, words.part),
    )  # fmt: skip


def _surveyed(report: Published) -> Iterator[Paragraph]:
    now, before = report.coverage, report.coverage_before
    added = now.visited - before.visited
    moved = f"tăng {count(added)} hộ" if added > 0 else f"giảm {count(-added)} hộ" if added < 0 else "không thay đổi"
    began = f"đầu kỳ là {count(before.visited)} hộ ({share(before.share)})" if before.visited else "đầu kỳ chưa khảo sát hộ nào"
    yield Paragraph(
        f"Đến hết ngày {_day(report.as_of)}, các tổ công nghệ số cộng đồng đã khảo sát {count(now.visited)}/{count(now.registered)} hộ đang "
        f"sinh sống {_where(report)}, đạt {share(now.share)}; {began}, trong kỳ {moved}. "
        f"Các hộ đã khảo sát có {count(report.counts.people)} người cư trú."
    )
    told = ", ".join(f"{count(number)} hộ {words}" for code, words in LEFT if (number := report.counts.outcomes.get(code, 0)))
    if now.unvisited:
        yield Paragraph(f"Còn {count(now.unvisited)} hộ chưa khảo sát được" + (f". Theo kết quả lượt gần nhất: {told}." if told else "."))


def _indicators(report: Published, words: Words) -> Iterator[Paragraph | Table]:
    states = [standing.state for line in report.lines for standing in line.standings]
    if states:
        reached, beyond, nearly = sum(state in REACHED for state in states), states.count("exceeded"), states.count("provisional")
        told = f"có {count(reached)} mục tiêu đã đạt" if reached else "chưa có mục tiêu nào đạt"
        told += f", trong đó {count(beyond)} vượt" if beyond else ""
        told += f"; {count(nearly)} mục tiêu tạm đạt, chờ đủ hộ hoặc đủ câu trả lời" if nearly else ""
        yield Paragraph(f"Trong {count(len(states))} mục tiêu được giao, {told}. Cụ thể tại Bảng 1.")
    rows = [[str(number), *_cells(line, words)] for number, line in enumerate(report.lines, start=1)]
    yield Table(
        "Bảng 1. Kết quả các chỉ tiêu",
        ("TT", "Chỉ tiêu", "Đầu kỳ", "Kết quả", "Có / đã trả lời", "Chưa rõ", "Khoảng có thể", "Mục tiêu", "Đánh giá"), rows,
        (9, 36, 14, 16, 21, 14, 18, 16, 21), 2,
    )  # fmt: skip
    if any(line.before is None for line in report.lines):
        yield Paragraph("Cột Đầu kỳ ghi “ẩn”: khi ấy mới có dưới 10 người (hộ) thuộc diện tính, không nêu để không ai suy ra từng người.")


def _cells(line: Line, words: Words) -> list[str]:
    figure = line.figure
    span = "–" if figure.range is None else f"{share(figure.range[0], 0)} – {share(figure.range[1], 0)}"
    targets = "; ".join(f"{'≥' if each.target.direction == 'up' else '≤'}{share(float(each.target.percent / 100), 2)}" for each in line.standings)
    states = "; ".join(dict.fromkeys(words.state(each.state) for each in line.standings))
    answered = figure.balance.yes + figure.balance.no
    return [
        line.indicator.names["vi"], before_of(line), share(figure.value), f"{count(figure.balance.yes)} / {count(answered)}",
        share(figure.unknown_share), span, targets or "–", states or "–",
    ]  # fmt: skip


def before_of(line: Line) -> str:
    """The value as the period began."""
    return share(line.before.value) if line.before else "ẩn"


def _help(report: Published, words: Words) -> Iterator[Paragraph]:
    done = [(words.service(service), results.get("done", 0)) for service, results in report.helped.items() if results.get("done")]
    if done:
        told = "; ".join(f"{_lower(service)} {count(times)} lượt" for service, times in done)
        yield Paragraph(f"Trong kỳ, các tổ đã hỗ trợ xong {count(sum(times for _, times in done))} lượt việc tại nhà dân: {told}.")
    gained = [line for line in report.lines if line.effect.yes > 0]
    if gained:
        yield Paragraph("So số liệu lúc tổ đến với lúc tổ về, phần tăng thêm nhờ hỗ trợ tại nhà (tính cả các kỳ trước) như sau:")
    for line in gained:
        unit = words.unit(line.indicator.unit)
        yield Paragraph(
            f"- {line.indicator.names['vi']}: thêm {count(line.effect.yes)} {unit}, từ {share(line.found)} lúc đến lên "
            f"{share(line.figure.value)} lúc về."
        )


def _restated(report: Published, words: Words) -> Iterator[Paragraph | Table]:
    for restatement in report.restatements:
        yield Paragraph(
            f"Báo cáo {_within(words.period(restatement.period))} (số liệu đến ngày {_day(restatement.as_of)}) nay tính lại, "
            f"vì {_reasons(restatement, words)}:"
        )
        for line in restatement.of_commune:
            name = "Hộ đã khảo sát" if line.is_coverage else line.indicator.names["vi"] if line.indicator else line.key
            yield Paragraph(f"- {name}: kỳ trước công bố {with_counts(line.said)}, nay tính lại {with_counts(line.now)}.")
        rows = [
            [words.village(line.village or ""), "Độ phủ" if line.is_coverage else line.indicator.short["vi"] if line.indicator else line.key,
             with_counts(line.said), with_counts(line.now)]
            for line in restatement.lines if line.village and line.village not in restatement.parts
        ]  # fmt: skip
        if rows:
            yield Table("Số liệu các thôn tính lại", ("Thôn", "Chỉ tiêu", "Đã công bố", "Nay tính lại"), rows, (45, 50, 35, 35), 2)


def _reasons(restatement: Restatement, words: Words) -> str:
    late = ", ".join(f"{count(number)} {LATE[kind]}" for kind, number in restatement.events.items())
    places = [(_lower(words.village(part)), _lower(words.village(whole)), _day(on)) for part, whole, on in restatement.merged]
    merged = ", ".join(f"{part} đã nhập vào {whole} từ ngày {on}" for part, whole, on in places)
    told = [f"sau khi chốt có thêm {late} thuộc kỳ ấy" if late else "", merged]
    return "; ".join(filter(None, told)) or "có thay đổi sau khi chốt"


def _villages(report: Published, words: Words) -> Iterator[Table | Paragraph]:
    rows = [
        [words.village(row.village.village_id), count(row.coverage.registered), count(row.coverage.visited), share(row.coverage.share)]
        for row in report.villages
    ]
    whole = [whole_words(report), count(report.coverage.registered), count(report.coverage.visited), share(report.coverage.share)]
    yield Table("Bảng 2. Độ phủ theo thôn", ("Thôn", "Hộ đang ở", "Đã khảo sát", "Độ phủ"), [*rows, whole], (75, 30, 30, 30), 1, True)
    parts = [report.lines[start : start + COLUMNS_AT_ONCE] for start in range(0, len(report.lines), COLUMNS_AT_ONCE)]
    for number, lines in enumerate(parts, start=3):
        width = (text_mm() - 45) / len(lines)
        rows = [
            [words.village(row.village.village_id), *(_of_village(row, line.indicator.code) for line in lines)] for row in report.villages
        ]
        whole = [whole_words(report), *(share(line.figure.value) for line in lines)]
        headings = ("Thôn", *(line.indicator.short["vi"] for line in lines))
        yield Table(f"Bảng {number}. Kết quả theo thôn", headings, [*rows, whole], (45, *[width] * len(lines)), 1, True)


    if report.pools:
        yield Paragraph("Ô ghi “ẩn”: thôn có dưới 10 người (hộ) thuộc diện tính, không nêu riêng để không ai suy ra từng người.")
    if report.untold:
        told = "; ".join(line.indicator.names["vi"] for line in report.untold)
        yield Paragraph(f"Chỉ tiêu có dưới 10 người (hộ) thuộc diện tính trong toàn xã nên không nêu: {told}.")


def whole_words(report: Published) -> str:
    """The row of all villages that a report is of."""
    return "Các thôn của đợt" if report.of_part else "Toàn xã"


def _where(report: Published) -> str:
    return "tại các thôn của đợt" if report.of_part else "trên địa bàn"


def _of_village(row: VillageRow, code: str) -> str:
    return share(row.figures[code].value) if code in row.figures else "ẩn"


def _day(day: str) -> str:
    return f"{day[8:]}/{day[5:7]}/{day[:4]}"


def _lower(text: str) -> str:
    """The words within a sentence: only the first letter, for VNeID stays."""
    return text[:1].lower() + text[1:]


def _within(period: str) -> str:
    """The period's words within a sentence: quý IV năm 2026."""
    return _lower(period)


def _small(commune: str) -> str:
    return _lower(commune)


def _bare(commune: str) -> str:
    """The commune's name without its kind, as the line of place and day has it."""
    return commune.partition(" ")[2] or commune


def _roman(number: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI")[number - 1]
