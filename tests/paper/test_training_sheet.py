"""The training sheet: one page, with a picture of the present screens for each step, kept small beside it."""

from pathlib import Path

from PIL import Image

from fieldapp.gallery.camera import PHONE
from fieldapp.paper.training_sheet import HEIGHT_PX, STEPS, TITLE, WIDTH_PX, pdf, picture
from tests.web.printer import sizes_mm, words

FOLDER = Path(__file__).resolve().parents[2] / "static/training"
MOST_BYTES = 30_000


def test_each_step_has_its_picture_of_a_phones_screen_and_no_other_is_kept():
    kept = [picture(FOLDER, name) for name, _title, _words in STEPS]
    assert sorted(FOLDER.iterdir()) == sorted(kept) and (WIDTH_PX, HEIGHT_PX) == PHONE
    assert {Image.open(path).size for path in kept} == {PHONE}
    assert [path.name for path in kept if path.stat().st_size > MOST_BYTES] == []


def test_it_is_one_page_with_every_step():
    made = pdf(FOLDER, "Xã Thiệu Trung", "https://vi-du.vn/phone/", "2026-11-20T02:00:00.000Z")
    assert sizes_mm(made) == [(210, 297)]
    assert [text for text in (TITLE, "Xã Thiệu Trung", *(title for _name, title, _words in STEPS)) if text not in words(made)] == []
