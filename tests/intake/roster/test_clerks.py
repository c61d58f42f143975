"""What clerks write as they go: sums below each village, "nt" for what stands above, relations beside names, numbers that begin anew."""

import pytest

from fieldapp.intake.roster import columns, meanings, sheets
from tests.intake.roster.files import csv, xlsx
from tests.intake.roster.test_awkward import VILLAGES, households, person, read

HEADER = ["STT", "Họ và tên", "Năm sinh", "Giới tính"]


def people(rows):
    """[[(name, relation)]] of each household."""
    return [[(each["name"], each["relation"]) for each in household.people] for household in read(csv(rows)).households]


@pytest.mark.parametrize(
    "line",
    [["", "Cộng thôn Phú Văn: 1 hộ, 2 khẩu", "", ""], ["I", "Cộng thôn", "", 2], ["", "Cộng hộ: 2 khẩu", "", ""], ["", "Tổng các thôn", 7, 3]],
    ids=str,
)
def test_a_sum_below_a_village_or_a_household_is_nobody(line):
    header = ["Số hộ", "Họ và tên", "Năm sinh", "Quan hệ"]
    assert people([["THÔN PHÚ VĂN"], header, [1, "Lê A B", 1950, "Chủ hộ"], line]) == [[("Lê A B", "head")]]


def test_marks_for_what_stands_above_are_written_out():
    header = ["Thôn", "Họ tên chủ hộ", "Địa chỉ", "Giới tính"]
    rows = [header, ["Phú Văn", "Lê A B", "Ngõ 3", "Nữ"], ["nt", "Lê C D", "-nt-", '"'], ["n.t", "Lê E F", "〃", "Nam"], ["như trên", "Nt", "''", ""]]
    found = read(csv(rows)).households
    assert [(each.village_id, each.address) for each in found] == [("phu-van", "Ngõ 3")] * 4
    assert [(each.people[0]["name"], each.people[0]["sex"]) for each in found][1:] == [("Lê C D", "female"), ("Lê E F", "male"), ("Nt", None)]


def test_a_relation_may_stand_beside_the_name():
    rows = [["THÔN PHÚ VĂN"], HEADER, [1, "Lê A B (Chủ hộ)", 1950], [2, "Đỗ C - vợ", 1952], [3, "Lê D (Ba)", 1980], [4, "Hà E (C.hộ)", 1950]]
    assert people(rows) == [[("Lê A B", "head"), ("Đỗ C", "spouse"), ("Lê D (Ba)", None)], [("Hà E", "head")]]
    assert households(csv([["THÔN PHÚ VĂN"], ["Họ tên chủ hộ", "Năm sinh"], ["Lê A B (chủ hộ)", 1950]])) == [("phu-van", ["Lê A B"])]


def test_numbers_that_begin_anew_in_each_household_part_them():
    names = [[1, "Lê A B", 1950, ""], [2, "Lê C D", 1952, ""], [1, "Hà E", 1950, ""], [2, "Hà G", 1950, ""], [1, "Tạ H", 1950, ""]]
    assert [len(household) for household in people([["THÔN PHÚ VĂN"], HEADER, *names])] == [2, 2, 1]


def test_numbers_that_begin_anew_in_each_village_part_nothing():
    rows = [HEADER]
    for village in ("Thôn Phú Văn", "Thôn Đồng Chợ", "Thôn Đồng Sơn"):
        rows += [[village], [1, f"Lê A {village}", 1950, ""], [2, f"Lê B {village}", 1952, ""]]
    assert [len(household) for household in people(rows)] == [1] * 6


def test_who_is_a_wife_in_one_letter_is_no_second_head():
    rows = [["Thôn", "Họ và tên", "QHCH", "NS"], ["Phú Văn", "Lê A B", "C.hộ", 1950], ["", "Đỗ C", "V", 1952], ["", "Lê D", "C. trai", 1980]]
    assert people(rows) == [[("Lê A B", "head"), ("Đỗ C", "spouse"), ("Lê D", "child")]]
    ticked = [["Thôn", "Họ và tên", "Chủ hộ"], ["Phú Văn", "Lê A B", "v"], ["Phú Văn", "Đỗ C", ""]]
    assert people(ticked) == [[("Lê A B", "head"), ("Đỗ C", None)]]


def test_a_village_that_stands_only_beside_the_head_is_that_of_all():
    rows = [["Số hộ", "Họ và tên", "Quan hệ", "Thôn"], [1, "Lê A B", "Chủ hộ", "Phú Văn"], [1, "Lê C D", "Con", ""]]
    assert households(csv(rows)) == [("phu-van", ["Lê A B", "Lê C D"])]


def test_a_head_in_columns_of_his_own_heads_the_others_and_keeps_his_birth_year_to_himself():
    upper, lower = ["STT", "Chủ hộ", "", "Thành viên", "", ""], ["", "Họ và tên", "Năm sinh", "Họ và tên", "Năm sinh", "Quan hệ"]
    lines = [[1, "LÊ A B", 1950, "Đỗ C", 1952, "Vợ"], ["", "", "", "Lê D", 1980, "Con"]]
    (household,) = read(csv([["THÔN PHÚ VĂN"], upper, lower, *lines])).households
    assert [(each["name"], each["birth_year"]) for each in household.people] == [("Lê A B", None), ("Đỗ C", 1952), ("Lê D", 1980)]
    assert household.people[0]["relation"] == "head"


@pytest.mark.parametrize(
    ("said", "born"),
    [("21218", 1958), ("3/2/58", 1958), ("3.2.58", 1958), ("3/2/05", None), ("58", None), ("1958-1960", None), ("1958 (2/3/1958)", 1958)],
)
def test_birth_years_that_can_mean_one_year_only(said, born):
    assert meanings.birth_of(said, 2026) == (born, None if born else "birth_not_understood")


def test_a_day_that_excel_shows_as_a_number_is_a_day():
    assert person(xlsx([["Thôn", "Họ tên chủ hộ", "Ngày sinh"], ["Phú Văn", "Lê A B", 21218]]))["birth_year"] == 1958


def test_the_name_of_the_police_forms_is_a_whole_name():
    rows = [["THÔN PHÚ VĂN"], ["STT", "Họ, chữ đệm và tên", "Ngày, tháng, năm sinh"], [1, "LÊ VĂN A", "03/02/1958"]]
    assert columns.guess(sheets.sheets(csv(rows))[0], VILLAGES).columns == {"head": 1, "birth": 2}
    assert households(csv(rows)) == [("phu-van", ["Lê Văn A"])]


def test_a_kind_of_village_may_stand_without_a_space():
    assert [columns.exact(each, VILLAGES) for each in ("KP1", "thôn1", "TDP1")] == ["khu-pho-1", "thon-1", None]
    assert columns.guess(sheets.sheets(csv([["Thôn", "Họ tên chủ hộ"], ["KP1", "Lê A"]]))[0], VILLAGES).villages == {"KP1": "khu-pho-1"}
