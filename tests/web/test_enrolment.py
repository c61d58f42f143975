"""Enrolment cards: printed once, and what is printed makes a phone a member's."""

import html
import re
import uuid

import zxingcpp
from PIL import Image

from fieldapp.paper.qr import svg


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
    answers = [enrol(app, f"AAAA-{i:04d}") for i in range(21)]
    assert [answer.status_code for answer in answers[:20]] == [404] * 20
    assert answers[20].status_code == 429 and answers[20].json["problem"]["code"] == "too_many_requests"


def test_a_qr_keeps_its_quiet_zone_and_has_no_inline_style():
    drawing = svg("CNS1:K3V9X2M7AP")
    xs = [int(x) for x in re.findall(r"M(\d+) \d+h\d+v1", drawing)]
    assert min(xs) == 4 and "style" not in drawing
