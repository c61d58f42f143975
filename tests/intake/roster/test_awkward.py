"""Lists as they are really written: headings parted and merged, villages named in places of their own, sums and signatures, words of every kind."""

from dataclasses import replace

import pytest

from fieldapp.intake.roster import columns, meanings, reading, sheets
from fieldapp.store.areas import Village
from fieldapp.survey.problems import Refused
from tests.intake.roster.files import csv, xlsx

VILLAGES = [
    Village(village_id, name, kind, False, number, "2025-07-01")
    for village_id, name, kind, number in (
        ("dong-cho", "Đồng Chợ", "thon", 3), ("phu-van", "Phú Văn", "thon", 5), ("thon-1", "1", "thon", 6), ("khu-pho-1", "1", "khu_pho", 7),
        ("dong-son", "Đông Sơn", "thon", 8), ("dong-son-2", "Đồng Sơn", "thon", 9),
    )
]  # fmt: skip


def read(content):
    sheet = sheets.sheets(content)[0]
    return reading.read(sheet, columns.guess(sheet, VILLAGES), VILLAGES, 2026)


def households(content):
    """[(village, [people])] of a file in which nothing is wrong."""
    found = read(content)
    assert [(problem.line, problem.code, problem.text) for problem in found.problems if problem.fatal] == []
    return [(each.village_id, [person["name"] for person in each.people]) for each in found.households]


def person(content):
    (household,) = read(content).households
    return household.people[0]


IN_PHU_VAN = [["DANH SÁCH HỘ THÔN PHÚ VĂN"], ["Họ tên chủ hộ", "Năm sinh", "Địa chỉ"]]


def test_names_that_begin_like_a_sum_are_people():
    rows = [*IN_PHU_VAN, ["Tống Văn Nam", 1950, "Ngõ 3"], ["Công", "", "Ngõ 4"], ["Tổng cộng", "", "2 hộ"], ["Cộng: 2", "", ""]]
    assert households(csv(rows)) == [("phu-van", ["Tống Văn Nam"]), ("phu-van", ["Công"])]


def test_who_signs_is_no_household_and_a_full_line_below_is():
    signed = [["Người lập biểu", "", "TRƯỞNG THÔN"], ["(Ký, ghi rõ họ tên)"], [], ["Nguyễn Văn Ký", "", "Trần Trưởng"]]
    dated = [["", "", "Thiệu Trung, ngày 2 tháng 11 năm 2026"]]
    rows = [*IN_PHU_VAN, ["Lê Văn Ba", 1960, "Ngõ 4"], *dated, *signed, ["Đỗ Văn Bốn", 1961, "Ngõ 5"]]
    assert [names for _, names in households(csv(rows))] == [["Lê Văn Ba"], ["Đỗ Văn Bốn"]]


def test_a_header_printed_again_and_column_numbers_are_no_data():
    header = ["STT", "Thôn", "Họ tên chủ hộ", "Năm sinh"]
    rows = [header, ["1", "2", "3", "4"], [1, "Phú Văn", "Lê Văn Ba", 1960], header, ["(1)", "(2)", "(3)", "(4)"], [2, "Phú Văn", "Lê Bốn", 1961]]
    assert [names for _, names in households(csv(rows))] == [["Lê Văn Ba"], ["Lê Bốn"]]


def test_a_line_that_says_something_but_no_name_is_told():
    (problem,) = read(csv([*IN_PHU_VAN, ["", 1950, ""], ["Lê Văn Ba", 1960, ""]])).problems
    assert (problem.line, problem.code) == (3, "no_name")


@pytest.mark.parametrize("heading", [["Thôn Phú Văn"], ["I", "Thôn Phú Văn"], ["I. THÔN PHÚ VĂN: 2 hộ"], ["Thôn Phú Văn"] * 3], ids=str)
def test_a_village_may_head_its_households(heading):
    rows = [["Họ tên chủ hộ", "Năm sinh", "Địa chỉ"], ["Thôn Đồng Chợ"], ["Lê A B", 1950, "Ngõ 3"], heading, ["Lê C D", 1950, "Ngõ 3"]]
    assert households(csv(rows)) == [("dong-cho", ["Lê A B"]), ("phu-van", ["Lê C D"])]


def test_a_village_may_stand_in_the_address():
    rows = [["Họ tên chủ hộ", "Nơi ở"], ["Lê A B", "Ngõ 3, thôn Phú Văn, xã Thiệu Trung"], ["Lê C D", "Đồng Chợ"]]
    sheet = sheets.sheets(csv(rows))[0]
    guessed = columns.guess(sheet, VILLAGES)
    # The page offers one meaning a column.
    shown = replace(guessed, columns={name: index for name, index in guessed.columns.items() if name != "address"})
    for choices in (guessed, shown):
        found = reading.read(sheet, choices, VILLAGES, 2026).households
        assert [(each.village_id, each.address) for each in found] == [("phu-van", "Ngõ 3"), ("dong-cho", None)]


@pytest.mark.parametrize(
    ("spelling", "village"),
    [("thon phu van", "phu-van"), ("T. Phú Văn", None), ("PHÚ VĂN", "phu-van"), ("Thôn số 01", "thon-1"), ("Khu phố 1", "khu-pho-1"),
     ("KP 1", "khu-pho-1"), ("1", None), ("THÔN ĐỒNG SƠN", "dong-son-2"), ("Đông Sơn", "dong-son"), ("Dong Son", None), ("Phu Vân", "phu-van")],
)  # fmt: skip
def test_a_village_is_known_in_other_spellings_but_never_guessed(spelling, village):
    assert columns.exact(spelling, VILLAGES) == village


def test_names_that_are_nearly_a_villages_are_offered():
    assert columns.nearest("Thôn Phú Vân 1", VILLAGES)[0] == "phu-van" and columns.nearest("Atlantis", VILLAGES) == []


def test_two_columns_of_a_name_are_one_name():
    header = ["Thôn", "Họ và tên đệm", "Tên", "Quan hệ với chủ hộ"]
    assert households(csv([header, ["Phú Văn", "Lê Văn", "Nam", "Chủ hộ"]])) == [("phu-van", ["Lê Văn Nam"])]
    merged = xlsx([["Thôn", "Họ và tên", "", "Quan hệ"], ["Phú Văn", "Lê Văn", "Nam", "Chủ hộ"]], merged=[(0, 1, 0, 2, "Họ và tên")])
    assert households(merged) == [("phu-van", ["Lê Văn Nam"])]


def test_day_month_and_year_in_columns_of_their_own():
    rows = [["Thôn", "Họ tên chủ hộ", "Ngày tháng năm sinh", "", ""], ["", "", "Ngày", "Tháng", "Năm"], ["Phú Văn", "Lê A B", 2, 3, 1950]]
    assert person(csv(rows))["birth_year"] == 1950


def test_a_count_of_women_is_no_sex():
    rows = [["Thôn", "Họ tên chủ hộ", "Số nhân khẩu", "", "Địa chỉ"], ["", "", "Tổng số", "Nữ", ""], ["Phú Văn", "Lê A B", 4, 2, "Ngõ 3"]]
    assert person(csv(rows))["sex"] is None


def test_what_is_said_of_the_head_is_not_his_name():
    header = ["STT", "Số CCCD chủ hộ", "Năm sinh chủ hộ", "Họ tên chủ hộ", "SĐT chủ hộ", "Giới tính chủ hộ", "Thôn"]
    found = person(csv([header, [1, "038085001234", 1950, "Lê Văn Ba", "0912345678", "Nam", "Phú Văn"]]))
    assert (found["name"], found["birth_year"], found["sex"]) == ("Lê Văn Ba", 1950, "male")


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        (["STT hộ", "Họ và tên"], [[1, "Lê A B"], ["", "Lê C D"], [2, "Lê E F"]]),
        (["STT", "Họ và tên"], [[1, "Lê A B"], ["", "Lê C D"], [2, "Lê E F"]]),
        (["Số hộ", "Họ và tên"], [[1, "Lê A B"], [1, "Lê C D"], [2, "Lê E F"]]),
        (["Chủ hộ", "Họ và tên"], [["x", "Lê A B"], ["", "Lê C D"], ["X", "Lê E F"]]),
        (["Họ tên chủ hộ", "Họ tên thành viên"], [["Lê A B", "Lê A B"], ["Lê A B", "Lê C D"], ["Lê E F", "Lê E F"]]),
        (["Quan hệ với chủ hộ", "Họ và tên"], [["Chủ hộ", "Lê A B"], ["Chú", "Lê C D"], ["chủ", "Lê E F"]]),
    ],
)  # fmt: skip
def test_households_are_told_apart_by_whatever_does(header, lines):
    found = read(csv([["THÔN PHÚ VĂN"], header, *lines])).households
    assert [[each["name"] for each in household.people] for household in found] == [["Lê A B", "Lê C D"], ["Lê E F"]]
    assert [household.people[0]["relation"] for household in found] == ["head", "head"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Chủ hộ", "head"), ("chủ", "head"), ("Chú", "other"), ("Vợ chủ hộ", "spouse"), ("Con của chủ hộ", "child"), ("Là con trai thứ 2", "child"),
     ("con dâu", "child"), ("Bố chồng", "parent"), ("Cháu ngoại", "grandchild"), ("Bà nội", "grandparent"), ("Em ruột", "other"), ("x", "head")],
)  # fmt: skip
def test_relations_in_the_words_of_lists(said, meant):
    assert meanings.relation_of(said) == (meant, None)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Không nghèo", "none"), ("Không thuộc hộ nghèo, cận nghèo", "none"), ("Thoát nghèo", "none"), ("Trung bình", "none"), ("Khá", "none"),
     ("", "none"), ("Hộ nghèo", "poor"), ("HN", "poor"), ("Hộ cận nghèo", "near_poor"), ("CN", "near_poor"), ("x", None)],
)  # fmt: skip
def test_poverty_in_the_words_of_lists(said, meant):
    assert meanings.poverty_of(said)[0] == meant


@pytest.mark.parametrize(("said", "year"), [("02/03/1985", 1985), ("1985-03-02", 1985), ("02031985", 1985), ("00/00/1985", 1985), ("không rõ", None)])
def test_birth_years_in_the_writing_of_lists(said, year):
    assert meanings.birth_of(said, 2026) == (year, None)


def test_cells_that_span_rows_and_columns_are_in_their_places():
    page = (
        "<style>td {color: red}</style><p>DANH SÁCH HỘ</p><table><tr><td rowspan=2>STT<td rowspan=2>Họ và tên chủ hộ<td colspan=2>Năm sinh"
        "<td rowspan=2>Thôn<tr><td>Nam<td>Nữ<tr><td>1<td>Lê A B<td>1950<td><td rowspan=2>Phú Văn<tr><td>2<td>Lê C D<td><td>1960</table>"
    )
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    down = '<Cell ss:MergeDown="1"><Data>'
    xml = (
        f'<?xml version="1.0"?><Workbook {space}><Worksheet ss:Name="H"><Table><Row>{down}STT</Data></Cell>{down}Họ và tên chủ hộ</Data></Cell>'
        f'<Cell ss:MergeAcross="1"><Data>Năm sinh</Data></Cell>{down}Thôn</Data></Cell></Row><Row><Cell ss:Index="3"><Data>Nam</Data></Cell><Cell>'
        f"<Data>Nữ</Data></Cell></Row><Row><Cell><Data>1</Data></Cell><Cell><Data>Lê A B</Data></Cell><Cell><Data>1950</Data></Cell>"
        f'<Cell ss:Index="5" ss:MergeDown="1"><Data>Phú Văn</Data></Cell></Row><Row><Cell ss:Index="2"><Data>Lê C D</Data></Cell>'
        f'<Cell ss:Index="4"><Data>1960</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    for content in (page.encode(), xml.encode()):
        found = [(each.village_id, *each.people[0].values()) for each in read(content).households]
        assert [each[:4] for each in found] == [("phu-van", "Lê A B", 1950, "male"), ("phu-van", "Lê C D", 1960, "female")]


def test_commas_in_addresses_do_not_part_a_file_of_semicolons():
    lines = [f"Phú Văn;Lê Văn {name};Số {name}, ngõ 3, xóm 2, xã Thiệu Trung" for name in ("An", "Ba", "Chi")]
    found = read("\n".join(["sep=;", "Thôn;Họ tên chủ hộ;Địa chỉ", *lines]).encode()).households
    assert [each.lines for each in found] == [[3], [4], [5]] and found[0].address == "Số An, ngõ 3, xóm 2, xã Thiệu Trung"


def test_a_lone_quotation_mark_swallows_no_lines():
    lines = [f'Phú Văn;"Lê Văn {number}' if number == 3 else f"Phú Văn;Lê Văn Số {number}" for number in range(60)]
    assert len(read("\n".join(["Thôn;Họ tên chủ hộ", *lines]).encode()).households) == 60


@pytest.mark.parametrize("names", ["Hä vµ tªn chñ hé;NguyÔn V¨n §øc", "Hoï vaø teân chuû hoä;Nguyeãn Vaên Ñöùc"], ids=["TCVN3", "VNI"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_old_fonts_are_told(names, encoding):
    heading, name = names.split(";")
    with pytest.raises(Refused) as refused:
        sheets.sheets("\n".join([f"TT;{heading}", *(f"{number};{name}" for number in range(20))]).encode(encoding))
    assert refused.value.problem.code == "roster_old_font"


def test_a_file_with_a_password_is_told():
    with pytest.raises(Refused) as refused:
        sheets.sheets(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 500)
    assert refused.value.problem.code == "roster_password"
