"""Whatever the households, the order of the columns, the titles above and the program that wrote the file: what is read is what was written."""

import unicodedata
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.intake.roster import columns, reading, sheets
from fieldapp.store.areas import Village
from tests.intake.roster import files

VILLAGES = [
    Village(village_id, name, "thon", False, number, "2025-07-01")
    for village_id, name, number in (("dong-cho", "Đồng Chợ", 3), ("dong-thanh", "Đồng Thanh", 4), ("phu-van", "Phú Văn", 5))
]
FAMILIES = ("Lê", "Nguyễn", "Tống", "Đỗ", "Lang", "Chu", "Ngô", "Cầm Bá", "Hồ", "Thôn")
GIVEN = ("Đào", "Thị Hoà", "Văn Nam", "Công", "Thị Nữ", "Ngọc Sinh", "Tổng", "Văn Chủ", "Thị Quý", "Ưng")
SEXES, RELATIONS = {"Nam": "male", "Nữ": "female", "": None}, {"Vợ": "spouse", "Con đẻ": "child", "Chú": "other", "Cháu nội": "grandchild"}
POVERTY = {"Hộ nghèo": "poor", "Cận nghèo": "near_poor", "": "none", "Không nghèo": "none"}
HEADINGS = {
    "village": ("Thôn/bản/KP", "THÔN", "Khu phố", "Địa bàn"), "number": ("STT hộ", "Số hộ", "Hộ số"),
    "name": ("Họ và tên", "HỌ TÊN", "Họ và tên nhân khẩu", "Họ, tên"), "head": ("Họ và tên chủ hộ", "Tên chủ hộ", "CHỦ HỘ"),
    "relation": ("Quan hệ với chủ hộ", "Quan hệ chủ hộ"), "birth": ("Năm sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh"),
    "sex": ("Giới tính", "Nam/Nữ"), "address": ("Địa chỉ", "Nơi ở hiện nay", "Chỗ ở"), "people": ("Số nhân khẩu", "Số khẩu"),
    "poverty": ("Hộ nghèo/cận nghèo", "Diện hộ"), "note": ("Ghi chú", "Số CCCD", "SĐT", "Dân tộc"),
}  # fmt: skip
MAKERS = {
    "commas": files.csv, "semicolons": lambda rows: files.csv(rows, ";"), "decomposed": lambda rows: files.csv(rows, ";", form="NFD"),
    "tabs": lambda rows: files.csv(rows, "\t", "utf-16"), "1258": files.windows_1258, "xlsx": files.xlsx, "xls": files.xls, "ods": files.ods,
    "page": files.html, "xml": files.spreadsheet_ml,
}  # fmt: skip

TITLES = (["UBND XÃ THIỆU TRUNG"], ["DANH SÁCH HỘ DÂN NĂM 2026"], ["(Kèm theo Công văn số 12)"], [""])


@dataclass(frozen=True)
class House:
    village: Village
    address: str
    poverty: str
    people: tuple[tuple[str, str, int | None, str], ...]  # name, relation, birth year, sex

    def expected(self, whole):
        people = [(name, year, SEXES[sex], {"Chủ hộ": "head", **RELATIONS}[relation]) for name, relation, year, sex in self.people]
        return self.village.village_id, self.address or None, POVERTY[self.poverty], people if whole else people[:1]


names = st.builds("{} {}".format, st.sampled_from(FAMILIES), st.sampled_from(GIVEN))
years = st.none() | st.integers(1910, 2026)


@st.composite
def houses(draw):
    found = []
    for number in range(draw(st.integers(1, 6))):
        people = [(draw(names), "Chủ hộ", draw(years), draw(st.sampled_from(list(SEXES))))]
        people += draw(st.lists(st.tuples(names, st.sampled_from(list(RELATIONS)), years, st.sampled_from(list(SEXES))), max_size=4))
        # The address tells households apart whose people are alike.
        found.append(House(draw(st.sampled_from(VILLAGES)), f"Số {number}, ngõ 3", draw(st.sampled_from(list(POVERTY))), tuple(people)))
    return found


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(houses(), st.sampled_from(list(MAKERS)), st.booleans(), st.data())
def test_what_is_read_is_what_was_written(written, maker, whole, data):
    fields = ["village", "name", "relation", "number", "birth", "sex", "address", "poverty", "note"] if whole else [
        "village", "head", "birth", "sex", "people", "address", "poverty", "note"]  # fmt: skip
    fields = data.draw(st.permutations(fields))
    titles = data.draw(st.lists(st.sampled_from(TITLES), max_size=3))
    rows = [*titles, [data.draw(st.sampled_from(HEADINGS[field])) for field in fields]]
    for number, house in enumerate(written, start=1):
        for name, relation, year, sex in house.people if whole else house.people[:1]:
            said = {
                "village": f"Thôn {house.village.name}", "name": name, "head": name, "relation": relation, "number": number, "sex": sex,
                "birth": year or "", "people": len(house.people), "address": house.address, "poverty": house.poverty, "note": "Kinh",
            }  # fmt: skip
            rows.append([said[field] for field in fields])
    sheet = sheets.sheets(MAKERS[maker](rows))[0]
    found = reading.read(sheet, columns.guess(sheet, VILLAGES), VILLAGES, 2026)
    assert [(problem.line, problem.code) for problem in found.problems if problem.fatal] == []
    told = [
        (each.village_id, each.address, each.poverty, [(one["name"], one["birth_year"], one["sex"], one["relation"]) for one in each.people])
        for each in found.households
    ]
    assert told == [house.expected(whole) for house in written] and unicodedata.is_normalized("NFC", str(told))
