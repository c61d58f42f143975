"""A visit that was just saved is opened again by one tap, and corrected: it stays saved, and counts once, as it should have read."""

import re

import pytest
from playwright.sync_api import expect

from fieldapp.store import households
from fieldapp.store.engine import reading
from tests.conftest import HERE
from tests.journey.houses import DUNG, HOA, called
from tests.journey.member import BEGIN, Member
from tests.journey.visit import begin_a_visit, nobody_home

# What is here is the phone's own doing; the databases behind are told apart by the journey.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT, AGAIN = "Đã gửi hết", "Sửa lại"


def state_of(communes, household):
    with reading(communes) as connection:
        return households.by_id(connection, HERE, household).state


def sent(huong):
    huong.sending.click()
    huong.press("Gửi ngay")
    huong.back()
    expect(huong.sending).to_contain_text(ALL_SENT)


def test_a_saved_visit_is_corrected_by_one_tap(huong, site, communes, roster, sound):
    expect(huong.sending).to_contain_text(ALL_SENT)
    site.stop()
    begin_a_visit(huong)
    huong.press("Tiếp: người trong nhà")
    huong.press("Hỏi %(name)s", name=called(DUNG))
    huong.ask({"phone": "none"})
    huong.press("Xem lại")
    huong.save()

    huong.press(AGAIN)
    huong.page.locator("li.card button.who").filter(has_text=DUNG["name"]).click()
    expect(huong.question("phone").locator('input[value="none"]')).to_be_checked()
    huong.ask({"phone": "smartphone"})
    huong.press("Xem lại")
    huong.save()
    expect(huong.sending).to_contain_text("2 phiếu chờ gửi")
    huong.open(DUNG["name"])
    expect(huong.page.locator(".person").filter(has_text=DUNG["name"])).to_contain_text("Thông minh")
    huong.back()
    site.start()
    sent(huong)
    state = state_of(communes, roster[DUNG["name"]])
    assert (state["people"][DUNG["id"]]["phone"], state["house"]["internet"], state["visits"]) == ("smartphone", "fixed", 1)
    sound()


def test_a_wrong_reason_is_corrected_and_leaving_the_correction_keeps_what_was_saved(huong, communes, roster):
    expect(huong.sending).to_contain_text(ALL_SENT)
    nobody_home(huong, DUNG["name"])
    huong.press(AGAIN)
    huong.back()
    expect(huong.page.get_by_role("button", name="Gặp được nhà")).to_have_count(0)
    huong.press("Thôi, không sửa")
    huong.heading(DUNG["name"])
    huong.press("Hoàn tác")
    huong.step("return")
    huong.back()
    huong.pick("outcome", "vacant")
    huong.save()
    sent(huong)
    state = state_of(communes, roster[DUNG["name"]])
    assert (state["outcome"], state["status"], state["visits"]) == ("vacant", "vacant", 1)


def test_the_phones_own_back_after_saving_begins_no_second_visit(huong):
    begin_a_visit(huong)
    huong.press("Tiếp: người trong nhà")
    huong.press("Xong phần người")
    huong.save()
    for _step in ("people", "house", "consent"):
        huong.page.go_back()
        huong.heading(DUNG["name"])
        expect(huong.page.get_by_role("button", name=BEGIN)).to_be_visible()
        expect(huong.page).to_have_url(re.compile("#/household/"))


def test_a_consent_is_not_corrected_by_the_phones_own_back(huong):
    begin_a_visit(huong)
    huong.press("Tiếp: người trong nhà")
    huong.press("Xong phần người")
    huong.save()
    huong.press(AGAIN)
    huong.step("people")
    huong.page.evaluate("location.hash = location.hash.replace(/people$/, 'consent')")
    huong.heading(DUNG["name"])
    expect(huong.page.get_by_role("button", name="Tiếp tục lượt đến")).to_be_visible()


def test_a_visit_that_is_begun_anew_in_another_tab_meanwhile_is_not_written_over(huong, site):
    nobody_home(huong, DUNG["name"])
    other = Member(huong.page.context.new_page())
    other.start(site.address)
    begin_a_visit(other)
    huong.page.bring_to_front()
    huong.press(AGAIN)
    huong.heading("Lượt đến này đang mở ở thẻ khác")
    huong.press("Mở ở thẻ này")
    huong.step("people")
    huong.back()
    expect(huong.question("internet").locator('input[value="fixed"]')).to_be_checked()


def test_a_refusal_is_not_corrected_into_a_yes(huong):
    huong.open(DUNG["name"])
    huong.press(BEGIN)
    huong.pick("respondent", HOA["id"])
    huong.pick("consent", "no")
    huong.save()
    expect(huong.page.get_by_role("region", name="Vừa xong")).to_contain_text("Đã lưu.")
    expect(huong.page.get_by_role("button", name=AGAIN)).to_have_count(0)
