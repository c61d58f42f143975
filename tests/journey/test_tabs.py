"""One visit in two tabs: the second is told, and may take it over; nothing that was answered is lost."""

import pytest
from playwright.sync_api import expect

from tests.journey.houses import DUNG
from tests.journey.member import LIST, Member
from tests.journey.visit import begin_a_visit

# What is here is the phone's own doing; the databases behind are told apart by the journey.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ELSEWHERE, HERE = "Lượt đến này đang mở ở thẻ khác", "Mở ở thẻ này"


@pytest.fixture
def other(huong, site):
    """A second tab, before the visit that is open in the first."""
    begin_a_visit(huong)
    other = Member(huong.page.context.new_page())
    other.start(site.address)
    other.press("Tiếp tục: %(name)s", name=DUNG["name"])
    other.heading(ELSEWHERE)
    return other


def answered(tab):
    """From where the visit goes on to the question that was answered in the first tab."""
    tab.step("people")
    tab.back()
    return tab.question("internet").locator('input[value="fixed"]')


def test_the_second_tab_takes_the_visit_over_with_every_answer_and_the_first_closes_it_with_a_word(huong, other):
    other.press(HERE)
    expect(answered(other)).to_be_checked()
    huong.heading(LIST)
    expect(huong.page.get_by_text("Lượt đến này đã mở ở thẻ khác. Các câu trả lời đều còn.").first).to_be_visible()
    huong.page.bring_to_front()
    huong.press("Tiếp tục: %(name)s", name=DUNG["name"])
    huong.heading(ELSEWHERE)


def test_the_second_tab_waits_while_nobody_takes_over_and_finds_the_visit_free_when_the_first_is_gone(huong, other):
    other.back()
    huong.page.close()
    other.page.go_back()
    expect(answered(other)).to_be_checked()


def test_a_first_tab_that_sleeps_is_not_waited_for(huong, other):
    huong.page.context.new_cdp_session(huong.page).send("Page.setWebLifecycleState", {"state": "frozen"})
    other.press(HERE)
    expect(answered(other)).to_be_checked(timeout=15_000)


def test_a_first_tab_whose_answer_is_only_in_memory_keeps_the_visit(huong, other):
    huong.page.evaluate("import('/static/phone/visiting.js').then(({ trouble }) => { trouble.value = true; })")
    other.press(HERE)
    expect(other.page.get_by_text("Thẻ kia chưa ghi xong câu vừa rồi.")).to_be_visible()
    huong.step("house")
