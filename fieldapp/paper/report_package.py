"""A report as an SQLite package: tables, views that answer the usual questions, and a dictionary that says what every column means.

It opens in any tool that reads SQLite, and holds nobody: counts of a village are its smallest things."""

from collections.abc import Callable
from typing import Any

from sqlite_utils import Database

from fieldapp.figures.published import Published
from fieldapp.paper.cut_rows import Named, cut_rows
from fieldapp.paper.report_rows import place_of, rows

# table, column → (Vietnamese, English).
DICTIONARY = {
    ("report", "report_id"): ("Mã của báo cáo", "The report's id"),
    ("report", "commune_code"): ("Mã xã", "The commune's code"),
    ("report", "commune"): ("Tên xã", "The commune's name"),
    ("report", "period"): ("Kỳ báo cáo", "The period"),
    ("report", "first"): ("Ngày đầu kỳ", "The period's first day"),
    ("report", "last"): ("Ngày cuối kỳ", "The period's last day"),
    ("report", "as_of"): ("Số liệu tính đến hết ngày", "The last day that is counted"),
    ("report", "frozen_at"): ("Lúc chốt (giờ UTC)", "When it was frozen (UTC)"),
    ("report", "frozen_by"): ("Người chốt", "Who froze it"),
    ("report", "sequence"): ("Số phiếu cuối trong nhật ký lúc chốt", "The journal's last row when it was frozen"),
    ("report", "chain"): ("Mã khóa của nhật ký tại phiếu ấy", "The journal's hash at that row"),
    ("report", "sha256"): ("Mã kiểm tra của báo cáo", "The report's hash"),
    ("village", "place"): ("Mã thôn", "The village's code"),
    ("village", "name"): ("Tên thôn", "The village's name"),
    ("village", "urban"): ("1: đô thị; 0: nông thôn", "1: urban; 0: rural"),
    ("village", "visited"): ("Số hộ đã khảo sát", "Households that were surveyed"),
    ("village", "unvisited"): ("Số hộ đang ở chưa khảo sát", "Households that live there and were not surveyed"),
    ("indicator", "code"): ("Mã chỉ tiêu", "The indicator's code"),
    ("indicator", "version"): ("Bản của định nghĩa", "The definition's version"),
    ("indicator", "name"): ("Tên chỉ tiêu", "The indicator's name in Vietnamese"),
    ("indicator", "name_en"): ("Tên tiếng Anh", "The indicator's name in English"),
    ("indicator", "unit"): ("person: đếm người; household: đếm hộ", "person: people are counted; household: households"),
    ("indicator", "eligible_when"): ("Chỉ xét khi (XLSForm)", "Who is meant (XLSForm)"),
    ("indicator", "yes_when"): ("Tính là có khi (XLSForm)", "What counts as yes (XLSForm)"),
    ("indicator", "no_when"): ("Tính là không khi (XLSForm)", "What counts as no (XLSForm)"),
    ("indicator", "source"): ("Nguồn của chỉ tiêu", "Where it comes from"),
    ("target", "code"): ("Mã chỉ tiêu", "The indicator's code"),
    ("target", "decision"): ("Quyết định giao mục tiêu", "The decision that sets it"),
    ("target", "direction"): ("up: càng cao càng tốt; down: càng thấp càng tốt", "up: the higher the better; down: the lower"),
    ("target", "percent"): ("Mục tiêu, phần trăm", "The target in per cent"),
    ("target", "state"): ("Tình trạng so với mục tiêu", "The state against it"),
    ("figure", "place"): ("Mã thôn", "The village's code"),
    ("figure", "code"): ("Mã chỉ tiêu", "The indicator's code"),
    ("figure", "yes"): ("Số có, lúc tổ về", "How many yes, as left"),
    ("figure", "no"): ("Số không, lúc tổ về", "How many no, as left"),
    ("figure", "unknown"): ("Số chưa rõ hoặc không trả lời", "Of how many it is not known"),
    ("figure", "gained"): ("Trong số có: nhờ tổ hỗ trợ", "Of the yes: by the team's help"),
    ("cut_figure", "kind"): ("Chia theo: team tổ; place nơi ở; sex giới tính; age nhóm tuổi; poverty hộ nghèo", "By what it is cut"),
    ("cut_figure", "part"): ("Mã của nhóm; rest: không thuộc nhóm nào", "The part's code; rest: of none of the parts"),
    ("cut_figure", "name"): ("Tên của nhóm", "The part's name"),
    ("cut_figure", "code"): ("Mã chỉ tiêu", "The indicator's code"),
    ("cut_figure", "yes"): ("Số có, lúc tổ về", "How many yes, as left"),
    ("cut_figure", "no"): ("Số không, lúc tổ về", "How many no, as left"),
    ("cut_figure", "unknown"): ("Số chưa rõ hoặc không trả lời", "Of how many it is not known"),
    ("campaign_figure", "code"): ("Mã chỉ tiêu; chỉ tính hộ khảo sát trong đợt", "The indicator's code; only of households surveyed in the campaign"),
    ("campaign_figure", "yes"): ("Số có, lúc tổ về", "How many yes, as left"),
    ("campaign_figure", "no"): ("Số không, lúc tổ về", "How many no, as left"),
    ("campaign_figure", "unknown"): ("Số chưa rõ hoặc không trả lời", "Of how many it is not known"),
    ("campaign_figure", "gained"): ("Trong số có: nhờ tổ hỗ trợ trong chính đợt", "Of the yes: by the help given in the campaign"),
    ("restated", "period"): ("Kỳ của báo cáo trước", "The former report's period"),
    ("restated", "as_of"): ("Ngày số liệu của báo cáo trước", "The day that it counted up to"),
    ("restated", "place"): ("Mã thôn; để trống: cả xã", "The village's code; empty: the commune"),
    ("restated", "code"): ("Mã chỉ tiêu; để trống: độ phủ", "The indicator's code; empty: the coverage"),
    ("restated", "said_yes"): ("Số có đã công bố", "How many yes as published"),
    ("restated", "said_no"): ("Số không đã công bố", "How many no as published"),
    ("restated", "now_yes"): ("Số có nay tính lại", "How many yes as reckoned again"),
    ("restated", "now_no"): ("Số không nay tính lại", "How many no as reckoned again"),
    ("dictionary", "table"): ("Tên bảng", "The table"),
    ("dictionary", "column"): ("Tên cột", "The column"),
    ("dictionary", "vi"): ("Nghĩa, tiếng Việt", "What it means, in Vietnamese"),
    ("dictionary", "en"): ("Nghĩa, tiếng Anh", "What it means, in English"),
}
SAID = ("said_yes", "said_no", "now_yes", "now_no")
VIEWS = {
    "indicator_of_commune": """
        SELECT indicator.code, indicator.name, sum(yes) AS yes, sum(no) AS no, sum(unknown) AS unknown, sum(gained) AS gained,
            round(100.0 * sum(yes) / nullif(sum(yes) + sum(no), 0), 1) AS percent,
            round(100.0 * sum(unknown) / nullif(sum(yes) + sum(no) + sum(unknown), 0), 1) AS percent_unknown
        FROM figure JOIN indicator USING (code) GROUP BY indicator.code ORDER BY indicator.rowid""",
    "indicator_by_village": """
        SELECT indicator.code, indicator.name AS indicator, coalesce(village.name, 'thôn gộp lại') AS village, yes, no, unknown, gained,
            round(100.0 * yes / nullif(yes + no, 0), 1) AS percent
        FROM figure JOIN indicator USING (code) LEFT JOIN village USING (place) ORDER BY indicator.rowid, place""",
    "indicator_by_cut": """
        SELECT kind, cut_figure.name AS part, indicator.code, indicator.name AS indicator, yes, no, unknown,
            round(100.0 * yes / nullif(yes + no, 0), 1) AS percent
        FROM cut_figure JOIN indicator USING (code) ORDER BY cut_figure.rowid""",
    "coverage_by_village": """
        SELECT place, name, visited, visited + unvisited AS registered, round(100.0 * visited / nullif(visited + unvisited, 0), 1) AS percent
        FROM village ORDER BY place""",
    "counts": """
        SELECT 'village' AS "table", count(*) AS rows FROM village UNION ALL SELECT 'indicator', count(*) FROM indicator
        UNION ALL SELECT 'target', count(*) FROM target UNION ALL SELECT 'figure', count(*) FROM figure
        UNION ALL SELECT 'cut_figure', count(*) FROM cut_figure UNION ALL SELECT 'restated', count(*) FROM restated""",
}  # fmt: skip


def sqlite(report: Published, period: str, village: Callable[[str], str], named: Named) -> bytes:
    """The database's file. period: in words; village: id → its name; named: of cuts."""
    made = Database(memory=True)
    _tables(made)
    told = {line.indicator.code for line in report.lines}
    made.table("report").insert(_report(report, period))
    made.table("village").insert_all(
        {"place": place_of(report, row.village.village_id), "name": village(row.village.village_id), "urban": int(row.village.urban),
         "visited": row.coverage.visited, "unvisited": row.coverage.unvisited}
        for row in report.villages
    )  # fmt: skip
    made.table("indicator").insert_all(_indicator(line.indicator) for line in report.lines)
    made.table("target").insert_all(
        {"code": line.indicator.code, "decision": each.target.decision, "direction": each.target.direction, "percent": float(each.target.percent),
         "state": each.state}
        for line in report.lines for each in line.standings
    )  # fmt: skip
    made.table("figure").insert_all(
        {"place": row.place, "code": row.indicator.code, "yes": row.figure.balance.yes, "no": row.figure.balance.no,
         "unknown": row.figure.balance.unknown, "gained": row.effect.yes}
        for row in rows(report, village)
    )  # fmt: skip
    made.table("cut_figure").insert_all(
        {"kind": row.kind, "part": row.code, "name": row.part, "code": row.indicator.code, "yes": row.balance.yes, "no": row.balance.no,
         "unknown": row.balance.unknown}
        for row in cut_rows(report, named)
    )  # fmt: skip
    made.table("campaign_figure").insert_all(
        {"code": line.indicator.code, "yes": line.left.yes, "no": line.left.no, "unknown": line.left.unknown, "gained": line.effect.yes}
        for line in (report.campaign.figures.lines if report.campaign else ()) if line.indicator.code in told
    )  # fmt: skip
    made.table("restated").insert_all(_restated(report))
    made.table("dictionary").insert_all({"table": table, "column": column, "vi": vi, "en": en} for (table, column), (vi, en) in DICTIONARY.items())
    for name, select in VIEWS.items():
        made.create_view(name, select)
    made.conn.commit()
    return bytes(made.conn.serialize())


def _tables(made: Database) -> None:
    """Also those that get no row: views and tools ask for them by name."""
    whole, real = {"urban", "visited", "unvisited", "version", "yes", "no", "unknown", "gained", "sequence", *SAID}, {"percent"}
    keys = {"report": "report_id", "village": "place", "indicator": "code", "figure": ("place", "code"), "dictionary": ("table", "column")}
    for table in dict.fromkeys(name for name, _ in DICTIONARY):
        columns = [column for name, column in DICTIONARY if name == table]
        types: dict[str, Any] = {each: int if each in whole else float if each in real else str for each in columns}
        links = [("code", "indicator")] if table in ("figure", "target", "cut_figure", "campaign_figure") else []
        made.table(table).create(types, pk=keys.get(table), foreign_keys=links)


def _report(report: Published, period: str) -> dict[str, Any]:
    frozen = report.frozen or {}
    return {
        "report_id": report.report_id, "commune_code": report.commune["code"], "commune": report.commune["name"], "period": period,
        "first": report.period.first, "last": report.period.last, "as_of": report.as_of, "frozen_at": frozen["at"], "frozen_by": frozen["name"],
        "sequence": report.head["sequence"], "chain": report.head["chain"], "sha256": report.sha256,
    }  # fmt: skip


def _indicator(each: Any) -> dict[str, Any]:
    return {
        "code": each.code, "version": each.version, "name": each.names["vi"], "name_en": each.names["en"], "unit": each.unit,
        "eligible_when": each.when, "yes_when": each.yes, "no_when": each.no, "source": each.source,
    }  # fmt: skip


def _restated(report: Published) -> list[dict[str, Any]]:
    return [
        {"period": each.period.code, "as_of": each.as_of, "place": place_of(report, line.village) if line.village else "",
         "code": "" if line.is_coverage else line.key.partition(":")[0], "said_yes": line.said.yes, "said_no": line.said.no, "now_yes": line.now.yes,
         "now_no": line.now.no}
        for each in report.restatements for line in each.lines
    ]  # fmt: skip
