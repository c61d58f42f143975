"""What doors do to a phone: a battery that dies, a house on no list, a network that only pretends, two tabs, the wrong browser."""

import json
import time

import pytest
from playwright.sync_api import expect

from tests.browser import axe, kill
from tests.journey.houses import DUNG, HOA, SAID, SAID_OF_THE_HOUSE, called
from tests.journey.member import BEGIN, ENROL, Member
from tests.journey.visit import nobody_home

# What is here is the phone's own doing; the databases behind are told apart by the journey.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT = "Đã gửi hết"
# The mark of a draft as it rests on the phone: another one with each answer that was written down.
KEPT = """() => new Promise((done) => {
    const asked = indexedDB.open("tung-nha");
    asked.onsuccess = () => {
        const drafts = asked.result.transaction("drafts").objectStore("drafts").getAll();
        drafts.onsuccess = () => { asked.result.close(); done(drafts.result.map((draft) => String(draft.iv)).join()); };
    };
})"""
ZALO = "Mozilla/5.0 (Linux; Android 12; SM-A125F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36 Zalo android/24061"
IPHONE_ZALO = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Zalo iOS/600"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/604.1"


def test_answers_outlive_a_browser_killed_in_the_middle_of_the_form(huong, site, browsers, tmp_path):
    expect(huong.sending).to_contain_text(ALL_SENT)
    site.stop()
    huong.open(DUNG["name"])
    huong.press(BEGIN)
    for tap in (lambda: huong.pick("respondent", HOA["id"]), lambda: huong.pick("consent", "yes")):
        kept_after(huong, tap)
    for question, value in SAID_OF_THE_HOUSE.items():
        kept_after(huong, lambda answer={question: value}: huong.ask(answer))
    huong.press("Tiếp: người trong nhà")
    huong.press("Hỏi %(name)s", name=called(DUNG))
    kept_after(huong, lambda: huong.ask({"phone": "smartphone"}))
    kill(tmp_path / "phone")

    huong = Member(browsers("phone").pages[0])
    huong.start(site.address)
    expect(huong.page.get_by_text("Đang làm dở")).to_be_visible()
    huong.press("Tiếp tục: %(name)s", name=DUNG["name"])
    expect(huong.page.locator(".card").filter(has_text=DUNG["name"])).to_contain_text("Đã hỏi")
    huong.back()
    for question, value in SAID_OF_THE_HOUSE.items():
        expect(huong.question(question).locator(f'input[value="{value}"]')).to_be_checked()
    huong.back()
    expect(huong.page.locator('input[name="consent"][value="yes"]')).to_be_checked()


def kept_after(huong, tap):
    """Tap, and wait until the draft on the phone is another one: the answer is down."""
    before = huong.page.evaluate(KEPT)
    tap()
    patience = time.monotonic() + 10
    while huong.page.evaluate(KEPT) == before:
        assert time.monotonic() < patience, "the answer was not kept"


def test_a_household_found_at_the_door_is_new_until_its_code_comes(huong, site):
    expect(huong.sending).to_contain_text(ALL_SENT)
    site.stop()
    huong.press("Hộ mới")
    huong.write("Ngõ, xóm, số nhà", "Ngõ 9")
    huong.press(BEGIN)
    huong.pick("respondent", "other_adult")
    huong.pick("consent", "yes")
    huong.press("Tiếp: chủ hộ")
    huong.write("Họ và tên", "Bùi Thị Lan")
    huong.write("hoặc tuổi", "36")
    huong.ask({"sex": "female", "phone": "smartphone"})
    huong.press("Đủ người rồi")
    huong.save()
    expect(huong.row("Bùi Thị Lan")).to_contain_text("Ngõ 9 · mới")
    expect(huong.sending).to_contain_text("2 phiếu chờ gửi")

    site.start()
    huong.sending.click()
    huong.press("Gửi ngay")
    expect(huong.sending).to_contain_text(ALL_SENT)
    huong.back()
    expect(huong.row("Bùi Thị Lan")).to_contain_text("Ngõ 9 · 15835-03-0004")


def test_two_tabs_of_one_phone_number_their_visits_one_after_the_other(huong, site, journal_rows):
    expect(huong.sending).to_contain_text(ALL_SENT)
    other = Member(huong.page.context.new_page())
    other.start(site.address)
    nobody_home(other, "Lê Thị Sáu")
    expect(huong.row("Lê Thị Sáu")).to_contain_text("Vắng nhà")
    huong.page.bring_to_front()
    nobody_home(huong, "Đỗ Văn Quyết")
    expect(other.row("Đỗ Văn Quyết")).to_contain_text("Vắng nhà")
    for tab in (huong, other):
        expect(tab.sending).to_contain_text(ALL_SENT)
    sent = [json.loads(row.text) for row in journal_rows() if row.device_id]
    assert [event["n"] for event in sent] == [1, 2] and len({event["household"] for event in sent}) == 2


def test_a_portal_that_says_200_to_everything_takes_no_visit(huong, journal_rows):
    expect(huong.sending).to_contain_text(ALL_SENT)
    everything = huong.page.context
    everything.route("**/api/sync", lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Wi-Fi</h1>"))
    nobody_home(huong, "Lê Thị Sáu")
    expect(huong.sending).to_contain_text("1 phiếu chờ gửi")
    huong.sending.click()
    expect(huong.page.get_by_text("Mạng này đòi đăng nhập hoặc chặn đường.")).to_be_visible()
    expect(huong.page.get_by_test_id("waiting")).to_have_text("1")
    assert [row for row in journal_rows() if row.device_id] == []
    everything.unroute("**/api/sync")
    huong.press("Gửi ngay")
    expect(huong.sending).to_contain_text(ALL_SENT)
    assert len([row for row in journal_rows() if row.device_id]) == 1


@pytest.mark.parametrize(
    "agent, title, advice",
    [
        (ZALO, "Mở bằng Chrome", "Mở bằng trình duyệt"), (IPHONE_ZALO, "Mở bằng Safari", "dán vào Safari"),
        (IPHONE, "Cài lên màn hình chính trước", "Thêm vào MH chính"),
    ],
    ids=["inside Zalo", "inside Zalo on an iPhone", "an iPhone's Safari"],
)
def test_where_visits_would_be_lost_the_phone_says_what_to_do_instead(browsers, link, agent, title, advice):
    page = browsers("elsewhere", user_agent=agent).pages[0]
    page.goto(link("huong"))
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text(advice)).to_be_visible()
    expect(page.get_by_role("button", name=ENROL)).to_have_count(0)
    assert axe(page) == []


def test_known_answers_stand_marked_and_a_revisit_without_change_takes_three_taps(huong, site, journal_rows):
    huong.open(DUNG["name"])
    huong.knock()
    huong.press("Tiếp: người trong nhà")
    huong.press("Hỏi %(name)s", name=called(DUNG))
    huong.ask(SAID[DUNG["id"]])
    huong.back()
    huong.press("Xong phần người")
    huong.save()
    huong.open(DUNG["name"])
    huong.press("Không có gì thay đổi")
    huong.save()
    expect(huong.sending).to_contain_text(ALL_SENT)
    revisit = json.loads(journal_rows()[-1].text)["body"]
    assert set(revisit["confirmed"]["people"]) == {DUNG["id"]} and "people" not in revisit and "house" not in revisit
