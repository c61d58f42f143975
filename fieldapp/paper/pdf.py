"""A PDF to print, measured in millimetres: our one type with every Vietnamese letter, and QR codes as vectors.

A page is laid out by hand: nothing flows over a page's end unasked, because a card that is cut in two is no card. Text is
normalised to NFC, for the type has the composed letters and a decomposed name would print as letters with stray marks."""

from collections.abc import Sequence
from importlib.resources import as_file, files

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from fieldapp.paper.qr import matrix, runs
from fieldapp.survey.day import instant
from fieldapp.survey.text import nfc

FAMILY = "Be Vietnam Pro"
FACES = {"": "BeVietnamPro-Regular.ttf", "B": "BeVietnamPro-Bold.ttf"}
SIZES_MM = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}
POINT_MM = 25.4 / 72
SMALLEST_PT = 5.5
INK, SOFT, BRAND, LINE, WHITE = (0, 0, 0), (70, 85, 79), (15, 92, 77), (150, 160, 156), (255, 255, 255)


class Paper(FPDF):
    """A document whose pages are A4 or A5; x and y are millimetres from the page's left top corner, colours are (r, g, b)."""

    def __init__(self, title: str, now: str, size: str = "A4", landscape: bool = False) -> None:
        """now: the moment it is made, written into the file."""
        width, height = SIZES_MM[size]
        super().__init__("landscape" if landscape else "portrait", "mm", (width, height))
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0.0  # text begins where it was told to
        self.set_title(nfc(title))
        self.set_lang("vi")
        self.set_creator("Từng Nhà")
        self.set_creation_date(instant(now))
        for style, name in FACES.items():
            with as_file(files("fontpkg_be_vietnam_pro") / "files" / name) as path:
                self.add_font(FAMILY, style, path)

    def finished(self) -> bytes:
        """The file."""
        return bytes(self.output())

    def one_line(
        self, text: str, x: float, y: float, width: float, points: float, *, bold: bool = False, align: str = "L", ink: tuple[int, int, int] = INK
    ) -> float:
        """Write one line, smaller where it would not fit the width and then cut with "…"; gives the y below it."""
        text = " ".join(nfc(text).split())
        self._take(points, bold, ink)
        while self.get_string_width(text) > width and self.font_size_pt > max(SMALLEST_PT, points * 0.6):
            self.set_font_size(self.font_size_pt - 0.5)
        while len(text) > 1 and self.get_string_width(text) > width:
            text = text.rstrip("…")[:-1].rstrip() + "…"
        height = points * POINT_MM * 1.3
        self.set_xy(x, y)
        self.cell(width, height, text, align=align)
        return y + height

    def wrapped(
        self, text: str, x: float, y: float, width: float, points: float, *, bold: bool = False, align: str = "L", ink: tuple[int, int, int] = INK,
        leading: float = 1.35,
    ) -> float:  # fmt: skip
        """Write lines broken at spaces within the width; gives the y below the last. leading: line height in type sizes."""
        self._take(points, bold, ink)
        self.set_xy(x, y)
        self.multi_cell(width, points * POINT_MM * leading, nfc(text), align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)
        return float(self.get_y())

    def fitted(
        self, text: str, x: float, y: float, width: float, lines: Sequence[tuple[float, int]], *, bold: bool = False, align: str = "L",
        ink: tuple[int, int, int] = INK,
    ) -> float:  # fmt: skip
        """Write the text whole in the first of `lines` (type size in points, most lines) that holds it, in the last if none; gives the y below."""
        text = " ".join(nfc(text).split())
        heights = ((points, most, self.height_of(text, width, points, bold=bold, leading=1.2)) for points, most in lines)
        holds = (points for points, most, height_mm in heights if height_mm < (most + 0.5) * points * POINT_MM * 1.2)
        return self.wrapped(text, x, y, width, next(holds, lines[-1][0]), bold=bold, align=align, ink=ink, leading=1.2)

    def height_of(self, text: str, width: float, points: float, *, bold: bool = False, leading: float = 1.35) -> float:
        """How high `wrapped` text would be, in millimetres."""
        self._take(points, bold, INK)
        height = self.multi_cell(width, points * POINT_MM * leading, nfc(text), dry_run=True, output="HEIGHT")
        return float(height)  # type: ignore[arg-type]

    def qr(self, text: str, x: float, y: float, side: float, correction: str = "M", mask: int | None = None) -> float:
        """Draw the text's code, `side` millimetres with its quiet zone of 4 modules; gives the size of a module in millimetres."""
        rows = matrix(text, correction, mask)
        module = side / len(rows)
        scale, top = module * self.k, (self.h - y) * self.k
        self.block(x, y, side, side, WHITE)
        # One path in whole modules, filled once: small, and no seam can show between two modules.
        dark = " ".join(f"{column} {row} {length} 1 re" for column, row, length in runs(rows))
        self._out(f"q 0 g {scale:.5f} 0 0 {-scale:.5f} {x * self.k:.3f} {top:.3f} cm {dark} f Q")
        return module

    def block(self, x: float, y: float, width: float, height: float, ink: tuple[int, int, int], round_mm: float = 0.0) -> None:
        """A filled rectangle."""
        self.set_fill_color(*ink)
        self.rect(x, y, width, height, style="F", round_corners=bool(round_mm), corner_radius=round_mm)

    def frame(
        self, x: float, y: float, width: float, height: float, ink: tuple[int, int, int] = LINE, thick_mm: float = 0.25, round_mm: float = 0.0
    ) -> None:
        """A rectangle's outline."""
        self.set_draw_color(*ink)
        self.set_line_width(thick_mm)
        self.rect(x, y, width, height, style="D", round_corners=bool(round_mm), corner_radius=round_mm)

    def stroke(self, x1: float, y1: float, x2: float, y2: float, ink: tuple[int, int, int] = LINE, thick_mm: float = 0.2) -> None:
        """A straight line."""
        self.set_draw_color(*ink)
        self.set_line_width(thick_mm)
        self.line(x1, y1, x2, y2)

    def _take(self, points: float, bold: bool, ink: tuple[int, int, int]) -> None:
        self.set_font(FAMILY, "B" if bold else "", points)
        self.set_text_color(*ink)
