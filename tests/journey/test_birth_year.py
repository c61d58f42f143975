"""The year of birth as a member writes it: most questions hang on it."""

import pytest
from playwright.sync_api import expect

from tests.journey.houses import DUNG
from tests.journey.test_roster import to_the_people

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]


def test_half_a_year_of_birth_is_told_when_the_field_is_left(huong):
    to_the_people(huong, DUNG["name"])
    huong.press("Thêm người")
    rule = huong.page.get_by_text("Năm sinh từ 1900 đến năm nay")
    huong.write("Năm sinh", "59")
    expect(rule).to_have_count(0)
    huong.write("Họ và tên", "Nguyễn Gia Bảo")
    expect(rule).to_be_visible()
    huong.write("Năm sinh", "1959")
    expect(rule).to_have_count(0)


def test_without_a_year_of_birth_it_is_said_why_so_little_is_asked(huong):
    to_the_people(huong, DUNG["name"])
    huong.press("Thêm người")
    why = huong.page.get_by_text("Ghi năm sinh để hỏi tiếp.")
    expect(why).to_be_visible()
    huong.write("hoặc tuổi", "30")
    expect(huong.question("phone")).to_be_visible()
    expect(why).to_have_count(0)
