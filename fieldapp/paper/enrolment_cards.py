"""Enrolment cards as a file to print: six on an A4 page, each with a code that makes one phone one member's, once.

The code is larger than on a door card (at least 35 mm without its quiet zone, QR.md): it is a long address, so its modules are fine,
and old phones' cameras read it indoors."""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.paper.pdf import BRAND, SOFT, Paper

WIDTH_MM, HEIGHT_MM, QR_MM = 95.0, 90.0, 48.0
COLUMNS, ROWS = 2, 3
LEFT_MM, TOP_MM = (210 - COLUMNS * WIDTH_MM) / 2, (297 - ROWS * HEIGHT_MM) / 2
PAD_MM = 5.0
STEPS = ("1. Mở máy ảnh, quét mã này.", "2. Trang Từng Nhà mở ra: bấm “Nhận máy này”.")
WARNINGS = ("Mã dùng một lần cho một máy. Không gửi ảnh thẻ vào nhóm chat.", "Cán bộ không bao giờ hỏi mật khẩu, mã OTP.")


@dataclass(frozen=True, slots=True)
class Printed:
    """One card. place: team and commune, in words; code: as it is read aloud, 7KQ2-M8XD; link: what the QR says; until: a local moment
    in words."""

    name: str
    place: str
    code: str
    link: str
    until: str


def pdf(address: str, cards: Sequence[Printed], now: str) -> bytes:
    """The cards as one file, to print at 100 %. address: where the app is opened when nothing can be scanned."""
    paper = Paper("Thẻ cấp mã", now)
    for place, card in enumerate(cards):
        if place % (COLUMNS * ROWS) == 0:
            paper.add_page()
        row, column = divmod(place % (COLUMNS * ROWS), COLUMNS)
        _card(paper, LEFT_MM + column * WIDTH_MM, TOP_MM + row * HEIGHT_MM, card, address)
    return paper.finished()


def _card(paper: Paper, x: float, y: float, card: Printed, address: str) -> None:
    paper.frame(x, y, WIDTH_MM, HEIGHT_MM)
    wide, side = WIDTH_MM - 2 * PAD_MM, WIDTH_MM - QR_MM - 2 * PAD_MM - 1
    below = paper.fitted(card.name, x + PAD_MM, y + 5, wide, ((14, 1), (12, 1), (10, 2)), bold=True, ink=BRAND)
    paper.fitted(card.place, x + PAD_MM, below, wide, ((8.5, 1), (7, 2), (6, 3)), ink=SOFT)
    top = y + 17
    paper.qr(card.link, x + 2, top, QR_MM, "Q")
    left, below = x + QR_MM + PAD_MM + 1, top + 5
    for step in STEPS:
        below = paper.wrapped(step, left, below, side, 9.5) + 1.2
    paper.one_line(card.code, left, top + QR_MM - 13, side, 16, bold=True)
    below = paper.wrapped(f"Không quét được: gõ 8 ký tự trên ở trang {address}", x + PAD_MM, top + QR_MM, wide, 7.5, ink=SOFT)
    below = paper.one_line(f"Dùng được đến {card.until}", x + PAD_MM, below + 1, wide, 9.5, bold=True)
    for warning in WARNINGS:
        below = paper.one_line(warning, x + PAD_MM, below + 0.3, wide, 8.5)
