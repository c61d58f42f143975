"""Enrolment cards as a file to print: eight on an A4 page, each with a code of 40 mm that makes one phone one member's, once."""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.paper.pdf import SOFT, Paper

WIDTH_MM, HEIGHT_MM, QR_MM = 95.0, 68.0, 40.0
COLUMNS, ROWS = 2, 4
LEFT_MM, TOP_MM = (210 - COLUMNS * WIDTH_MM) / 2, (297 - ROWS * HEIGHT_MM) / 2
PAD_MM = 5.0
STEPS = ("1. Mở máy ảnh, quét mã này.", "2. Bấm “Nhận máy này”.")
WARNING = "Mã dùng một lần cho một máy. Không chụp gửi vào nhóm chat. Cán bộ không bao giờ hỏi mật khẩu, mã OTP."


@dataclass(frozen=True, slots=True)
class Printed:
    """One card. code: as it is read aloud, 7KQ2-M8XD; link: what the QR says; until: a local moment in words."""

    name: str
    code: str
    link: str
    until: str


def pdf(commune: str, address: str, cards: Sequence[Printed], now: str) -> bytes:
    """The cards as one file, to print at 100 %. address: where the app is opened when nothing can be scanned."""
    paper = Paper("Thẻ cấp mã", now)
    for place, card in enumerate(cards):
        if place % (COLUMNS * ROWS) == 0:
            paper.add_page()
        row, column = divmod(place % (COLUMNS * ROWS), COLUMNS)
        _card(paper, LEFT_MM + column * WIDTH_MM, TOP_MM + row * HEIGHT_MM, card, commune, address)
    return paper.finished()


def _card(paper: Paper, x: float, y: float, card: Printed, commune: str, address: str) -> None:
    paper.frame(x, y, WIDTH_MM, HEIGHT_MM)
    wide, side = WIDTH_MM - 2 * PAD_MM, WIDTH_MM - QR_MM - 3 * PAD_MM + 2
    below = paper.one_line(card.name, x + PAD_MM, y + 3.5, wide, 13, bold=True)
    paper.one_line(commune, x + PAD_MM, below, wide, 8.5, ink=SOFT)
    top = y + 16
    paper.qr(card.link, x + PAD_MM - 2, top, QR_MM, "Q")
    left = x + PAD_MM + QR_MM
    below = top + 1
    for step in STEPS:
        below = paper.wrapped(step, left, below, side, 9)
    below = paper.one_line(card.code, left, below + 1, side, 15, bold=True)
    below = paper.wrapped(f"Không quét được: mở {address} và gõ 8 ký tự trên.", left, below, side, 6.5, ink=SOFT)
    paper.one_line(f"Dùng được đến {card.until}", left, below + 0.5, side, 8, bold=True)
    paper.wrapped(WARNING, x + PAD_MM, y + HEIGHT_MM - 9.5, wide, 7, ink=SOFT)
