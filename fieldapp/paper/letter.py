"""An official letter as its parts, whatever file it becomes: the heading, the title, paragraphs and tables, who receives it.

The measures are Decree 30/2020's (A4; margins; sizes in points), kept once for the DOCX and the PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

PAGE_MM = (210, 297)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20, 20, 30, 15
BODY_PT, HEADING_PT, MOTTO_PT, TITLE_PT, TABLE_PT, RECEIVERS_PT, RECEIVER_PT = 14, 13, 14, 14, 11, 12, 11
INDENT_MM, AFTER_PT = 10, 6

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class Heading:
    """level 1: I. II. in capitals, bold; 2: bold."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """widths_mm: of its columns, together no more than the page holds; numbers: the first column whose cells stand in the middle; sum: whether
    the last row is one."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths_mm: Sequence[float]
    numbers: int = 1
    sum: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """issuer: UBND XÃ …; symbol: Số: …; place_day: where and when; annex: what follows on a page of its own."""

    issuer: str
    symbol: str
    place_day: str
    kind: str
    subject: str
    body: Sequence[Heading | Paragraph | Table]
    receivers: Sequence[str]
    signature: Sequence[str]
    draft: str
    annex_title: str
    annex: Sequence[Heading | Paragraph | Table]


def text_mm() -> float:
    """The width that text has."""
    return PAGE_MM[0] - LEFT_MM - RIGHT_MM
