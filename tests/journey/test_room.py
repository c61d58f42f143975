"""A phone that gets full: it says so while there is room, and then loses no answer."""

import pytest
from playwright.sync_api import expect

from tests.browser import kill
from tests.journey.houses import DUNG
from tests.journey.member import Member
from tests.journey.visit import begin_a_visit

# What is here is the phone's own doing; the databases behind are told apart by the journey.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT, ALMOST_FULL, FULL = "Đã gửi hết", "Máy sắp hết chỗ", "Máy hết chỗ, chưa ghi được câu vừa rồi."


CHROMIUM_REMEMBERS_ROOM_MS = 3_000  # after nobody has the database open any more; else for half a minute


def without_room(page):
    """A browser that keeps no more bytes for the app, which is opened anew, until the session ends that comes back."""
    session, there = page.context.new_cdp_session(page), page.url
    session.send("Storage.overrideQuotaForOrigin", {"origin": page.evaluate("location.origin"), "quotaSize": 1})
    page.goto("about:blank")
    page.wait_for_timeout(CHROMIUM_REMEMBERS_ROOM_MS)
    page.goto(there)
    return session


def test_a_phone_that_gets_full_says_so_while_there_is_room(huong):
    """The newest Chromium says "10 GB free" to everybody, whatever the disk; others tell the truth."""
    expect(huong.sending).to_contain_text(ALL_SENT)
    expect(huong.page.get_by_text(ALMOST_FULL)).to_have_count(0)
    huong.page.add_init_script("navigator.storage.estimate = async () => ({ quota: 50e6, usage: 38e6 })")
    huong.page.reload()
    huong.unlock()
    expect(huong.page.get_by_text(ALMOST_FULL)).to_be_visible()
    expect(huong.page.get_by_text("Còn khoảng 12 MB.")).to_be_visible()


def test_an_answer_that_does_not_fit_stays_on_the_screen_until_it_is_written(huong, site, browsers, tmp_path):
    expect(huong.sending).to_contain_text(ALL_SENT)
    site.stop()
    begin_a_visit(huong)
    session = without_room(huong.page)
    huong.unlock()
    huong.step("house")
    huong.ask({"zalo_group": "yes"})
    expect(huong.page.get_by_text(FULL)).to_be_visible()
    expect(huong.question("zalo_group").locator('input[value="yes"]')).to_be_checked()
    huong.page.goto(huong.page.url.partition("#")[0] + "#/status")
    huong.press("Khóa ngay")  # not now: it would be lost
    huong.heading("Gửi và nhận")
    huong.page.go_back()
    expect(huong.question("zalo_group").locator('input[value="yes"]')).to_be_checked()
    session.detach()
    expect(huong.page.get_by_text(FULL)).to_have_count(0, timeout=60_000)
    kill(tmp_path / "phone")
    huong = Member(browsers("phone").pages[0])
    huong.start(site.address)
    huong.press("Tiếp tục: %(name)s", name=DUNG["name"])
    huong.step("people")
    huong.back()
    expect(huong.question("zalo_group").locator('input[value="yes"]')).to_be_checked()


def test_a_full_phone_opens_by_its_pin_and_by_no_other(huong, site):
    expect(huong.sending).to_contain_text(ALL_SENT)
    site.stop()
    session = without_room(huong.page)
    huong.unlock("999999")
    expect(huong.page.get_by_text("Mã PIN chưa đúng.")).to_be_visible()
    huong.unlock()
    expect(huong.row(DUNG["name"])).to_be_visible()
    session.detach()
