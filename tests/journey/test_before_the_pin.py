"""A phone that worked before there was a PIN: it gets one, and everything on it is still there, sealed."""

import json

import pytest
from playwright.sync_api import expect

from tests.journey.flash import AS_BEFORE, EVERYTHING, FLASH
from tests.journey.houses import DUNG, HOA
from tests.journey.member import LIST, NOT_MET
from tests.journey.visit import begin_a_visit

# What is here is the phone's own doing; the databases behind are told apart by the journey.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT = "Đã gửi hết"


@pytest.fixture
def before(huong, site):
    """Hường's phone as the first version of the app left it: a visit that waits, one begun, her lists; the server is out of reach."""
    expect(huong.sending).to_contain_text(ALL_SENT)
    site.stop()
    huong.open("Lê Thị Sáu")
    huong.press(NOT_MET)
    huong.pick("outcome", "absent")
    huong.save()
    begin_a_visit(huong)
    everything = huong.page.evaluate(EVERYTHING)
    assert len(everything["events"]) == len(everything["drafts"]) == 1 and len(everything["households"]) == 3
    huong.page.goto("about:blank")
    site.start()
    huong.page.goto(f"{site.address}/sign-in")  # the same origin, where nothing opens the store
    huong.page.evaluate(AS_BEFORE, everything)
    site.stop()
    huong.page.goto(f"{site.address}/phone/")
    return huong


def test_a_phone_of_before_chooses_a_pin_and_everything_is_still_there(before, site, journal_rows):
    expect(before.page.get_by_text("được khóa bằng mã PIN của Lê Thị Hường")).to_be_visible()
    before.choose()
    before.heading(LIST)
    expect(before.sending).to_contain_text("1 phiếu chờ gửi")
    expect(before.row("Lê Thị Sáu")).to_contain_text("Vắng nhà")
    before.press("Tiếp tục: %(name)s", name=DUNG["name"])
    before.step("people")
    before.back()
    expect(before.question("internet").locator('input[value="fixed"]')).to_be_checked()
    secrets = ("A KEY", DUNG["name"], HOA["name"], "thieu-trung.")
    flash = before.page.evaluate(FLASH)
    open_list = "tung-nha-people/"
    assert [(path, secret) for path, letters in flash for secret in secrets if secret in letters and not path.startswith(open_list)] == []
    site.start()
    before.sending.click()
    before.press("Gửi ngay")
    expect(before.sending).to_contain_text(ALL_SENT)
    assert [json.loads(row.text)["n"] for row in journal_rows() if row.device_id] == [1]


def test_a_browser_that_closes_before_the_pin_is_chosen_changes_nothing(before, site):
    before.tap("258036")
    before.press("Tiếp")
    before.heading("Nhập lại mã PIN")
    before.page.reload()
    before.choose()
    expect(before.sending).to_contain_text("1 phiếu chờ gửi")
    expect(before.page.get_by_text("Đang làm dở")).to_be_visible()
    before.page.reload()
    before.unlock()
    expect(before.sending).to_contain_text("1 phiếu chờ gửi")
