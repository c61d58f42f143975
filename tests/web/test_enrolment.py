"""Enrolment cards: printed once, and what is printed makes a phone a member's."""

import html
import re
import uuid

import zxingcpp
from PIL import Image

from fieldapp.demo.phone import Phone
from fieldapp.paper.qr import svg
from fieldapp.store import accounts, devices
from fieldapp.store.accounts import Account
from fieldapp.store.engine import reading, writing
from tests.conftest import HERE, TODAY
from tests.web.printer import codes, sizes_mm, words


def card_of(browser, member="huong"):
    return browser.post("/enrolment", {"account": member}, page="/enrolment").text


def enrol(app, code, **headers):
    clock = "2026-11-20T02:00:00.000Z"
    request = {"protocol": 1, "code": code, "device": str(uuid.uuid4()), "clock": clock, "version": "1"}
    return app.test_client().post("/api/enrol", json=request, headers=headers)


def code_on(card):
    return re.search(r'class="card-code">([0-9A-Z]{4}-[0-9A-Z]{4})<', card)[1]


def pixels(drawing, module_px=6):
    """The drawing as a picture, painted from its own path: what a camera sees of it."""
    side = int(re.search(r'viewBox="0 0 (\d+)', drawing)[1])
    picture = Image.new("L", (side * module_px, side * module_px), 255)
    dark = re.search(r'fill="#000" d="([^"]+)"', drawing)[1]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1H\d+z", dark):
        left, top = int(x) * module_px, int(y) * module_px
        picture.paste(0, (left, top, left + int(length) * module_px, top + module_px))
    return picture


def test_the_code_on_the_card_makes_a_phone_the_members(app, minh):
    answer = enrol(app, code_on(card_of(minh)))
    assert answer.status_code == 200 and answer.headers["X-Tung-Nha"] == "1"
    assert answer.json["member"]["name"] == "Lê Thị Hường"


def test_the_qr_on_the_card_is_the_link_with_the_code(minh):
    card = card_of(minh)
    drawing = re.search(r'<svg class="qr".*?</svg>', card, re.DOTALL)[0]
    (found,) = zxingcpp.read_barcodes(pixels(drawing))
    assert found.text == f"http://localhost/phone/#enrol={code_on(card)}"


def test_a_code_is_never_shown_again(minh):
    code = code_on(card_of(minh))
    assert code not in minh.get("/enrolment").text and "dùng được đến 27/11/2026" in html.unescape(minh.get("/enrolment").text)


def test_a_used_code_is_refused_in_words(app, minh):
    code = code_on(card_of(minh))
    enrol(app, code)
    answer = enrol(app, code)
    assert answer.status_code == 409 and answer.json["message"] == "Mã này đã được dùng. Vui lòng xin mã mới"


def test_codes_are_not_guessed_at_for_long(app):
    answers = [enrol(app, f"AAAA-{i:04d}") for i in range(61)]
    assert [answer.status_code for answer in answers[:20]] == [404] * 20
    assert answers[60].status_code == 429 and answers[60].json["problem"]["code"] == "too_many_requests"


def test_a_qr_keeps_its_quiet_zone_and_has_no_inline_style():
    drawing = svg("CNS1:K3V9X2M7AP")
    xs = [int(x) for x in re.findall(r"M(\d+) \d+h\d+v1", drawing)]
    assert min(xs) == 4 and "style" not in drawing


def paper_of(browser, *people):
    answer = browser.post("/enrolment", {"account": list(people), "pdf": "1"}, page="/enrolment")
    assert answer.mimetype == "application/pdf", answer.text
    return answer.data


def test_cards_as_a_file_are_read_at_150_dpi_and_each_code_enrols_its_member(minh, post):
    paper = paper_of(minh, "huong", "tuan", "binh")
    found = codes(paper)
    assert len({each.text for each in found}) == 3 and sizes_mm(paper) == [(210, 297)]
    for each in found:
        assert each.side_mm >= 35 and each.module_mm >= 0.75 and each.has_its_quiet_zone, each
    names = {Phone(post, each.text, TODAY).enrol(each.text.partition("#enrol=")[2])["member"]["name"] for each in found}
    assert names == {"Lê Thị Hường", "Nguyễn Văn Tuấn", "Trần Bình"}


def test_a_card_says_whose_it_is_what_to_do_and_what_never_to_do(minh):
    paper = paper_of(minh, "huong")
    text = " ".join(words(paper).split())
    code = codes(paper)[0].text.partition("#enrol=")[2]
    for said in ("Lê Thị Hường", "Tổ Đồng Chợ · Xã Thiệu Trung", code, "Nhận máy này", "http://localhost/phone/", "Dùng được đến 27/11/2026",
                 "Không gửi ảnh thẻ vào nhóm chat", "mật khẩu, mã OTP"):  # fmt: skip
        assert said in text, said


def test_seven_cards_need_a_second_page(minh, communes):
    with writing(communes) as connection:
        for number in range(5):
            accounts.add(connection, Account(HERE, f"m{number}", f"Trịnh Thị Số {number}", "member"))
    paper = paper_of(minh, "huong", "tuan", *(f"m{number}" for number in range(5)))
    assert [each.page for each in codes(paper)].count(0) == 6 and len(codes(paper)) == 7 and len(sizes_mm(paper)) == 2


def ticked(page):
    return set(re.findall(r'value="([a-z0-9]+)" checked', page.text))


def test_who_has_no_phone_and_whole_teams_are_ticked_at_once(minh, tuan, huong):
    assert ticked(minh.get("/enrolment")) == set()
    assert ticked(minh.get("/enrolment?choose=without")) == {"tuan", "binh"}
    assert ticked(minh.get("/enrolment?choose=to-dong-cho")) == {"huong", "tuan"}
    assert ticked(tuan.get("/enrolment?choose=without")) == {"tuan"} and "Trần Bình" not in tuan.get("/enrolment").text


def test_codes_are_made_for_ones_own_people_only(minh, tuan, lan, communes):
    for who, member in ((tuan, "binh"), (lan, "huong"), (minh, "lan"), (minh, "minh")):
        for form in ({"account": member}, {"account": member, "pdf": "1"}):
            assert who.post("/enrolment", form, page="/enrolment").status_code == 404, member
    with reading(communes) as connection:
        assert devices.open_codes(connection, HERE, TODAY) == []
    assert tuan.post("/enrolment", {"account": "huong"}, page="/enrolment").status_code == 200

