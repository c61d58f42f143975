"""Every screen of the phone can be read by everybody: axe finds nothing grave and contrasts of 7:1, by day and by night; nothing sticks
out or is cut off at 360 px nor at 320 px, not even with the text doubled; and whatever is tapped is a thumb high and wide. Read on one
way through them all, in both languages."""

import pytest
from playwright.sync_api import expect

from fieldapp.store import sign_ups
from fieldapp.store.engine import writing
from tests.browser import axe
from tests.conftest import HERE
from tests.journey.houses import DUNG, MAI, SAID, SAID_OF_THE_HOUSE, called
from tests.journey.member import BEGIN, ENROL, LIST, NOT_MET, PIN, SCREEN, Member

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

SMALL = """() => [...document.querySelectorAll("button, .choice, a.row, input:not([type=radio]):not([type=checkbox]), select")]
    .filter((each) => each.getClientRects().length && Math.min(each.getBoundingClientRect().height, each.getBoundingClientRect().width) < 47.5)
    .map((each) => `too small: ${each.outerHTML.slice(0, 90)}`)"""
WIDE = """(size) => {
    const page = document.documentElement;
    page.style.fontSize = size;
    const all = [...document.querySelectorAll("main *, header *, footer *")].filter((each) => !each.closest(".filters"));
    const out = all.filter((each) => each.getBoundingClientRect().right > innerWidth)
        .map((each) => `sticks out at ${innerWidth} px, ${size}: ${each.outerHTML.slice(0, 90)}`);
    const hides = (each) => each.localName !== "input" && getComputedStyle(each).overflowX !== "visible";
    const cut = all.filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1 && hides(each))
        .map((each) => `cut off at ${innerWidth} px, ${size}: ${each.outerHTML.slice(0, 90)}`);
    const found = page.scrollWidth > innerWidth ? ["too wide", ...out, ...cut] : [...out, ...cut];
    page.style.fontSize = "";
    return found;
}"""
NARROW = {"width": 320, "height": 640}


def seen(page):
    """What is wrong with the screen as it stands, a line each."""
    found = page.evaluate(SMALL)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {line}" for line in axe(page, also=("color-contrast-enhanced",))]
    for size in (NARROW, SCREEN):
        page.set_viewport_size(size)
        found += page.evaluate(WIDE, "100%") + page.evaluate(WIDE, "200%")
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_screen_of_the_phone(browsers, link, site, language, communes, clock):
    page = browsers("phone").pages[0]
    asked = sign_ups.SignUp("0192f000-0000-4000-8000-000000000001", clock.now, "dong-cho", "Trịnh Thị Hoa", "+84900000001", ("epay_open",), {})
    with writing(communes) as connection:
        sign_ups.add(connection, HERE, asked, clock.now)
    found, noise = {}, []
    page.on("console", lambda said: said.type in ("error", "warning") and noise.append(f"{said.text} {said.location['url']}"))
    page.on("pageerror", lambda error: noise.append(str(error)))
    for screen in way_through_all(Member(page, language), link("huong"), language, site):
        found[screen] = seen(page)
    assert {screen: what for screen, what in found.items() if what} == {}
    # A wrong code is answered 404, and a stopped server not at all; nothing else may trouble the console.
    assert [line for line in noise if not line.endswith(("/api/enrol", "/api/sync"))] == []


def way_through_all(member, link, language, site):
    """Goes from screen to screen and says where it stands."""
    page = member.page
    page.goto(link)
    if language != "vi":
        page.evaluate("(language) => localStorage.setItem('language', language)", language)
        page.reload()
    expect(page.locator("html")).to_have_attribute("lang", language)
    member.heading("Đăng ký máy")
    yield "enrol"
    member.write("Mã đăng ký", "ZZZZ-ZZZZ")
    member.press(ENROL)
    expect(page.get_by_text(member.said("Không có mã này. Vui lòng xem lại từng chữ."))).to_be_visible()
    yield "a wrong code"
    member.write("Mã đăng ký", link.rpartition("=")[2])
    member.press(ENROL)
    yield from first_pin(member)
    expect(member.row(DUNG["name"])).to_be_visible()
    yield "list"
    member.write("Tìm hộ", "không ai tên thế")
    expect(page.get_by_text(member.said("Không có hộ nào như vậy. Thử gõ ít chữ hơn; hộ chưa có trong danh sách thì bấm “Hộ mới”."))).to_be_visible()
    yield "nothing found"
    member.write("Tìm hộ", "nguyen van du")
    member.open(DUNG["name"])
    yield "household never visited"
    yield from first_visit(member)
    expect(member.sending).to_contain_text(member.said("Đã gửi hết"))
    expect(member.page.get_by_label(member.said("Tìm hộ"))).to_have_value("")
    yield "saved"
    member.sending.click()
    member.heading("Gửi và nhận")
    yield "status"
    yield from lock(member)
    member.open(DUNG["name"])
    yield "household visited"
    yield from revisit(member)
    yield from what_is_to_be_done(member)
    site.stop()
    yield from found_at_the_door(member)
    member.sending.click()
    member.press("Gửi ngay")
    expect(page.get_by_text(member.said("Chưa có mạng. Cứ làm tiếp; khi có mạng, mở ứng dụng là máy tự gửi."))).to_be_visible()
    yield "status: waiting"
    member.press("Vào chỗ tập")
    member.heading(LIST)
    yield "practice: list"
    member.sending.click()
    member.heading("Chỗ tập")
    yield "practice"


def first_pin(member):
    member.heading("Chọn mã PIN 6 số")
    yield "PIN: choose"
    member.tap("123456")
    member.press("Tiếp")
    expect(member.page.get_by_text(member.said("Mã này dễ đoán quá. Vui lòng chọn số khác."))).to_be_visible()
    yield "PIN: weak"
    member.tap(PIN)
    member.press("Tiếp")
    member.heading("Nhập lại mã PIN")
    member.tap(PIN)
    yield "PIN: again"
    member.press("Dùng mã này")


def lock(member):
    member.press("Đổi mã PIN")
    member.heading("Nhập mã PIN đang dùng")
    yield "PIN: change"
    member.back()
    member.press("Khóa ngay")
    member.heading("Nhập mã PIN")
    yield "locked"
    member.press("Người khác")
    member.heading("Ai đang dùng máy?")
    yield "who"
    member.page.locator("button.row").click()
    member.press("Quên mã PIN")
    member.heading("Quên mã PIN")
    yield "PIN: forgotten"
    member.back()
    member.tap("999999")
    member.press("Mở khóa")
    expect(member.page.get_by_text(member.said("Mã PIN chưa đúng. Phiếu vẫn còn nguyên."))).to_be_visible()
    yield "PIN: wrong"
    member.unlock()
    member.heading("Gửi và nhận")
    member.back()


def first_visit(member):
    member.press(NOT_MET)
    yield "outcome"
    member.press("Gặp được nhà")
    yield "consent"
    member.pick("respondent", "other_adult")
    member.pick("consent", "yes")
    member.step("house")
    yield "house"
    member.ask(SAID_OF_THE_HOUSE)
    yield "house: answered"
    member.press("Tiếp: người trong nhà")
    yield "people"
    member.press("Hỏi %(name)s", name=called(DUNG))
    member.heading(DUNG["name"])
    yield "person"
    member.ask(SAID[DUNG["id"]])
    help = member.question("vneid").locator(".service")
    help.get_by_role("button").click()
    help.locator('input[value="level2"]').click()
    yield "person: help given"
    help.locator('input[value="level2"]').click()
    help.locator('input[value="booked"]').click()
    member.press("Sửa tên, năm sinh")
    member.press("Đi xa, chuyển, mất…")
    yield "person: who they are"
    member.back()
    member.press("Xong phần người")
    yield "return"
    member.press("Tiếp: xem lại")
    yield "summary"
    member.save()


def revisit(member):
    member.press(BEGIN)
    yield "consent stands"
    member.press("Tiếp: hỏi về nhà")
    member.press("Nhà không đổi")
    yield "people: known"
    member.page.get_by_role("button", name=member.said("Không đổi")).first.click()
    member.page.locator(".card .who").filter(has_text=MAI["name"]).click()
    member.heading(MAI["name"])
    yield "person: known"
    member.page.goto(member.page.url.partition("#")[0] + "#/list")
    member.heading(LIST)
    yield "list with a visit begun"


def what_is_to_be_done(member):
    page, list_page = member.page, member.page.url.partition("#")[0]
    page.locator('a[href="#/todo"]').click()
    member.heading("Việc cần làm")
    yield "what is to be done"
    page.locator('a[href^="#/signup/"]').click()
    member.heading("Trịnh Thị Hoa")
    yield "somebody who asked for help"
    page.goto(f"{list_page}#/day")
    member.heading("Ngày của tôi")
    yield "my day"
    page.goto(f"{list_page}#/list")
    member.heading(LIST)


def found_at_the_door(member):
    member.press("Hộ mới")
    yield "found at the door"
    member.press(BEGIN)
    member.pick("consent", "yes")
    member.press("Tiếp: chủ hộ")
    yield "person: new"
    member.page.locator("input[id$=-name]").fill("Lan 2")
    member.page.locator("input[id$=-year]").fill("1890")
    yield "person: doubtful"
    member.press("Đủ người rồi")
    yield "summary: doubts"
    member.save()
