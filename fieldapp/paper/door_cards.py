"""Door cards: six on an A4 page, each the household's code in large letters and a QR code that only the app can use.

A card hangs outside a door, where anybody reads it. So it carries no name and no address, and its code is a random token that means
nothing to others (docs/decisions). Which card goes to which lane stands in the strip at the page's head, which is cut off and stays
with who hands them out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from fieldapp.paper.pdf import BRAND, LINE, SOFT, Paper
from fieldapp.store.door_cards import Door
from fieldapp.survey.codes import qr_of

WIDTH_MM, HEIGHT_MM, QR_MM = 90.0, 85.0, 40.0
COLUMNS, ROWS = 2, 3
LEFT_MM, TOP_MM = (210 - COLUMNS * WIDTH_MM) / 2, 26.0
MARK_MM = 4.0
CORRECTION = "Q"
# Trying all masks for the evenest code would take most of the time of a commune's cards; any mask reads as well at this size.
MASK = 3

SCAN = "Quét bằng ứng dụng Từng Nhà"
KEEP = ("Thẻ không ghi thông tin cá nhân.", "Mất hoặc hỏng thẻ, vui lòng báo tổ công nghệ số để in lại.")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of cards of one village: number of all, and the doors that it is for."""

    commune: str
    village: str
    number: int
    all: int
    doors: Sequence[Door]

    @property
    def strip(self) -> str:
        """What stands at the head, for who hands the cards out."""
        first, last = self.doors[0], self.doors[-1]
        lanes = " – ".join(dict.fromkeys(each.address for each in (first, last) if each.address))
        return f"{self.village} · tờ {self.number}/{self.all} · mã {first.code} đến {last.code}" + (f" · {lanes}" if lanes else "")


def leaves(doors: Sequence[Door], commune: str, villages: dict[str, str]) -> list[Leaf]:
    """The pages, a village beginning on a page of its own. villages: id → its name as it is printed."""
    found: list[tuple[str, list[Door]]] = []
    for village_id, of_village in groupby(doors, lambda each: each.village_id):
        those = list(of_village)
        found += [(villages[village_id], those[start : start + COLUMNS * ROWS]) for start in range(0, len(those), COLUMNS * ROWS)]
    return [Leaf(commune, village, number, len(found), those) for number, (village, those) in enumerate(found, start=1)]


def pdf(those: Sequence[Leaf], now: str, said: Callable[[int], None] = lambda cards: None) -> bytes:
    """The pages as one file, to print at 100 %. said: told after each page how many cards are drawn; what it raises ends it."""
    paper, cards = Paper("Thẻ hộ", now), 0
    for leaf in those:
        paper.add_page()
        paper.one_line(leaf.strip, LEFT_MM, 9, COLUMNS * WIDTH_MM, 8.5, ink=SOFT)
        _cutting_lines(paper)
        for door, (x, y) in zip(leaf.doors, _places(), strict=False):
            _card(paper, leaf, door, x, y)
        cards += len(leaf.doors)
        said(cards)
    return paper.finished()


def _card(paper: Paper, leaf: Leaf, door: Door, x: float, y: float) -> None:
    inside = WIDTH_MM - 10
    below = paper.one_line(leaf.commune.upper(), x + 5, y + 4.5, inside, 8.5, align="C", ink=SOFT)
    paper.fitted(leaf.village, x + 5, below, inside, ((13, 1), (11, 1), (9, 2), (8, 2)), bold=True, align="C", ink=BRAND)
    paper.qr(qr_of(door.token), x + (WIDTH_MM - QR_MM) / 2, y + 16, QR_MM, CORRECTION, MASK)
    below = paper.one_line(door.code, x + 5, y + 56.5, inside, 22, bold=True, align="C")
    below = paper.one_line(SCAN, x + 5, below + 0.5, inside, 10, bold=True, align="C")
    for line in KEEP:
        below = paper.one_line(line, x + 3, below, WIDTH_MM - 6, 7.5, align="C", ink=SOFT)


def _places() -> Iterator[tuple[float, float]]:
    """The left top corner of each card."""
    for row in range(ROWS):
        for column in range(COLUMNS):
            yield LEFT_MM + column * WIDTH_MM, TOP_MM + row * HEIGHT_MM


def _cutting_lines(paper: Paper) -> None:
    """Hairlines between the cards, and marks outside them for a guillotine."""
    right, bottom = LEFT_MM + COLUMNS * WIDTH_MM, TOP_MM + ROWS * HEIGHT_MM
    for column in range(COLUMNS + 1):
        x = LEFT_MM + column * WIDTH_MM
        paper.stroke(x, TOP_MM - MARK_MM, x, bottom + MARK_MM, LINE, 0.1)
    for row in range(ROWS + 1):
        y = TOP_MM + row * HEIGHT_MM
        paper.stroke(LEFT_MM - MARK_MM, y, right + MARK_MM, y, LINE, 0.1)
