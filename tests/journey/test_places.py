"""Places on a phone: members who share it, an enrolment whose answer was lost, a PIN that nobody remembers."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import expect

from fieldapp.intake import handover
from fieldapp.store import sealing
from tests.conftest import HERE
from tests.journey.houses import DUNG
from tests.journey.member import ENROL, LIST, PIN, Member
from tests.journey.visit import begin_a_visit, nobody_home

# What is here is the phone's own doing; the databases behind are told apart by the journey.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT = "Đã gửi hết"
THE_COMMUNE_HAS_A_KEY = """async (key) => {
    const { facts, kept } = await import("/static/phone/phone.js");
    facts.value = { ...facts.value, settings: { ...facts.value.settings, commune_key: key } };
    await kept().take({ known: { sync: facts.value } });
}"""


def test_two_members_share_a_phone_and_neither_sees_the_other(huong, site, link):
    expect(huong.sending).to_contain_text(ALL_SENT)
    site.stop()
    begin_a_visit(huong)
    huong.page.goto(huong.page.url.partition("#")[0] + "#/status")
    huong.press("Khóa ngay")
    huong.press("Người khác")
    huong.heading("Ai đang dùng máy?")
    site.start()
    huong.press("Thêm người")
    tuan = huong
    tuan.write("Mã đăng ký", link("tuan").rpartition("=")[2])
    tuan.press(ENROL)
    tuan.choose("314159")
    expect(tuan.sending).to_contain_text(ALL_SENT)
    tuan.page.goto(tuan.page.url.partition("#")[0] + "#/list")
    expect(tuan.row(DUNG["name"])).to_be_visible()
    expect(tuan.page.get_by_text("Đang làm dở")).to_have_count(0)

    tuan.page.reload()
    tuan.heading("Ai đang dùng máy?")
    tuan.page.locator("button.row").filter(has_text="Lê Thị Hường").click()
    tuan.unlock("314159")
    expect(tuan.page.get_by_text("Mã PIN chưa đúng.")).to_be_visible()
    huong.unlock(PIN)
    expect(huong.page.get_by_text("Đang làm dở")).to_be_visible()
    devices = huong.page.evaluate("import('/static/phone/places.js').then(({ places }) => places.value.map((place) => place.device))")
    assert len(set(devices)) == 2


def test_anothers_card_that_is_entered_in_an_open_place_makes_a_place_beside_it(huong, site, link, journal_rows):
    expect(huong.sending).to_contain_text(ALL_SENT)
    card = link("tuan")
    site.stop()
    nobody_home(huong, DUNG["name"])
    site.start()
    huong.page.goto(card)
    huong.page.get_by_text("Máy này đang của Lê Thị Hường.").wait_for()
    huong.press(ENROL)
    huong.choose("314159")
    huong.heading(LIST)
    expect(huong.sending).to_contain_text(ALL_SENT)
    huong.page.reload()
    huong.heading("Ai đang dùng máy?")
    huong.page.locator("button.row").filter(has_text="Lê Thị Hường").click()
    huong.unlock(PIN)
    expect(huong.sending).to_contain_text(ALL_SENT)
    assert [row.held for row in journal_rows() if row.kind == "visit"] == [None]


def test_an_enrolment_whose_answer_was_lost_is_asked_again_by_the_same_phone(browsers, link):
    member = Member(browsers("phone").pages[0])
    card = link("huong")
    member.page.goto(card)
    member.press(ENROL)
    member.heading("Chọn mã PIN 6 số")
    member.page.reload()
    member.heading("Đăng ký máy")
    member.press(ENROL)
    member.choose()
    member.heading(LIST)
    expect(member.row(DUNG["name"])).to_be_visible()


def test_a_forgotten_pin_saves_what_waits_as_a_file_that_the_commune_opens_and_leads_to_a_new_place(huong, site, link, communes, journal_rows):
    printed, public = sealing.new_key()
    expect(huong.sending).to_contain_text(ALL_SENT)
    site.stop()
    huong.page.evaluate(THE_COMMUNE_HAS_A_KEY, public)
    nobody_home(huong, "Lê Thị Sáu")
    begin_a_visit(huong)
    huong.page.goto(huong.page.url.partition("#")[0] + "#/status")
    huong.press("Khóa ngay")
    huong.unlock()  # only now the key of the place is at hand, to be sealed for the commune
    huong.heading("Gửi và nhận")
    huong.page.reload()
    huong.press("Quên mã PIN")
    with huong.page.expect_download() as downloading:
        huong.press("Lưu phiếu ra tệp")
    file = json.loads(downloading.value.path().read_text("utf-8"))
    assert downloading.value.suggested_filename.startswith("tung-nha-le-thi-huong-")
    assert (file["format"], file["version"], file["commune"]) == ("tung-nha-handover", 1, "thieu-trung")
    key = sealing.unseal(base64.b64decode(file["key"]["sealed"]), sealing.read_private(printed))
    (draft,) = [opened(key, f"drafts/{each['household']}", each) for each in file["drafts"]]
    assert draft["house"] == {"internet": "fixed"}
    read = handover.read(downloading.value.path().read_bytes())
    taken = handover.take_in(communes, HERE, read, handover.data_key(read, [handover.sheet_key(printed)]), file["made_at"])
    assert (taken.numbers, taken.drafts, taken.damaged) == ((1, 0, 0), [draft["household"]], [])

    site.start()
    huong.press("Đăng ký lại bằng mã mới")
    huong.write("Mã đăng ký", link("huong").rpartition("=")[2])
    huong.press(ENROL)
    huong.choose("314159")
    huong.heading("Gửi và nhận")
    huong.page.reload()
    huong.heading("Ai đang dùng máy?")
    expect(huong.page.locator("button.row")).to_have_count(2)
    huong.page.locator("button.row").first.click()
    huong.unlock(PIN)
    huong.back()
    expect(huong.page.get_by_text("Đang làm dở")).to_be_visible()
    expect(huong.sending).to_contain_text(ALL_SENT)  # by the phone itself now: known, and counted once
    assert [row.kind for row in journal_rows()].count("visit") == 1


def opened(key, place, sealed):
    """What rests in a record of the file."""
    iv, box = base64.b64decode(sealed["iv"]), base64.b64decode(sealed["box"])
    return json.loads(AESGCM(key).decrypt(iv, box, place.encode()))
