"""An official letter as PDF, in the layout of Decree 30/2020. The type is Spectral: no kept package brings Liberation Serif, and a serif whose
Vietnamese letters are whole is nearer to the decree than none; the DOCX names Times New Roman."""

from collections.abc import Iterable
from importlib.resources import as_file, files

from fpdf import FPDF
from fpdf.enums import Align, TableCellFillMode, XPos, YPos
from fpdf.fonts import FontFace

from fieldapp.paper import letter as of
from fieldapp.paper.letter import Heading, Letter, Paragraph, Table
from fieldapp.survey.day import instant
from fieldapp.survey.text import nfc

FAMILY = "Spectral"
FACES = {"": "Spectral-Regular.ttf", "B": "Spectral-Bold.ttf", "I": "Spectral-Italic.ttf", "BI": "Spectral-BoldItalic.ttf"}
POINT_MM = 25.4 / 72
LEADING = 1.25
HEAD_MM = (65.0, 100.0)
RULE_MM, ENDING_MM = 22.0, 70.0


def pdf(letter: Letter, now: str) -> bytes:
    """The letter's file."""
    paper = _Paper(letter, now)
    paper.add_page()
    _heading(paper, letter)
    paper.line_of(letter.kind, of.TITLE_PT, "B", before=6)
    paper.line_of(letter.subject, of.TITLE_PT, "B")
    paper.rule(of.LEFT_MM + of.text_mm() / 2)
    paper.ln(4)
    _blocks(paper, letter.body[:-1])
    # The last words stand with the signature.
    if paper.get_y() > of.PAGE_MM[1] - of.BOTTOM_MM - ENDING_MM:
        paper.add_page()
    _blocks(paper, letter.body[-1:])
    _ending(paper, letter)
    paper.add_page()
    paper.line_of(letter.annex_title, of.TITLE_PT, "B")
    _blocks(paper, letter.annex)
    return bytes(paper.output())


class _Paper(FPDF):
    def __init__(self, letter: Letter, now: str) -> None:
        super().__init__("portrait", "mm", "A4")
        self.set_margins(of.LEFT_MM, of.TOP_MM, of.RIGHT_MM)
        self.set_auto_page_break(True, of.BOTTOM_MM)
        self.set_title(nfc(letter.subject))
        self.set_lang("vi")
        self.set_creator("Từng Nhà")
        self.set_creation_date(instant(now))
        for style, name in FACES.items():
            with as_file(files("fontpkg_spectral") / "files" / name) as path:
                self.add_font(FAMILY, style, path)

    def header(self) -> None:
        """The number in the middle of the upper margin, on every page but the first."""
        if self.page_no() > 1:
            self.set_font(FAMILY, "", of.HEADING_PT)
            self.set_xy(of.LEFT_MM, 10)
            self.cell(of.text_mm(), 6, str(self.page_no()), align=Align.C)
        self.set_xy(of.LEFT_MM, of.TOP_MM)

    def line_of(
        self, text: str, points: float, style: str = "", align: Align = Align.C, x: float | None = None, width: float = 0, before: float = 0
    ) -> None:
        """Lines within a width from x (None: the whole), below what stands there."""
        self.ln(before)
        self.set_font(FAMILY, style, points)
        self.set_x(of.LEFT_MM if x is None else x)
        self.multi_cell(width or of.text_mm(), points * POINT_MM * LEADING, nfc(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def rule(self, middle: float, width: float = RULE_MM) -> None:
        self.set_line_width(0.25)
        self.line(middle - width / 2, self.get_y() + 1.2, middle + width / 2, self.get_y() + 1.2)


def _heading(paper: _Paper, letter: Letter) -> None:
    top, (left, right) = paper.get_y(), HEAD_MM
    middle = of.LEFT_MM + left
    paper.line_of(letter.issuer, of.HEADING_PT, "B", x=of.LEFT_MM, width=left)
    paper.rule(of.LEFT_MM + left / 2)
    below = paper.get_y() + 4
    paper.set_y(top)
    paper.line_of(of.NATION, of.HEADING_PT - 1, "B", x=middle, width=right)
    paper.line_of(of.MOTTO, of.MOTTO_PT, "B", x=middle, width=right)
    paper.rule(middle + right / 2, 52)
    below = max(below, paper.get_y() + 4)
    paper.set_y(below)
    paper.line_of(letter.symbol, of.HEADING_PT, x=of.LEFT_MM, width=left)
    paper.set_y(below)
    paper.line_of(letter.place_day, of.BODY_PT, "I", x=middle, width=right)


def _blocks(paper: _Paper, blocks: Iterable[Heading | Paragraph | Table]) -> None:
    for block in blocks:
        if isinstance(block, Heading):
            # Not alone at a page's end.
            if paper.get_y() > of.PAGE_MM[1] - of.BOTTOM_MM - 25:
                paper.add_page()
            paper.line_of(block.text, of.BODY_PT, "B", Align.L, x=of.LEFT_MM + of.INDENT_MM, width=of.text_mm() - of.INDENT_MM, before=2)
            paper.ln(1.5)
        elif isinstance(block, Paragraph):
            paper.set_font(FAMILY, "I" if block.italic else "", of.BODY_PT)
            with (
                paper.text_columns(l_margin=of.LEFT_MM, r_margin=of.RIGHT_MM) as column,
                column.paragraph(text_align=Align.J, line_height=LEADING, first_line_indent=of.INDENT_MM) as paragraph,
            ):
                paragraph.write(nfc(block.text))
            paper.ln(2)
        else:
            _table(paper, block)


def _table(paper: _Paper, block: Table) -> None:
    if paper.get_y() > of.PAGE_MM[1] - of.BOTTOM_MM - 40:
        paper.add_page()
    paper.line_of(block.caption, of.TABLE_PT + 1, "B", before=2)
    paper.set_font(FAMILY, "", of.TABLE_PT)
    paper.set_line_width(0.2)
    align = tuple("LEFT" if place < block.numbers else "CENTER" for place in range(len(block.headings)))
    bold = FontFace(emphasis="BOLD", size_pt=of.TABLE_PT)
    with paper.table(
        width=sum(block.widths_mm), col_widths=tuple(block.widths_mm), align="LEFT", text_align=align, headings_style=bold,
        line_height=of.TABLE_PT * POINT_MM * LEADING, cell_fill_mode=TableCellFillMode.NONE, padding=0.8,
    ) as table:  # fmt: skip
        table.row([nfc(each) for each in block.headings])
        for number, cells in enumerate(block.rows, start=1):
            table.row([nfc(each) for each in cells], style=bold if block.sum and number == len(block.rows) else None)
    paper.ln(3)


def _ending(paper: _Paper, letter: Letter) -> None:
    paper.ln(4)
    top, half = paper.get_y(), of.text_mm() / 2
    paper.line_of("Nơi nhận:", of.RECEIVERS_PT, "BI", Align.L, width=half)
    for each in letter.receivers:
        paper.line_of(each, of.RECEIVER_PT, "", Align.L, width=half)
    below = paper.get_y()
    paper.set_y(top)
    for each in letter.signature:
        paper.line_of(each, of.BODY_PT, "B", x=of.LEFT_MM + half, width=half)
    paper.line_of(letter.draft, of.HEADING_PT, "I", x=of.LEFT_MM + half, width=half, before=12)
    paper.set_y(max(below, paper.get_y()))
