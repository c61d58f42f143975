"""The lock: a PIN opens a member's place, nothing of it can be read without, and nothing that anybody does wrong loses a visit."""

import base64

import pytest
from playwright.sync_api import expect

from fieldapp.store import sealing
from tests.browser import kill
from tests.journey.flash import FLASH
from tests.journey.houses import DUNG, HOA, called
from tests.journey.member import LIST, PIN, Member
from tests.journey.visit import begin_a_visit

# What is here is the phone's own doing; the databases behind are told apart by the journey.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT = "Đã gửi hết"
IN_MEMORY = """async () => {
    const { drafts, enrolment, rows } = await import("/static/phone/phone.js");
    return [enrolment.value, rows.value.length, drafts.value.size];
}"""


def test_a_wrong_pin_opens_nothing_and_erases_nothing(huong, site):
    huong.page.reload()
    for _try in range(4):
        huong.unlock("999999")
        expect(huong.page.get_by_text("Mã PIN chưa đúng. Phiếu vẫn còn nguyên.")).to_be_visible()
        expect(huong.page.get_by_text(DUNG["name"])).to_have_count(0)
    huong.unlock()
    huong.heading(LIST)
    expect(huong.row(DUNG["name"])).to_be_visible()


def test_the_fifth_wrong_pin_makes_the_next_one_wait_also_after_a_new_start(huong, site):
    huong.page.reload()
    for _try in range(4):
        huong.unlock("999999")
        expect(huong.page.get_by_text("Mã PIN chưa đúng.")).to_be_visible()
        expect(huong.page.get_by_role("button", name="1", exact=True)).to_be_enabled()
    huong.unlock("999999")
    waits = huong.page.get_by_text("Sai mã PIN nhiều lần.")
    expect(waits).to_be_visible()
    huong.page.reload()
    expect(waits).to_be_visible()
    expect(huong.page.get_by_role("button", name="1", exact=True)).to_be_disabled()
    huong.page.clock.install()
    huong.page.clock.fast_forward(31_000)
    huong.page.reload()
    huong.unlock()
    huong.heading(LIST)


def test_a_phone_left_alone_locks_and_opens_again_in_the_middle_of_the_visit(huong):
    expect(huong.sending).to_contain_text(ALL_SENT)
    begin_a_visit(huong)
    huong.page.clock.install()
    huong.page.clock.fast_forward(9 * 60_000)
    huong.step("house")
    huong.page.clock.fast_forward(2 * 60_000)
    huong.heading("Nhập mã PIN")
    expect(huong.page.get_by_text(DUNG["name"])).to_have_count(0)
    assert huong.page.evaluate(IN_MEMORY) == [None, 0, 0]
    huong.unlock()
    huong.step("house")
    expect(huong.question("internet").locator('input[value="fixed"]')).to_be_checked()


def test_a_phone_opens_by_its_pin_in_airplane_mode_from_a_cold_start(huong, site, browsers, tmp_path):
    expect(huong.sending).to_contain_text(ALL_SENT)
    site.stop()
    begin_a_visit(huong)
    huong.page.goto(huong.page.url.partition("#")[0] + "#/list")
    expect(huong.page.get_by_text("Đang làm dở")).to_be_visible()
    kill(tmp_path / "phone")
    phone = browsers("phone")
    phone.set_offline(True)
    huong = Member(phone.pages[0])
    huong.start(site.address)
    huong.heading(LIST)
    expect(huong.page.get_by_text("Đang làm dở")).to_be_visible()
    expect(huong.row(DUNG["name"])).to_be_visible()


def test_digits_may_come_from_a_keyboard(huong):
    huong.page.reload()
    huong.heading("Nhập mã PIN")
    huong.page.keyboard.type("9" + PIN)
    for _digit in PIN + "9":
        huong.page.keyboard.press("Backspace")
    huong.page.keyboard.type(PIN)
    huong.page.keyboard.press("Enter")
    huong.heading(LIST)


def test_nothing_that_rests_on_the_phone_can_be_read(huong, site):
    expect(huong.sending).to_contain_text(ALL_SENT)
    token = huong.page.evaluate("import('/static/phone/phone.js').then((phone) => phone.enrolment.value.token)")
    site.stop()
    begin_a_visit(huong)
    flash = huong.page.evaluate(FLASH)
    where = {path.split("/")[1] for path, _letters in flash}
    assert {"places", "keys", "known", "drafts", "households", "villages"} <= where
    secrets = [DUNG["name"], HOA["name"], "Ngõ", token, token[-20:], PIN, "A KEY"]
    assert [(path, secret) for path, letters in flash for secret in secrets if secret in letters] == []


def test_nobodys_name_gets_into_the_browsers_history(huong):
    huong.row(DUNG["name"]).click()
    huong.heading(DUNG["name"])
    assert huong.page.title() == "Hộ · Từng Nhà"
    huong.back()
    begin_a_visit(huong)
    huong.page.evaluate("location.hash = location.hash.replace(/house$/, 'people')")
    huong.press("Hỏi %(name)s", name=called(DUNG))
    huong.heading(DUNG["name"])
    assert huong.page.title() == "Người trong nhà · Từng Nhà"


def test_the_commune_opens_the_envelope_that_a_phone_sealed(huong):
    printed, public = sealing.new_key()
    said = huong.page.evaluate(
        """async (key) => {
            const { enveloped } = await import("/static/phone/envelope.js");
            const { textOf } = await import("/static/phone/seal.js");
            const { for: print, sealed } = await enveloped(Uint8Array.from({ length: 32 }, (_, i) => i), key);
            return { for: print, sealed: textOf(sealed) };
        }""",
        public,
    )
    opened = sealing.unseal(base64.b64decode(said["sealed"]), sealing.read_private(printed))
    assert opened == bytes(range(32)) and said["for"] == sealing.fingerprint(public)


def test_a_changed_pin_opens_and_the_old_one_does_not(huong):
    huong.sending.click()
    huong.press("Đổi mã PIN")
    huong.heading("Nhập mã PIN đang dùng")
    huong.tap(PIN)
    huong.press("Tiếp")
    huong.choose("70519283")
    huong.heading("Gửi và nhận")
    huong.press("Khóa ngay")
    huong.unlock(PIN)
    expect(huong.page.get_by_text("Mã PIN chưa đúng.")).to_be_visible()
    huong.unlock("70519283")
    huong.heading("Gửi và nhận")


def test_a_pin_is_changed_only_by_who_knows_it(huong):
    huong.sending.click()
    huong.press("Đổi mã PIN")
    huong.tap("999999")
    huong.press("Tiếp")
    huong.choose("70519283")
    expect(huong.page.get_by_text("Mã PIN đang dùng chưa đúng.")).to_be_visible()
    huong.page.reload()
    huong.unlock(PIN)
    huong.heading("Nhập mã PIN đang dùng")
