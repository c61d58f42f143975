"""A new version of the app comes out while phones are in the field: it comes whole or not at all, never in the middle of a visit, and what was
recorded under the old one is sent by the new one."""

import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from fieldapp.browsing.site import Site
from tests.browser import kill
from tests.journey.houses import DUNG, ROSTER
from tests.journey.member import LIST, PIN, Member
from tests.journey.releases import Releases, version_at
from tests.journey.visit import begin_a_visit, nobody_home

# What is here is the phone's own doing; the databases behind are told apart by the journey.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT, SECOND, THIRD = "Đã gửi hết", ROSTER[1]["people"][0]["name"], ROSTER[2]["people"][0]["name"]
LOOK_FOR_UPDATE = """async () => {
    const registration = await navigator.serviceWorker.getRegistration("/phone/");
    await registration.update().catch(() => {});
}"""
RUNS = "import('/static/phone/shell.js').then(({ version }) => version())"
WAITS = "navigator.serviceWorker.getRegistration('/phone/').then(({ waiting }) => Boolean(waiting))"


@pytest.fixture
def releases(tmp_path):
    return Releases(tmp_path)


@pytest.fixture
def site(communes, roster, tmp_path, releases):
    site = Site(communes, tmp_path / "data", releases.before)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def huong(huong, site):
    """Hường, whose phone keeps the first version."""
    expect(huong.sending).to_contain_text(ALL_SENT)
    huong.first = version_at(site.address)
    runs(huong, huong.first)
    return huong


@pytest.mark.parametrize("fault", ["500", "other bytes", "pack cut short"])
def test_a_version_of_which_one_file_fails_is_not_taken_and_the_old_one_works_on(huong, site, releases, journal_rows, sound, fault):
    releases.publish(fault)
    huong.page.evaluate(LOOK_FOR_UPDATE)
    says_the_new_one_failed(huong)
    assert releases.is_asked_for
    works_offline_under(huong, huong.first, site)
    releases.mend()
    takes_over(huong, site, journal_rows)
    sound()


def test_a_server_that_dies_in_the_middle_of_an_update_leaves_the_old_version_whole(huong, site, releases, journal_rows, sound):
    releases.publish("slow")
    huong.page.evaluate(LOOK_FOR_UPDATE)
    comes_true(lambda: releases.is_asked_for)
    site.stop()
    says_the_new_one_failed(huong)
    works_offline_under(huong, huong.first, site)
    releases.mend()
    takes_over(huong, site, journal_rows)
    sound()


def test_a_browser_killed_in_the_middle_of_an_update_opens_with_the_old_version(
    huong, site, releases, browsers, tmp_path, journal_rows, sound
):  # fmt: skip
    releases.publish("slow")
    huong.page.evaluate(LOOK_FOR_UPDATE)
    comes_true(lambda: releases.is_asked_for)
    kill(tmp_path / "phone")
    site.stop()
    again = Member(browsers("phone").pages[0])
    again.first = huong.first
    again.page.goto(f"{site.address}/phone/")
    works_offline_under(again, huong.first, site)
    releases.mend()
    takes_over(again, site, journal_rows)
    sound()


def test_a_new_version_waits_until_the_visit_is_saved_and_the_phone_locked(huong, site, releases, journal_rows, sound):
    begin_a_visit(huong)
    releases.publish()
    huong.page.evaluate(LOOK_FOR_UPDATE)
    comes_true(lambda: huong.page.evaluate(WAITS))
    huong.ask({"electricity_cashless": "yes"})
    expect(huong.question("internet").locator('input[value="fixed"]')).to_be_checked()
    runs(huong, huong.first)
    huong.page.evaluate("location.hash = location.hash.replace(/house$/, 'summary')")
    huong.press("Lưu lượt đến")
    expect(huong.page.get_by_role("button", name="Sửa lại")).to_be_visible()
    runs(huong, huong.first)
    lock(huong)
    opens_as(huong, version_at(site.address))
    expect(huong.sending).to_contain_text(ALL_SENT)
    assert [row.kind for row in journal_rows() if row.device_id] == ["visit"]
    sound()


def test_what_is_typed_in_one_tab_outlasts_a_version_that_a_locked_one_lets_in(huong, site, releases):
    huong.page.evaluate("location.hash = '#found'")
    huong.write("Ngõ, xóm, số nhà", "Ngõ 3")
    other = Member(huong.page.context.new_page())
    other.page.goto(f"{site.address}/phone/")
    other.heading("Nhập mã PIN")
    releases.publish()
    other.page.evaluate(LOOK_FOR_UPDATE)
    runs(other, version_at(site.address))
    runs(huong, huong.first)
    expect(huong.page.get_by_label("Ngõ, xóm, số nhà")).to_have_value("Ngõ 3")
    huong.back()
    lock(huong)
    runs(huong, version_at(site.address))


def test_a_pin_that_is_being_typed_is_not_lost_to_a_new_version(huong, site, releases):
    lock(huong)
    huong.tap(PIN[:3])
    releases.publish()
    huong.page.evaluate(LOOK_FOR_UPDATE)
    comes_true(lambda: huong.page.evaluate(WAITS))
    huong.tap(PIN[3:])
    huong.press("Mở khóa")
    huong.back()
    runs(huong, huong.first)
    lock(huong)
    opens_as(huong, version_at(site.address))


def test_a_phone_two_versions_back_still_sends_and_goes_straight_to_the_newest(huong, site, releases, journal_rows, sound):
    releases.publish("500")
    releases.publish("500")
    huong.page.evaluate(LOOK_FOR_UPDATE)
    says_the_new_one_failed(huong)
    nobody_home(huong, DUNG["name"])
    expect(huong.sending).to_contain_text(ALL_SENT)
    runs(huong, huong.first)
    works_offline_under(huong, huong.first, site)
    releases.mend()
    takes_over(huong, site, journal_rows, before=1)
    sound()


def says_the_new_one_failed(huong):
    huong.sending.click()
    expect(huong.page.get_by_text("Chưa tải được, máy vẫn dùng bản cũ")).to_be_visible()
    huong.back()


def works_offline_under(huong, version, site):
    """Without a network the app opens whole, as this version, and saves a visit."""
    site.stop()
    huong.page.reload()
    huong.unlock()
    huong.heading(LIST)
    runs(huong, version)
    nobody_home(huong, SECOND)
    expect(huong.sending).to_contain_text("1 phiếu chờ gửi")


def takes_over(huong, site, journal_rows, before=0):
    """With the network the new version comes by itself, and sends what the old one recorded."""
    site.start()
    lock(huong)
    huong.page.evaluate(LOOK_FOR_UPDATE)
    opens_as(huong, version_at(site.address))
    expect(huong.sending).to_contain_text(ALL_SENT)
    nobody_home(huong, THIRD)
    expect(huong.sending).to_contain_text(ALL_SENT)
    mine = [row for row in journal_rows() if row.device_id]
    assert [row.n for row in mine] == list(range(1, before + 3)) and not any(row.held for row in mine)


def lock(huong):
    """Lock the phone by hand, where the sending is told."""
    huong.sending.click()
    huong.press("Khóa ngay")
    huong.heading("Nhập mã PIN")


def opens_as(huong, version):
    """The page opened anew, with this version, locked as at every start."""
    runs(huong, version)
    huong.unlock()
    huong.back()
    huong.heading(LIST)


def runs(huong, version):
    comes_true(lambda: version_of(huong) == version)


def version_of(huong):
    """None while the page opens anew."""
    with suppress(Error):
        return huong.page.evaluate(RUNS)


def comes_true(condition, seconds=20):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
