"""Sign-up sheets: codes that lead to our own sign-up page and to official places, for the village hall's wall or to hand out.

What stands on paper is Vietnamese, whatever language the officer's page speaks: it is for the people of the village. The print page
shows the same words and the same millimetres from here."""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.survey.text import nfc

SIZES = ("A4", "A5")
DESIGNS = ("poster", "handout")
MOST_CARDS = {"poster": 4, "handout": 6}
CORRECTION = "M"
NBSP = "\u00a0"  # a phone number is never broken over two lines

POSTER_TITLE = "Quét mã để được giúp việc số"
HANDOUT_TITLE = "Phiếu đăng ký hỗ trợ chuyển đổi số"
PROMISE = "Cán bộ không bao giờ hỏi mật khẩu, mã OTP."
WARNING = "Ai hỏi mật khẩu hay mã OTP đều là lừa đảo."
HOW = "Mở máy ảnh hoặc Zalo, đưa vào mã, bấm dòng chữ hiện ra."
TEAM = "Cần giúp, vui lòng gọi"
GOES_TO = "Mở trang"
UNTIL = "hạn"
# The foot's height is given: so many letters of names and numbers still stand in it at this share of its type size.
MOST_LETTERS, TEAM_SIZES = (105, 140), (1.0, 0.8, 0.6)


@dataclass(frozen=True, slots=True)
class Card:
    """One code. host: where it leads, in words; until: the last day as it is printed, None when it has none."""

    title: str
    address: str
    host: str
    steps: Sequence[str]
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one sheet says. village: None on a sheet for the whole commune; team: (name, phone) of those who agreed to be printed."""

    commune: str
    village: str | None
    design: str
    size: str
    cards: Sequence[Card]
    team: Sequence[tuple[str, str]] = ()
    campaign: str = ""

    @property
    def title(self) -> str:
        return POSTER_TITLE if self.design == "poster" else HANDOUT_TITLE


@dataclass(frozen=True, slots=True)
class Shape:
    """How a page is divided. code_mm: a code's side with its quiet zone; beside: the words stand right of the code, else below it."""

    columns: int
    rows: int
    code_mm: float
    beside: bool
    title_pt: float
    step_pt: float

    @property
    def cards(self) -> int:
        return self.columns * self.rows


# On a wall a code is read from about ten times its side: as large as the page lets it be.
SHAPES = {
    ("poster", "A4", 2): Shape(1, 2, 88, True, 24, 16),
    ("poster", "A4", 4): Shape(2, 2, 62, False, 14, 10.5),
    ("poster", "A5", 2): Shape(1, 2, 60, True, 16, 11),
    ("poster", "A5", 4): Shape(2, 2, 38, False, 10, 8),
    ("handout", "A4", 6): Shape(2, 3, 42, True, 13.5, 10),
    ("handout", "A5", 3): Shape(1, 3, 40, True, 13.5, 10),
}


def shape_of(sheet: Sheet) -> Shape:
    """The shape of the sheet's pages."""
    fewest = 2 if sheet.design == "poster" and len(sheet.cards) <= 2 else {"poster": 4, "handout": 6 if sheet.size == "A4" else 3}[sheet.design]
    return SHAPES[sheet.design, sheet.size, fewest]


def pages(sheet: Sheet) -> list[Sequence[Card]]:
    """The cards of each page; a handout of A5 goes on on its back."""
    at_once = shape_of(sheet).cards
    return [sheet.cards[start : start + at_once] for start in range(0, len(sheet.cards), at_once)]


def spoken(phone: str) -> str:
    """A phone number as people here say it: 0912 345 678 for +84912345678."""
    digits = "0" + phone.removeprefix("+84") if phone.startswith("+84") else phone
    return NBSP.join(filter(None, (digits[:4], digits[4:7], digits[7:])))


def leads_to(card: Card) -> str:
    """Where the code leads, and until when it may be used, in one line."""
    return f"{card.host} · {UNTIL} {card.until}" if card.until else f"{GOES_TO} {card.host}"


def who_helps(sheet: Sheet) -> str:
    """Who may be called, a name and its number never parted by a line's end."""
    people = (" ".join(filter(None, (name, spoken(phone) if phone else ""))).replace(" ", NBSP) for name, phone in sheet.team)
    return f"{TEAM}: {' · '.join(people)}"


def team_size(sheet: Sheet) -> int:
    """Which of TEAM_SIZES the line of the team is written in, 0 for the largest."""
    return sum(len(who_helps(sheet)) > most for most in MOST_LETTERS)


def place(sheet: Sheet) -> str:
    """Commune and village in one line."""
    return nfc(f"{sheet.village}, {sheet.commune}" if sheet.village else sheet.commune)
