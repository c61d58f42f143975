"""Practice: without a code, without a network, with a mark on every screen; and nothing of it goes anywhere."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from fieldapp.store.engine import reading
from fieldapp.store.tables import journal
from tests.journey.member import LIST, NOT_MET, Member

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

TAP, VANG = "Nguyễn Văn Tập", "Hoàng Văn Vắng"


@pytest.fixture
def newcomer(browsers, site):
    """Somebody who has no code yet, on the enrolment's screen; every call to the server is noted."""
    page = browsers("new").pages[0]
    member = Member(page)
    member.calls = []
    page.on("request", lambda request: "/api/" in request.url and member.calls.append(request.url))
    page.goto(f"{site.address}/phone/")
    member.heading("Đăng ký máy")
    return member


def mark(member):
    return member.page.get_by_text("TẬP · không tính")


def nobody_home(member, name):
    member.open(name)
    member.press(NOT_MET)
    member.pick("outcome", "absent")
    expect(mark(member)).to_be_visible()
    member.save()


def test_a_newcomer_practises_a_visit_without_a_network_and_sees_it_sent(newcomer, communes):
    newcomer.press("Tập trước, chưa cần mã")
    newcomer.heading(LIST)
    nobody_home(newcomer, TAP)
    expect(newcomer.sending).to_contain_text("1 phiếu chờ gửi")
    newcomer.press("Bật mạng")
    expect(newcomer.sending).to_contain_text("Đã gửi hết")
    expect(newcomer.row(TAP)).to_contain_text("Vắng nhà")
    newcomer.page.locator('a[href="#/day"]').click()
    newcomer.heading("Ngày của tôi")
    expect(newcomer.page.locator(".bigs dd").first).to_have_text("1")
    newcomer.back()
    newcomer.sending.click()
    newcomer.heading("Chỗ tập")
    newcomer.press("Thôi tập")
    newcomer.heading("Đăng ký máy")
    expect(mark(newcomer)).to_have_count(0)
    with reading(communes) as connection:
        assert connection.execute(select(func.count()).select_from(journal)).scalar_one() == 3  # the roster
    assert newcomer.calls == []


def test_practice_goes_on_where_it_stopped_and_begins_anew_by_one_tap(newcomer):
    newcomer.press("Tập trước, chưa cần mã")
    nobody_home(newcomer, TAP)
    newcomer.page.reload()
    newcomer.heading("Đăng ký máy")
    newcomer.press("Tập trước, chưa cần mã")
    expect(newcomer.sending).to_contain_text("1 phiếu chờ gửi")
    newcomer.sending.click()
    newcomer.press("Làm lại từ đầu")
    newcomer.heading(LIST)
    expect(newcomer.sending).not_to_contain_text("chờ gửi")
    expect(newcomer.row(TAP)).to_contain_text("Chưa đến")
    newcomer.page.locator('a[href="#/todo"]').click()
    expect(newcomer.page.locator("h2")).to_have_text(["Đã quá hạn", "Hôm nay", "Trong 7 ngày tới"])


def test_a_member_practises_and_finds_their_own_list_behind_the_pin_again(huong, site):
    expect(huong.row("Lê Thị Sáu")).to_be_visible()
    own = huong.page.locator("a.row").count()
    huong.press("Vào chỗ tập")
    expect(mark(huong)).to_be_visible()
    huong.heading(LIST)
    nobody_home(huong, VANG)
    mark(huong).click()
    huong.press("Thôi tập")
    huong.unlock()
    huong.heading(LIST)
    expect(mark(huong)).to_have_count(0)
    expect(huong.page.locator("a.row")).to_have_count(own)
    expect(huong.sending).to_contain_text("Đã gửi hết")


def test_the_list_offers_practice_until_the_first_visit_is_counted(huong):
    way = huong.page.get_by_role("button", name="Vào chỗ tập")
    expect(way).to_be_visible()
    huong.open("Lê Thị Sáu")
    huong.press(NOT_MET)
    huong.pick("outcome", "absent")
    huong.save()
    expect(huong.sending).to_contain_text("Đã gửi hết")
    huong.page.reload()
    huong.unlock()
    huong.heading(LIST)
    huong.sending.click()
    huong.press("Gửi ngay")
    huong.back()
    expect(way).to_have_count(0)
