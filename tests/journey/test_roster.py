"""Who lives in a house, as a member hears it at the door: born, died, gone, away, moved from one house to another, written down twice."""

import json

import pytest
from playwright.sync_api import expect

from tests.journey.houses import DUNG, HOA, MAI, NAM, THIS_YEAR
from tests.journey.member import BEGIN, REVIEW

# What is here is the phone's own doing and the fold's; both databases fold alike.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT = "Đã gửi hết"


@pytest.fixture
def sent(huong, journal_rows):
    """What this phone has sent, once everything is: [(kind, household, body)]."""

    def sent() -> list[tuple[str, str, dict]]:
        expect(huong.sending).to_contain_text(ALL_SENT)
        events = [json.loads(row.text) for row in journal_rows() if row.device_id]
        return [(event["kind"], event["household"], event["body"]) for event in events]

    return sent


def card(huong, name):
    return huong.page.locator(".card").filter(has_text=name)


def to_the_people(huong, name):
    huong.open(name)
    huong.knock()
    huong.press("Tiếp: người trong nhà")


def test_a_newborn_takes_a_name_and_one_tap_for_the_year(huong, sent):
    to_the_people(huong, DUNG["name"])
    huong.press("Thêm người")
    huong.write("Họ và tên", "Nguyễn Gia Bảo")
    huong.press("Mới sinh năm nay")
    expect(huong.page.get_by_label("hoặc tuổi")).to_have_value("0")
    expect(huong.question("phone")).to_have_count(0)
    huong.press("Đủ người rồi")
    huong.press("Xong phần người")
    expect(huong.page.locator(".summary")).to_contain_text("thêm Nguyễn Gia Bảo")
    huong.save()
    (_, _, body) = sent()[-1]
    assert list(body["people"].values()) == [{"name": "Nguyễn Gia Bảo", "birth_year": THIS_YEAR, "answered_by": "proxy"}]


def test_back_to_somebody_who_was_taken_away_again_shows_the_others(huong):
    to_the_people(huong, DUNG["name"])
    huong.press("Thêm người")
    huong.press("Bỏ người này")
    huong.step("people")
    huong.page.go_back()
    huong.heading("Người trong nhà")
    expect(card(huong, DUNG["name"])).to_be_visible()


def test_who_died_is_asked_nothing_more_and_can_be_brought_back_until_it_is_saved(huong):
    to_the_people(huong, DUNG["name"])
    card(huong, HOA["name"]).locator(".who").click()
    huong.press("Đi xa, chuyển, mất…")
    huong.ask({"residence": "deceased"})
    expect(huong.question("phone")).to_have_count(0)
    expect(huong.page.get_by_role("button", name="Tiếp: Nam")).to_be_visible()  # who comes after her, not the first again
    huong.back()
    gone = huong.page.locator("h2:has-text('Không còn ở đây') + .cards")
    expect(gone).to_contain_text(HOA["name"])
    gone.get_by_role("button").click()
    huong.question("residence").locator("input[value=deceased]").click()
    huong.back()
    expect(gone).to_have_count(0)
    card(huong, HOA["name"]).locator(".who").click()
    huong.press("Đi xa, chuyển, mất…")
    huong.ask({"residence": "deceased"})
    huong.press("Xem lại")
    expect(huong.page.locator(".summary")).to_contain_text(f"; {HOA['name']}: Đã mất")
    huong.save()
    huong.open(DUNG["name"])
    expect(huong.page.locator(".people")).not_to_contain_text(HOA["name"])


def test_who_is_written_down_anew_but_known_in_another_house_moves_here(huong, sent, roster):
    to_the_people(huong, "Lê Thị Sáu")
    huong.press("Thêm người")
    huong.write("Họ và tên", "nguyen ngoc mai")
    huong.write("Năm sinh", str(MAI["birth_year"]))
    expect(huong.page.get_by_text("Cùng một người?")).to_be_visible()
    expect(huong.page.get_by_text(f"đang ở nhà {DUNG['name']}, Ngõ 3.")).to_be_visible()
    huong.press("Đúng, đã chuyển sang đây")
    huong.heading(MAI["name"])
    huong.ask({"relation": "grandchild", "health_record": "seen"})
    huong.back()
    expect(huong.page.locator(".card")).to_have_count(2)
    huong.press("Xong phần người")
    huong.save()
    theirs, here = roster[DUNG["name"]], roster["Lê Thị Sáu"]
    leaves, arrives, visit = sent()
    assert leaves == ("move", theirs, {"person": MAI["id"], "to": here})
    assert arrives[:2] == ("move", here) and arrives[2]["from"] == theirs and arrives[2]["values"]["name"] == MAI["name"]
    assert visit[2]["people"] == {MAI["id"]: {"relation": "grandchild", "health_record": "seen", "answered_by": "proxy"}}
    huong.open(DUNG["name"])
    expect(huong.page.locator(".people")).not_to_contain_text(MAI["name"])


def test_the_same_person_twice_in_one_house_is_opened_instead(huong):
    to_the_people(huong, DUNG["name"])
    huong.press("Thêm người")
    huong.write("Họ và tên", NAM["name"])
    huong.write("hoặc tuổi", "38")
    expect(huong.page.get_by_text(f"Trong nhà đã có {NAM['name']}, {NAM['birth_year']}.")).to_be_visible()
    huong.press("Đúng, mở người này")
    huong.heading(NAM["name"])
    huong.back()
    expect(huong.page.locator(".card")).to_have_count(4)


def test_a_household_that_split_off_takes_its_people_along(huong, sent, roster):
    huong.press("Hộ mới")
    huong.write("Ngõ, xóm, số nhà", "Ngõ 3b")
    huong.press(BEGIN)
    huong.pick("consent", "yes")
    huong.press("Tiếp: chủ hộ")
    huong.press("Người từ nhà khác sang")
    huong.write("Tìm hộ", "nguyen van dung")
    huong.page.get_by_role("button", name=DUNG["name"]).click()
    for person in (NAM, MAI):
        huong.page.get_by_role("checkbox", name=person["name"]).click()
    huong.press("Chuyển 2 người sang đây")
    expect(huong.page.locator(".card")).to_have_count(2)
    huong.press("Xong phần người")
    huong.save()
    events = sent()
    old, new = roster[DUNG["name"]], events[0][1]
    assert [(kind, household) for kind, household, _ in events] == [
        ("register", new), ("move", old), ("move", new), ("move", old), ("move", new), ("visit", new),
    ]  # fmt: skip
    assert {body["person"] for kind, _, body in events if kind == "move"} == {NAM["id"], MAI["id"]}
    huong.open(DUNG["name"])
    expect(huong.page.locator(".people .person")).to_have_count(2)


def test_all_who_are_known_are_confirmed_by_one_tap(huong, sent):
    to_the_people(huong, DUNG["name"])
    for name in (DUNG["name"], HOA["name"]):
        card(huong, name).locator(".who").click()
        huong.ask({"phone": "basic"})
        huong.back()
    huong.press("Xong phần người")
    huong.save()
    to_the_people_again(huong)
    huong.press("Cả 2 người không đổi")
    expect(card(huong, HOA["name"])).to_contain_text("Không đổi")
    huong.press("Hoàn tác")
    expect(card(huong, HOA["name"])).to_contain_text("Chưa hỏi")
    huong.press("Cả 2 người không đổi")
    huong.press("Xong phần người")
    huong.save()
    (_, _, body) = sent()[-1]
    assert body["confirmed"]["people"] == {DUNG["id"]: ["answered_by", "phone"], HOA["id"]: ["answered_by", "phone"]} and "people" not in body


def to_the_people_again(huong):
    huong.open(DUNG["name"])
    huong.press(BEGIN)
    huong.press("Tiếp: hỏi về nhà")
    huong.press("Tiếp: người trong nhà")


def test_help_for_one_person_of_a_known_house_takes_six_taps(huong, sent):
    """Counted from the list: the house, the person, the help, what was done, on, saved. VNeID was not there: installed and activated."""
    to_the_people(huong, DUNG["name"])
    card(huong, NAM["name"]).locator(".who").click()
    huong.ask({"phone": "smartphone", "vneid": "none"})
    huong.press("Xem lại")
    huong.save()
    huong.open(DUNG["name"])
    huong.page.locator("button.whose").filter(has_text=NAM["name"]).click()
    huong.help("vneid", "Kích hoạt VNeID: Mức 2 (đã xem tận mắt)")
    huong.press("Xem lại")
    huong.save()
    (_, _, body) = sent()[-1]
    assert [(help["service"], help.get("value")) for help in body["help"]] == [("vneid_install", None), ("vneid_activate", "level2")]


def test_nobody_at_home_takes_four_taps(huong, sent):
    huong.open(DUNG["name"])
    huong.press("Không hỏi được")
    huong.pick("outcome", "absent")
    expect(huong.page.get_by_text("Bao giờ quay lại?")).to_be_visible()
    huong.save()
    assert sent()[-1][2]["outcome"] == "absent"


def test_a_booked_help_asks_when_to_come_back(huong):
    to_the_people(huong, DUNG["name"])
    card(huong, NAM["name"]).locator(".who").click()
    huong.ask({"vneid": "none"})
    vneid = huong.question("vneid")
    vneid.locator(".service > button").click()
    vneid.get_by_role("radio", name="Hẹn lại").click()
    expect(vneid.get_by_role("radio", name="Thiếu giấy tờ")).to_be_visible()
    huong.press("Xem lại")
    huong.step("return")
    huong.press(REVIEW)
    huong.step("summary")


# A voice that speaks on the phone itself, one that sends what it reads to a foreign host, and ears.
VOICES = """(() => {
    window.heard = [];
    const voices = [{lang: "vi-VN", localService: true}, {lang: "en-GB", localService: false}];
    const engine = {getVoices: () => voices, speak: (line) => window.heard.push(line.text), cancel() {}, addEventListener() {}};
    Object.defineProperty(window, "speechSynthesis", {value: engine});
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
})()"""


def test_the_words_of_consent_are_read_aloud_only_where_the_phone_has_a_voice_of_its_own(huong):
    page = huong.page
    huong.open(DUNG["name"])
    huong.press(BEGIN)
    expect(page.locator(".aloud")).to_be_visible()
    expect(page.get_by_role("button", name="Đọc to")).to_have_count(0)
    page.add_init_script(VOICES)
    page.reload()
    huong.unlock()
    huong.press("Đọc to")
    assert page.evaluate("heard[0]").startswith("Thưa ông/bà")
    huong.press("Dừng đọc")
    expect(page.get_by_role("button", name="Đọc to")).to_be_visible()
