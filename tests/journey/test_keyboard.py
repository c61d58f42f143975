"""Everything at a door can be done without touching the screen: by a keyboard alone, each thing found by the role and the name that
a reader of screens says."""

import pytest
from playwright.sync_api import expect

from tests.journey.houses import DUNG, HOA, called
from tests.journey.keyboard import Keyboard
from tests.journey.member import BEGIN, LIST, NOT_MET, SAVE

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]


def test_a_whole_visit_by_the_keyboard(huong):
    keys = Keyboard(huong.page)
    keys.write("searchbox", "Tìm hộ", "nguyen van dung")
    keys.use("link", DUNG["name"])
    keys.begin_at(DUNG["name"])
    keys.use("button", BEGIN)
    keys.begin_at("Đọc to cho nhà nghe")
    keys.choose("Người trả lời", HOA["name"])
    keys.choose("Đồng ý cung cấp thông tin", "Đồng ý")
    keys.begin_at("Nhà")
    keys.answer("internet", "Cáp quang")
    keys.answer("zalo_group", "Có")
    keys.use("button", "Tiếp: người trong nhà")
    keys.begin_at("Người trong nhà")
    keys.use("button", f"Hỏi {called(DUNG)}")
    keys.begin_at(DUNG["name"])
    keys.answer("phone", "Thông minh")
    keys.answer("vneid", "Cài rồi, chưa kích hoạt")
    keys.use("button", "Hỗ trợ: Kích hoạt VNeID")
    keys.tick("Đã giúp", "Kích hoạt VNeID: Mức 2 (đã xem tận mắt)")
    keys.tick("Tài khoản thanh toán", "Ngân hàng")
    keys.use("button", f"Tiếp: {called(HOA)}")
    keys.begin_at(HOA["name"])
    keys.use("button", "Quay lại")
    keys.begin_at("Người trong nhà")
    keys.use("button", "Xong phần người")
    keys.begin_at("Xem lại rồi lưu")
    keys.use("button", "Hẹn ngày quay lại")
    keys.begin_at("Hẹn lại ngày")
    keys.choose("Bao giờ quay lại?", "Tuần sau")
    keys.use("button", "Tiếp: xem lại")
    keys.begin_at("Xem lại rồi lưu")
    keys.use("button", SAVE)
    keys.begin_at(LIST)
    keys.write("searchbox", "Tìm hộ", "nguyen van dung")
    expect(huong.row(DUNG["name"])).to_be_visible()


def test_an_arrow_only_looks_at_an_outcome_and_a_key_takes_it(huong):
    keys = Keyboard(huong.page)
    keys.use("link", DUNG["name"])
    keys.begin_at(DUNG["name"])
    keys.use("button", NOT_MET)
    keys.begin_at("Kết quả lượt đến")
    keys.choose("Chưa hỏi được vì sao?", "Vắng nhà")
    huong.step("return")
