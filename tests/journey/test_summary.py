"""What the last step takes for granted: a house where nobody was asked is not done, and help is read back in few words; and help that is
opened at the foot of the screen comes into view."""

import pytest
from playwright.sync_api import expect

from tests.journey.houses import DUNG, called
from tests.journey.visit import begin_a_visit

# What is here is the phone's own doing; the databases behind are told apart by the journey.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

NOBODY = "Chưa hỏi ai trong nhà nên ghi là dở dang."


def whole(huong, value):
    return huong.page.locator(f'input[name="whole"][value="{value}"]')


def to_the_people_again(huong):
    huong.back()
    huong.step("people")


def test_where_nobody_was_asked_the_visit_is_partly_done_until_somebody_is_or_the_member_says_otherwise(huong):
    begin_a_visit(huong)
    huong.press("Tiếp: người trong nhà")
    huong.press("Xong phần người")
    expect(whole(huong, "partly")).to_be_checked()
    expect(huong.page.get_by_text(NOBODY)).to_be_visible()

    to_the_people_again(huong)
    huong.press("Hỏi %(name)s", name=called(DUNG))
    huong.ask({"phone": "smartphone", "vneid": "none"})
    huong.press("Xem lại")
    expect(whole(huong, "done")).to_be_checked()
    whole(huong, "partly").click()
    to_the_people_again(huong)
    huong.press("Xong phần người")
    expect(whole(huong, "partly")).to_be_checked()
    expect(huong.page.get_by_text(NOBODY)).to_have_count(0)


def test_help_is_seen_when_it_is_opened_and_read_back_under_one_name(huong):
    begin_a_visit(huong)
    huong.press("Tiếp: người trong nhà")
    huong.press("Hỏi %(name)s", name=called(DUNG))
    huong.ask({"phone": "smartphone", "vneid": "none"})
    # The button that opens it at the very foot of what can be seen.
    button = huong.question("vneid").locator(".service > button")
    button.evaluate("button => scrollBy(0, button.getBoundingClientRect().bottom - document.querySelector('footer').getBoundingClientRect().top)")
    button.click()
    last = huong.question("vneid").locator(".part").last
    expect(last).to_be_in_viewport(ratio=1)
    assert last.bounding_box()["y"] + last.bounding_box()["height"] <= huong.page.locator("footer").bounding_box()["y"]
    huong.page.get_by_role("checkbox", name="Kích hoạt VNeID: Mức 1", exact=True).click()
    huong.press("Xem lại")
    expect(huong.page.get_by_text(f"{DUNG['name']}: Cài VNeID, Kích hoạt VNeID", exact=True)).to_be_visible()


def test_a_house_that_all_have_left_says_how_to_end_it(huong):
    huong.open("Lê Thị Sáu")
    huong.knock()
    huong.press("Tiếp: người trong nhà")
    huong.press("Hỏi %(name)s", name="Sáu")
    huong.press("Đi xa, chuyển, mất…")
    huong.ask({"residence": "left"})
    expect(huong.page.get_by_text("Sang nhà khác cùng thôn thì mở nhà ấy, bấm “Người từ nhà khác sang”.")).to_be_visible()
    huong.press("Xong người này")
    huong.press("Xong phần người")
    expect(whole(huong, "done")).to_be_checked()
    huong.save()
    huong.open("Lê Thị Sáu")
    expect(huong.page.get_by_text("Nhà không còn ai.")).to_be_visible()
    huong.press("Không hỏi được")
    huong.pick("outcome", "moved")
    huong.save()
    huong.open("Lê Thị Sáu")
    expect(huong.page.get_by_text("Nhà không còn ai.")).to_have_count(0)
