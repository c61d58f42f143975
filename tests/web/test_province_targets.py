"""A province sets targets of its own: by which decision, from which day; its communes are set beside them, and told."""

import re

import pytest

from fieldapp.store import boards, ledger
from fieldapp.store.engine import reading, writing
from fieldapp.survey.contribution import COVERAGE
from tests.conftest import HERE
from tests.web.conftest import PROVINCE
from tests.web.test_province import SMARTPHONE, TWO, told  # noqa: F401 (a fixture)

SAID = {
    "name": "Mục tiêu của tỉnh 2026", "decision": "QĐ 77/QĐ-UBND", "date": "2026-01-15", "since": "2026-02-01",
    "percent.smartphone": "91,5", "direction.smartphone": "up", "percent.poor_without_smartphone": "3", "direction.poor_without_smartphone": "down",
}  # fmt: skip


def test_a_target_stands_beside_those_that_ship(mai, told):  # noqa: F811
    told(TWO)
    assert mai.post("/province/targets", SAID, "/province/targets").status_code == 303
    page = mai.get("/province/indicators/smartphone").text
    assert "QĐ 77/QĐ-UBND" in page and "≥ 91,5%" in page and "QĐ 411/QĐ-TTg" in page
    assert "QĐ 77/QĐ-UBND, " in mai.get("/province/targets").text


def test_a_month_of_before_is_set_beside_what_was_asked_then(mai, told):  # noqa: F811
    told({each: value for each, value in TWO.items() if each[0] == HERE}, day="2026-09-12", today="2026-10-20")
    told({(HERE, "dong-cho", SMARTPHONE): (40, 10), (HERE, "dong-cho", COVERAGE): (20, 0)})
    mai.post("/province/targets", {**SAID, "since": "2026-11-01"}, "/province/targets")
    before, now = (mai.get(f"/province/indicators/smartphone?month=2026-{month}").text for month in ("09", "10"))
    assert "QĐ 77/QĐ-UBND" in now and "QĐ 77/QĐ-UBND" not in before


def test_its_communes_are_told_and_set_beside_it(mai, minh, communes):
    posted = {("2026-11-02", "dong-cho", key, ledger.ALL): [*each, 0] for key, each in ((COVERAGE, (40, 0)), (SMARTPHONE, (9, 1)))}
    with writing(communes) as connection:
        ledger.post(connection, HERE, posted)
    mai.post("/province/targets", SAID, "/province/targets")
    assert "QĐ 77/QĐ-UBND" in minh.get("/").text and "của tỉnh" in minh.get("/boards").text
    page = minh.get("/boards/province_targets").text
    assert "chỉ tỉnh sửa được" in page and "change" not in page
    assert minh.get("/boards/province_targets/change").status_code == 404
    assert minh.post("/boards/province_targets/follow", {"follow": "1"}, "/boards/national-2025").status_code == 404


def test_asked_for_a_day_before_its_first_it_says_from_when_it_holds_and_leads_there(mai, minh):
    mai.post("/province/targets", SAID, "/province/targets")
    before = minh.get("/boards/province_targets?on=2026-01-31")
    assert before.status_code == 404 and "Mục tiêu của tỉnh có từ ngày 01/02/2026" in before.text
    (way,) = re.findall(r'href="(/boards/[^"]+)"', before.text)
    assert minh.get(way).status_code == 200 and 'min="2026-02-01"' in minh.get(way).text


def test_a_commune_that_chose_its_boards_is_set_beside_its_provinces_too(mai, minh, communes):
    minh.post("/boards/national-2025/follow", {}, "/boards/national-2025")
    mai.post("/province/targets", SAID, "/province/targets")
    with reading(communes) as connection:
        followed = [each.code for each in boards.followed(connection, HERE)]
        assert followed == ["province_targets", "thanh-hoa-2023"]
        assert "province_targets" not in {each.code for each in boards.followed(connection, HERE, "2026-01-31")}
        assert boards.of_province(connection, PROVINCE, "2026-01-31") == {}


def test_a_target_is_taken_back_and_the_version_before_stays(mai):
    mai.post("/province/targets", SAID, "/province/targets")
    mai.post("/province/targets", {**SAID, "since": "2026-11-01", "percent.smartphone": ""}, "/province/targets")
    page = mai.get("/province/targets").text
    assert page.count("QĐ 77/QĐ-UBND, ") == 2 and page.count("≥ 91,5%") == 1


@pytest.mark.parametrize(
    "field, text, words",
    [
        ("percent.smartphone", "chín mươi", "Không hiểu số"), ("percent.smartphone", "120", "Phần trăm không quá 100"), ("decision", "", "Chưa ghi"),
        ("date", "2027-01-01", "Ngày này chưa đến"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(mai, communes, field, text, words):
    answer = mai.post("/province/targets", {**SAID, field: text}, "/province/targets")
    assert answer.status_code == 422 and words in answer.text
    with reading(communes) as connection:
        assert boards.own(connection, PROVINCE) == {}


def test_nothing_at_all_is_no_target(mai):
    nothing = {**SAID, "percent.smartphone": "", "percent.poor_without_smartphone": ""}
    assert mai.post("/province/targets", nothing, "/province/targets").status_code == 422


def test_nobody_else_opens_them(mai, minh):
    assert minh.get("/province/targets").status_code == 404
