"""Paper holds what it is given: the longest words that the desk takes stand on it whole, and its codes stay readable."""

import unicodedata

import pypdfium2
import pytest

from fieldapp.paper import door_cards, enrolment_cards, sheet_pdf, sign_up_sheets
from fieldapp.paper.sign_up_sheets import Card, Sheet
from fieldapp.store.door_cards import Door
from fieldapp.web.printing.printed import MOST_TEXT
from fieldapp.web.residents.links import MOST_STEP, MOST_STEPS, MOST_TITLE
from tests.conftest import TODAY
from tests.web.printer import codes, words

TITLE = "Hướng dẫn đăng ký nhận trợ cấp qua tài khoản ngân hàng ở xãã"
STEP = "Mở ứng dụng máy ảnh trên điện thoại rồi đưa sát vào mã này đi"
ADDRESS = "https://dichvucong.thanhhoa.gov.vn/huong-dan/".ljust(120, "a")


@pytest.mark.parametrize("design, size, cards", [(design, size, cards) for design, size, cards in sign_up_sheets.SHAPES])
def test_the_longest_words_stand_on_a_sheet_whole_and_its_codes_are_read(design, size, cards):
    steps = [f"{number} {STEP}"[:MOST_STEP] for number in range(MOST_STEPS)]
    card = Card(TITLE[:MOST_TITLE], ADDRESS, "dichvucong.thanhhoa.gov.vn", steps, "31/12/2026")
    team = [(f"Nguyễn Thị Thanh Tường Vi {name}", "+84912345678") for name in ("An", "Ba", "Cả", "Dư")]
    sheet = Sheet("Phường Đông Sơn", "Tổ dân phố Đông Bắc Trung Sơn Thượng", design, size, [card] * cards, team, "Chiến dịch ".ljust(MOST_TEXT, "x"))
    pdf = sheet_pdf.pdf([sheet], TODAY)
    text = " ".join(words(pdf).replace("\u00a0", " ").split())
    assert [text.count(each) for each in (card.title, *steps, "31/12/2026")] == [cards] * (MOST_STEPS + 2)
    assert all(name in text for name, _phone in team) and "…" not in text.replace(sheet.campaign, "")
    assert [each.text for each in codes(pdf)] == [ADDRESS] * cards and all(each.side_mm >= 25 and each.has_its_quiet_zone for each in codes(pdf))


def test_a_village_begins_on_a_page_of_its_own():
    houses = [Door(str(number), "a" if number < 7 else "b", f"15835-01-{number:04d}", "k3v9x2m7ap", None) for number in range(8)]
    leaves = door_cards.leaves(houses, "Xã Thiệu Trung", {"a": "Thôn A", "b": "Thôn B"})
    assert [(leaf.village, len(leaf.doors), leaf.number, leaf.all) for leaf in leaves] == [
        ("Thôn A", 6, 1, 3), ("Thôn A", 1, 2, 3), ("Thôn B", 1, 3, 3),
    ]  # fmt: skip


def test_long_names_stand_on_cards_whole():
    village = "Thôn Đồng Chợ Thượng và xóm mới tái định cư ven bờ Nam Sông Chu"
    (leaf,) = door_cards.leaves([Door("1", "a", "15835-01-0001", "k3v9x2m7ap", "Ngõ 3")], "Xã Thiệu Trung", {"a": village})
    name = unicodedata.normalize("NFD", "Nguyễn Thị Phương Thảo Nguyên Tôn Nữ")
    card = enrolment_cards.Printed(name, f"Tổ {village} · Xã Thiệu Trung", "7KQ2-M8XD", ADDRESS, "27/11/2026 09:00")
    door = " ".join(words(door_cards.pdf([leaf], TODAY)).split())
    member = " ".join(words(enrolment_cards.pdf("https://xa.example/phone/", [card], TODAY)).split())
    assert door.count(village) == 2 and unicodedata.normalize("NFC", name) in member and village in member and "…" not in door + member


def test_three_hundred_cards_stand_six_on_a_page_none_cut():
    houses = [Door(str(number), "a", f"15835-01-{number:04d}", "k3v9x2m7ap", None) for number in range(1, 301)]
    leaves = door_cards.leaves(houses, "Xã Thiệu Trung", {"a": "Thôn A"})
    text = words(door_cards.pdf(leaves, TODAY))
    assert len(leaves) == 50 and "tờ 50/50" in text and all(text.count(each.code) in (1, 2) for each in houses)


def test_a_file_carries_its_type_its_title_and_its_language():
    (leaf,) = door_cards.leaves([Door("1", "a", "15835-01-0001", "k3v9x2m7ap", None)], "Xã Thiệu Trung", {"a": "Thôn A"})
    file = door_cards.pdf([leaf], TODAY)
    with pypdfium2.PdfDocument(file) as document:
        assert document.get_metadata_value("Title") == "Thẻ hộ"
    assert b"/Lang (vi)" in file and file.count(b"/FontFile2") == 2 and len(file) < 60_000  # parts of the type, not the whole of it
