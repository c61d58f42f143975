"""What a phone does by its leader's word and what it says to its member: a version that is kept, visits that wait for days."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from fieldapp.store import update_holds
from fieldapp.store.engine import writing
from fieldapp.survey.day import day_of, instant, moment
from fieldapp.web.server import utc_now
from tests.conftest import HERE
from tests.journey.houses import DUNG
from tests.journey.member import NOT_MET

# What is here is the phone's own doing; the databases behind are told apart by the journey.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT = "Đã gửi hết"
# The same files under another version.
NEWER = "from fieldapp.web.phone import shell\nreal = shell.worker\nshell.worker = lambda static, pages: real(static, [*pages, pages[0]])"
VERSION = "import('/static/phone/shell.js').then(({ version }) => version())"
LOOK_FOR_A_NEWER_ONE = """async () => {
    const registration = await navigator.serviceWorker.getRegistration("/phone/");
    await registration.update();
    while (registration.installing) await new Promise((done) => setTimeout(done, 50));
    return registration.waiting ? "came" : "was not taken";
}"""
THREE_DAYS_AGO = """async () => {
    const { kept, refresh } = await import("/static/phone/phone.js");
    const at = new Date(Date.now() - 73 * 3600 * 1000).toISOString();
    await kept().take({ events: (await kept().events()).map((header) => ({ ...header, at })) });
    await refresh();
}"""


def test_a_held_version_stays_until_the_leader_lets_go(huong, site, communes):
    expect(huong.sending).to_contain_text(ALL_SENT)
    last_day = day_of(moment(instant(utc_now()) + timedelta(days=9)))
    with writing(communes) as connection:
        update_holds.hold(connection, HERE, "to-dong-cho", last_day, "tuan", utc_now())
    status(huong)
    huong.press("Gửi ngay")
    words = "Tổ trưởng giữ bản này đến " + "/".join(reversed(last_day.split("-")))
    expect(huong.page.get_by_text(words)).to_be_visible()
    before = huong.page.evaluate(VERSION)
    site.stop()
    site.before = NEWER
    site.start()
    huong.page.reload()
    huong.unlock()
    assert huong.page.evaluate(LOOK_FOR_A_NEWER_ONE) == "was not taken"
    assert before and huong.page.evaluate(VERSION) == before
    status(huong)
    expect(huong.page.get_by_text(words)).to_be_visible()
    with writing(communes) as connection:
        update_holds.release(connection, HERE, "to-dong-cho")
    huong.press("Gửi ngay")
    huong.page.wait_for_function(f"async (before) => {{ const now = await {VERSION}; return now && now !== before; }}", arg=before)


def test_visits_that_wait_for_days_are_said_over_the_list(huong, site):
    expect(huong.sending).to_contain_text(ALL_SENT)
    site.stop()
    huong.open(DUNG["name"])
    huong.press(NOT_MET)
    huong.pick("outcome", "absent")
    huong.save()
    expect(huong.page.get_by_test_id("overdue")).to_have_count(0)
    huong.page.evaluate(THREE_DAYS_AGO)
    expect(huong.page.get_by_test_id("overdue")).to_contain_text("1 phiếu đã chờ 3 ngày.")
    expect(huong.page.get_by_role("button", name="Lưu phiếu ra tệp")).to_be_visible()


def status(huong):
    huong.page.goto(huong.page.url.partition("#")[0] + "#/status")
