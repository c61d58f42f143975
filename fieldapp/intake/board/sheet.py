"""The lines of a criteria board as a spreadsheet, out and in: an officer completes the set from the decision's own text."""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from fieldapp.intake.lined import numbers, table
from fieldapp.intake.lined.finding import Finding
from fieldapp.intake.lined.table import Fields
from fieldapp.survey.criteria import COUNT, MEASURES, PERCENT, POINTS, REPORTED, SURVEY, Line
from fieldapp.survey.points import OF
from fieldapp.survey.target import DIRECTIONS, UP
from fieldapp.survey.text import folded, nfc

HEADINGS = {
    "code": "Số", "group": "Nhóm", "name_vi": "Tiêu chí", "kind": "Lấy từ", "indicator": "Mã chỉ tiêu", "place": "Loại điểm", "attribute": "Có gì",
    "of": "Đếm theo", "measure": "Đơn vị", "threshold": "Ngưỡng", "direction": "Chiều", "margin": "Vượt khi hơn", "name_en": "Tiêu chí (tiếng Anh)",
}  # fmt: skip
# Written out beside the lines, and passed over when they come in.
NOW = {"value": "Giá trị hiện nay", "day": "Ngày số liệu", "state": "Trạng thái"}
NEEDED = ("code", "group", "name_vi", "kind", "threshold")
WIDTHS = {"code": 12, "name_vi": 50, "group": 22, "kind": 16, "indicator": 22, "place": 20, "attribute": 24, "direction": 18, "name_en": 40}
GROUP_WORDS = {"society": "Xã hội số", "economy": "Kinh tế số", "government": "Chính quyền số", "infrastructure": "Hạ tầng số"}
KIND_WORDS = {SURVEY: "khảo sát", REPORTED: "xã báo cáo", POINTS: "điểm công cộng"}
MEASURE_WORDS = {PERCENT: "phần trăm", COUNT: "số lượng"}
DIRECTION_WORDS = {"up": "từ mức này trở lên", "down": "không quá"}
OF_WORDS = {"villages": "thôn", "points": "điểm", "count": "số lượng"}
PLACE_WORDS = {
    "village_hall": "nhà văn hóa thôn", "school": "trường học", "clinic": "trạm y tế", "market": "chợ", "commune_office": "trụ sở xã",
    "post_office": "bưu điện", "cooperative": "hợp tác xã", "other": "nơi khác",
}  # fmt: skip
ATTRIBUTE_WORDS = {
    "wifi": "Wi-Fi miễn phí", "cashless": "thanh toán không tiền mặt", "computer": "máy tính cho dân dùng", "camera": "camera an ninh",
    "loudspeaker": "loa thông minh", "online_help": "hướng dẫn dịch vụ công trực tuyến",
}  # fmt: skip
ADVICE = (
    "Mỗi dòng một tiêu chí của quyết định. Cột Số: như trong quyết định, mỗi số một lần; số liệu đã nhập đi theo số này.",
    "Lấy từ: khảo sát (ghi Mã chỉ tiêu), xã báo cáo (cán bộ nhập số), hoặc điểm công cộng (ghi Loại điểm, Có gì, Đếm theo).",
    "Ngưỡng: như quyết định ghi, ví dụ 60 hoặc 97,32. Chưa rõ ngưỡng thì để trống. Đơn vị để trống là phần trăm.",
    "Vượt khi hơn: để trống là 5 điểm phần trăm; với số lượng là 5 phần trăm của ngưỡng.",
    "Ba cột cuối là số liệu hiện nay, chỉ để xem; khi tải lên thì bỏ qua.",
    "Tải tệp lên ở trang của bộ tiêu chí. Chưa bấm dùng bản này thì chưa có gì thay đổi.",
)
CODE = re.compile(r"[\w.\-]{1,40}")
MOST_NAME, MOST_GROUP = 200, 60


def xlsx(lines: Iterable[Line], now: Mapping[str, Mapping[str, str]]) -> bytes:
    """The workbook. now: line → the texts of NOW's columns."""
    choices = {
        "group": [*GROUP_WORDS.values()], "kind": [*KIND_WORDS.values()], "place": [*PLACE_WORDS.values()], "attribute": [*ATTRIBUTE_WORDS.values()],
        "of": [*OF_WORDS.values()], "measure": [*MEASURE_WORDS.values()], "direction": [*DIRECTION_WORDS.values()],
    }  # fmt: skip
    rows = ({**fields_of(line), **now.get(line.code, {})} for line in lines)
    return table.xlsx("Tiêu chí", HEADINGS | NOW, rows, ADVICE, WIDTHS, choices)


def fields_of(line: Line) -> dict[str, str]:
    """The fields that would be read as this line."""
    counts = line.counts or {}
    return {
        "code": line.code, "group": GROUP_WORDS.get(line.group, line.group), "name_vi": line.names["vi"], "name_en": line.names.get("en", ""),
        "kind": KIND_WORDS[line.kind], "indicator": line.indicator or "", "place": PLACE_WORDS.get(counts.get("kind", ""), ""),
        "attribute": ATTRIBUTE_WORDS.get(counts.get("attribute", ""), ""), "of": OF_WORDS.get(counts.get("of", ""), ""),
        "measure": MEASURE_WORDS[line.measure], "threshold": "" if line.threshold is None else numbers.written(line.threshold),
        "direction": DIRECTION_WORDS[line.direction], "margin": numbers.written(line.margin),
    }  # fmt: skip


def read(rows: Iterable[tuple[int, Fields]], indicators: Iterable[str]) -> tuple[list[Line], list[Finding]]:
    """The lines, and what is wrong with them. indicators: codes that the commune has."""
    known = set(indicators)
    lines: list[Line] = []
    findings: list[Finding] = []
    for number, fields in rows:
        one = _Reading(number, {name: nfc(fields.get(name, "")).strip() for name in HEADINGS}, known)
        line = one.line({each.code for each in lines})
        findings += one.findings
        if line is not None:
            lines.append(line)
    if not lines and not findings:
        findings.append(Finding("lines_missing", "file"))
    return lines, findings


class _Reading:
    def __init__(self, number: int, fields: dict[str, str], indicators: set[str]) -> None:
        self.number, self.fields, self.indicators = number, fields, indicators
        self.findings: list[Finding] = []

    def tell(self, code: str, where: str, **more: Any) -> None:
        self.findings.append(Finding(code, where, self.number, self.fields[where][:200], more))

    def line(self, before: set[str]) -> Line | None:
        fields = self.fields
        for name, most in (("code", 40), ("name_vi", MOST_NAME), ("group", MOST_GROUP), ("name_en", MOST_NAME)):
            if not fields[name] and name != "name_en":
                self.tell("text_missing", name)
            elif len(fields[name]) > most or (name == "code" and not CODE.fullmatch(fields[name])):
                self.tell("text_too_long", name)
        if fields["code"] in before:
            self.tell("code_twice", "code")
        kind = self.one_of("kind", KIND_WORDS, "kind_unknown")
        measure = self.one_of("measure", MEASURE_WORDS, "measure_unknown", MEASURES[0])
        direction = self.one_of("direction", DIRECTION_WORDS, "direction_unknown", DIRECTIONS[0])
        if kind == SURVEY:
            if fields["indicator"] not in self.indicators:
                self.tell("indicator_unknown", "indicator")
            if measure == COUNT:
                self.tell("measure_of_survey", "measure")
        counts = self.counts() if kind == POINTS else None
        if counts is not None:
            measure = COUNT if counts["of"] == "count" else PERCENT
        threshold, margin = self.number_of("threshold", measure), self.number_of("margin", PERCENT)
        # What Excel shows as 60% stands in its cell as 0.6.
        if measure == PERCENT and direction == UP and threshold is not None and 0 < threshold < 1:
            self.tell("percent_as_part", "threshold")
        if self.findings:
            return None
        groups = {folded(words): code for code, words in GROUP_WORDS.items()}
        names = {"vi": fields["name_vi"], **({"en": fields["name_en"]} if fields["name_en"] else {})}
        return Line(
            fields["code"], groups.get(folded(fields["group"]), fields["group"]), names, kind, measure,
            fields["indicator"] if kind == SURVEY else None, counts, threshold, direction, Fraction(5) if margin is None else margin,
        )  # fmt: skip

    def counts(self) -> dict[str, str]:
        found = {"kind": self.one_of("place", PLACE_WORDS, "place_unknown"), "of": self.one_of("of", OF_WORDS, "of_unknown", OF[0])}
        if self.fields["attribute"]:
            found["attribute"] = self.one_of("attribute", ATTRIBUTE_WORDS, "attribute_unknown")
        return found

    def one_of(self, name: str, words: Mapping[str, str], problem: str, usual: str = "") -> str:
        said = folded(self.fields[name])
        if not said and usual:
            return usual
        found = next((code for code, text in words.items() if said in (code, folded(text))), "")
        if not found:
            self.tell(problem, name, choices=", ".join(words.values()))
        return found

    def number_of(self, name: str, measure: str) -> Fraction | None:
        said = self.fields[name]
        if not said:
            return None
        if measure == COUNT:
            counted = numbers.whole(said)
            if counted is None:
                self.tell("count_not_whole" if numbers.exact(said) is not None else "number_not_understood", name)
            return None if counted is None else Fraction(counted)
        number = numbers.exact(said)
        if number is None:
            self.tell("number_not_understood", name)
        elif number > 100:
            self.tell("percent_too_large", name)
        return number


