"""The first days of a commune, as its officer lives them: an empty server, the set-up, awkward lists with faults in them, teams, cards read
off the paper, a phone, visits, the coverage seen, and a door card that opens its household on the phone."""

import io
import random
import re
from urllib.parse import urlencode

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import expect

from fieldapp.browsing.site import Site
from fieldapp.store import areas
from fieldapp.store.engine import reading
from fieldapp.store.rebuild import differences
from tests.browser import launch
from tests.intake.roster import files
from tests.journey.camera import film, seeing
from tests.journey.member import LIST, SCREEN, Member

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

VILLAGES = ("Đồng Chợ", "Đồng Thanh", "Phú Văn", "Trà Đông")
FAMILY, MIDDLE = ("Lê", "Nguyễn", "Trần", "Đỗ", "Phạm", "Vũ", "Đặng"), ("Văn", "Thị", "Đức", "Ngọc", "Hữu")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Ước", "Hà", "Hoà", "Ân", "Lan", "Mỹ")
HEADER = ["STT", "Họ và tên chủ hộ", "Năm sinh", "Giới tính", "Số nhân khẩu", "Thôn/bản/KP", "Địa chỉ"]
WRONG = 20
DPI = 150


def households(count, start=0, wrong=0):
    """Rows of a list; every fiftieth of the first ones is wrong: no name, a year that can't be, a village that is not there."""
    chance = random.Random(start)
    rows = []
    for number in range(start, start + count):
        words = FAMILY[number % 7], MIDDLE[number // 7 % 5], GIVEN[number // 35 % 10], GIVEN[number // 350 % 10]
        who = [number + 1, " ".join(words), chance.randint(1940, 2000), chance.choice(["Nam", "Nữ"])]
        row = [*who, 4, f"Thôn {VILLAGES[number % 4]}", f"Ngõ {number // 40 + 1}"]
        if wrong and number % (count // wrong) == 0:
            fault = number // (count // wrong) % 3
            row[(1, 2, 5)[fault]] = ("", "19xx", "Thôn Không Có")[fault]
        rows.append(row)
    return rows


def awkward(rows):
    """Titles above, a header of two lines with a merged cell, as offices make them."""
    above = [["UBND XÃ THIỆU TRUNG"], ["DANH SÁCH HỘ GIA ĐÌNH"], [], HEADER, ["", "", "", "", "", "", ""]]
    return files.xlsx([*above, *rows], merged=[(0, 0, 0, 6, "UBND XÃ THIỆU TRUNG"), (1, 0, 1, 6, "DANH SÁCH HỘ GIA ĐÌNH")])


@pytest.fixture
def empty(engine, tmp_path):
    site = Site(engine, tmp_path / "data")
    site.start()
    yield site
    site.stop()


def test_a_new_officer_gets_from_an_empty_server_to_a_scanned_door(empty, engine, browsers, tmp_path):
    minh = browsers("desk", viewport={"width": 1280, "height": 900}).pages[0]
    set_up(minh, empty)
    minh.goto(f"{empty.address}/office/villages")
    minh.get_by_label("Tên các thôn").fill("\n".join(f"Thôn {name}" for name in VILLAGES))
    minh.get_by_role("button", name="Thêm", exact=True).click()
    expect(minh.get_by_text("Đã thêm 4 thôn.")).to_be_visible()
    rosters(minh, empty)
    enrolled_from = teams_and_cards(minh, empty)
    phone = browsers("phone")
    huong = Member(phone.pages[0])
    huong.enrol(enrolled_from)
    code = three_visits(huong)
    minh.goto(f"{empty.address}/progress")
    expect(minh.get_by_role("listitem").filter(has_text="Vắng nhà")).to_contain_text("3")
    card = door_card(minh, empty, code)
    phone.close()
    scanned(tmp_path, empty, code, card)
    with reading(engine) as connection:
        (commune_id,) = areas.commune_ids(connection)
        assert differences(connection, commune_id) == []


def set_up(page, site):
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", "".join(site.told))[0]
    page.goto(site.address)
    page.get_by_label("Gõ một phần tên").fill("thieu trung")
    page.get_by_label("Gõ một phần tên").press("Enter")
    expect(page.get_by_role("radio")).to_be_checked()
    for label, text in (("Họ và tên", "Hoàng Minh"), ("Tên đăng nhập", "minh"), ("Mật khẩu, ít nhất", "tre xanh bóng mát")):
        page.get_by_label(label).fill(text)
    page.get_by_label("Gõ lại mật khẩu").fill("tre xanh bóng mát")
    page.get_by_label("Mã 8 ký tự").fill(code)
    page.get_by_label("Gõ lại mật khẩu").press("Enter")  # as people do; it must not search once more and lose the passwords
    expect(page.get_by_role("heading", name="In phiếu khôi phục ngay bây giờ")).to_be_visible()
    page.get_by_role("link", name="Đã in xong, đi tiếp").click()
    expect(page.get_by_role("heading", name="Những ngày đầu")).to_be_visible()


def rosters(page, site):
    """1,000 households in an awkward workbook with 20 wrong lines, mended and given again; then 500 with semicolons, 500 decomposed."""
    upload(page, site, "danh-sach.xlsx", awkward(households(1000, wrong=WRONG)))
    expect(page.locator(".bigs > div").filter(has_text="dòng sai").locator("dd")).to_have_text(str(WRONG))
    expect(page.get_by_role("button", name="Ghi vào sổ")).to_have_count(0)
    for name, content, new in (
        ("danh-sach-sua.xlsx", awkward(households(1000)), "1.000"),
        ("thon-2.csv", b"\xef\xbb\xbf" + files.csv([HEADER, *households(500, 1000)], ";"), "500"),
        ("thon-3.csv", files.csv([HEADER, *households(500, 1500)], form="NFD"), "500"),
    ):
        upload(page, site, name, content)
        page.get_by_role("button", name="Ghi vào sổ").click()
        expect(page.get_by_text("Đã ghi xong.")).to_be_visible(timeout=60_000)
        expect(page.locator(".bigs dd").first).to_have_text(new)
    page.goto(f"{site.address}/households")
    expect(page.get_by_role("heading", name="2.000 hộ")).to_be_visible()


def upload(page, site, name, content):
    """From the file to its dry run."""
    page.goto(f"{site.address}/office/roster")
    page.get_by_label("Tệp danh sách").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.get_by_role("button", name="Tải lên và xem").click()
    page.get_by_role("button", name="Xem thử, chưa ghi gì").click()
    expect(page.get_by_role("heading", name="Xem thử: chưa ghi gì")).to_be_visible()


def teams_and_cards(page, site):
    """Two teams of five, two villages each; ten enrolment cards as a file; the link of one, as it is read off the paper."""
    for team, (one, other), people in (("Tổ một", VILLAGES[:2], range(5)), ("Tổ hai", VILLAGES[2:], range(5, 10))):
        page.goto(f"{site.address}/teams")
        page.get_by_label("Tên tổ").fill(team)
        page.get_by_role("button", name="Lập tổ").click()
        page.get_by_label(f"Thôn {one}", exact=True).check()
        page.get_by_label(f"Thôn {other}", exact=True).check()
        page.get_by_role("button", name="Giao các thôn này").click()
        page.get_by_label("Mỗi dòng một người").fill("\n".join(f"Lê Thị {GIVEN[number]}" for number in people))
        page.get_by_role("button", name="Thêm", exact=True).click()
        expect(page.get_by_text("Đã thêm 5 người.")).to_be_visible()
    page.goto(f"{site.address}/enrolment")
    for box in page.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    # The browser would show the file in a viewer of its own, whose bytes nobody gives us: what the form holds is posted beside it.
    held = page.evaluate("[...new FormData(document.querySelector('main form'))]")
    as_a_form = {"Content-Type": "application/x-www-form-urlencoded"}
    printed = page.request.post(page.url, data=urlencode([*map(tuple, held), ("pdf", "1")]), headers=as_a_form)
    texts = decoded(printed.body())
    assert len(texts) == 10 and len(set(texts)) == 10
    return next(text for text in texts if text.startswith(f"{site.address}/phone/#enrol="))


def three_visits(huong):
    """Nobody is at home at the first three doors; the code of the first one."""
    first = None
    for _ in range(3):
        row = huong.page.locator("a.row").first
        row.wait_for()
        first = first or re.search(r"15835-\d\d-\d{4}", row.inner_text())[0]
        row.click()
        huong.press("Không hỏi được")
        huong.pick("outcome", "absent")
        huong.save()
    expect(huong.sending).to_contain_text(huong.said("Đã gửi hết"), timeout=20_000)
    return first


def door_card(page, site, code):
    """What the QR of the household's door card says on the paper."""
    (text,) = decoded(page.request.get(f"{site.address}/printing/door-cards.pdf?household={code}").body())
    return text


def decoded(pdf):
    """What every code on the pages says, read from a picture at 150 dpi."""
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return [found.text for page in pages for found in zxingcpp.read_barcodes(page.render(scale=DPI / 72).to_pil())]


def scanned(tmp_path, site, code, card):
    """The member's phone, now with the card before its camera, opens the household without a network."""
    context = launch(tmp_path / "phone", viewport=SCREEN, **seeing(film(tmp_path / "door.mjpeg", card)))
    try:
        huong = Member(context.pages[0])
        huong.start(site.address)
        huong.heading(LIST)
        huong.press("Quét thẻ hộ")
        expect(huong.page.locator("header")).to_contain_text(code)
    finally:
        context.close()
