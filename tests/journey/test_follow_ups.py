"""What is to be done stands in one list by its day, also without a network, and is done by the visit that does it."""

import pytest
from playwright.sync_api import expect

from fieldapp.store import sign_ups
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import day_of
from fieldapp.web.server import utc_now
from tests.conftest import HERE
from tests.journey.houses import DUNG
from tests.journey.member import LIST, NOT_MET, Member

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

SAU, QUYET = "Lê Thị Sáu", "Đỗ Văn Quyết"


@pytest.fixture
def promised(minh, roster, clock, communes):
    """At Dũng's a visit was given back; and Quyết asked for help on the public page."""
    (visit,) = [minh("review", roster[DUNG["name"]], {"outcome": "returned", "event": roster[SAU], "comment": "Hỏi lại năm sinh"})]
    assert visit.outcome == "stored"
    asked = sign_ups.SignUp("0192f000-0000-4000-8000-000000000001", clock.now, "dong-cho", QUYET, "+84900000001", ("epay_open",), {})
    with writing(communes) as connection:
        sign_ups.add(connection, HERE, asked, clock.now)
    return asked


@pytest.fixture
def huong(promised, browsers, link) -> Member:
    """Hường, who was told of it."""
    member = Member(browsers("phone").pages[0])
    member.enrol(link("huong"))
    expect(member.row(SAU)).to_be_visible()
    return member


def open_list(member):
    member.page.locator('a[href="#/todo"]').click()
    member.heading("Việc cần làm")


def test_what_was_promised_and_asked_for_is_done_by_the_visits_that_do_it(huong, site, communes, promised):
    site.stop()
    huong.open(SAU)
    huong.press(NOT_MET)
    huong.pick("outcome", "absent")
    huong.pick("return", "7")
    huong.save()
    open_list(huong)
    expect(huong.page.locator("h2")).to_have_text(["Đã quá hạn", "Trong 7 ngày tới"])
    expect(huong.row(SAU)).to_contain_text("Đã hẹn quay lại")
    expect(huong.row(DUNG["name"])).to_contain_text("Cán bộ xin xem lại")
    huong.row(QUYET).click()
    expect(huong.page.get_by_role("link", name="Gọi 0900 000 001")).to_have_attribute("href", "tel:+84900000001")
    huong.row(QUYET).click()
    huong.heading(QUYET)
    expect(huong.page.get_by_text("Lượt đến này là theo đăng ký của")).to_be_visible()
    refuse(huong)
    huong.open(SAU)
    refuse(huong)
    open_list(huong)
    expect(huong.page.locator("a.row")).to_have_count(1)
    expect(huong.row(DUNG["name"])).to_be_visible()
    huong.back()
    huong.page.locator('a[href="#/day"]').click()
    huong.heading("Ngày của tôi")
    expect(huong.page.locator(".bigs dd").first).to_have_text("3")
    site.start()
    huong.page.evaluate("dispatchEvent(new Event('online'))")
    expect(huong.sending).to_contain_text("Đã gửi hết")
    expect(huong.page.locator(".bigs dd").first).to_have_text("3")
    with reading(communes) as connection:
        (one,) = sign_ups.listed(connection, HERE)
    assert one.done_by == "huong" and day_of(one.done_at) == day_of(utc_now())


def refuse(member):
    member.press(NOT_MET)
    member.pick("outcome", "refused")
    member.save()
    member.heading(LIST)
