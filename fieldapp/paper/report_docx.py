"""An official letter as DOCX, in the layout of Decree 30/2020: an officer goes on writing in it, so headings, tables and page numbers are Word's
own."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from fieldapp.paper import letter as of
from fieldapp.paper.letter import Heading, Letter, Paragraph, Table
from fieldapp.survey.day import instant
from fieldapp.survey.text import nfc

TYPE = "Times New Roman"
CENTRE, LEFT, JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
HEAD_MM = (65, 100)
AFTER_BORDERS = {qn(name) for name in ("w:spacing", "w:ind", "w:jc", "w:rPr")}


def docx(letter: Letter, now: str) -> bytes:
    """The letter's file."""
    document = Document()
    _page(document)
    _type(document)
    _properties(document, letter, now)
    _heading(document, letter)
    _line(document, letter.kind, of.TITLE_PT, bold=True, align=CENTRE, before=12)
    _line(document, letter.subject, of.TITLE_PT, bold=True, align=CENTRE, rule=True)
    _blocks(document, letter.body)
    _ending(document, letter)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _line(document, letter.annex_title, of.TITLE_PT, bold=True, align=CENTRE)
    _blocks(document, letter.annex)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(each) for each in of.PAGE_MM)
    section.top_margin, section.bottom_margin = Mm(of.TOP_MM), Mm(of.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(of.LEFT_MM), Mm(of.RIGHT_MM)
    section.header_distance = Mm(10)
    # The number stands in the middle of the upper margin, on every page but the first.
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    run = number.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
    _font(run, of.HEADING_PT)


def _type(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = TYPE, Pt(of.BODY_PT)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), TYPE)
    style.element.rPr.append(_with(OxmlElement("w:lang"), {"w:val": "vi-VN"}))
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    for level in (1, 2):
        # Word's own headings, so that they stand in its outline; in the letter's type.
        heading = document.styles[f"Heading {level}"]
        heading.font.name, heading.font.size, heading.font.bold, heading.font.color.rgb = TYPE, Pt(of.BODY_PT), True, RGBColor(0, 0, 0)
        for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            heading.element.rPr.rFonts.attrib.pop(qn(name), None)
        heading.element.rPr.rFonts.set(qn("w:eastAsia"), TYPE)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(of.AFTER_PT), Pt(of.AFTER_PT)
        heading.paragraph_format.first_line_indent = Mm(of.INDENT_MM)


def _properties(document: Any, letter: Letter, now: str) -> None:
    about = document.core_properties
    about.title, about.subject, about.author, about.comments, about.language = nfc(letter.subject), nfc(letter.kind), "Từng Nhà", "", "vi"
    about.created = about.modified = instant(now).astimezone(UTC).replace(tzinfo=None)


def _heading(document: Any, letter: Letter) -> None:
    """Issuing body at the left, nation and motto at the right; number, and place and day, below them."""
    table = document.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _columns(table, HEAD_MM)
    (issuer, nation), (symbol, place) = (row.cells for row in table.rows)
    _cell(issuer, letter.issuer, of.HEADING_PT, bold=True, align=CENTRE, rule=True)
    _cell(nation, of.NATION, of.HEADING_PT - 1, bold=True, align=CENTRE)
    _line(nation, of.MOTTO, of.MOTTO_PT, bold=True, align=CENTRE, rule=True)
    _cell(symbol, letter.symbol, of.HEADING_PT, align=CENTRE)
    _cell(place, letter.place_day, of.BODY_PT, italic=True, align=CENTRE)


def _ending(document: Any, letter: Letter) -> None:
    table = document.add_table(rows=1, cols=2)
    _columns(table, (of.text_mm() / 2, of.text_mm() / 2))
    receivers, signature = table.rows[0].cells
    _cell(receivers, "Nơi nhận:", of.RECEIVERS_PT, bold=True, italic=True)
    for each in letter.receivers:
        _line(receivers, each, of.RECEIVER_PT)
    _cell(signature, letter.signature[0], of.BODY_PT, bold=True, align=CENTRE)
    for each in letter.signature[1:]:
        _line(signature, each, of.BODY_PT, bold=True, align=CENTRE)
    _line(signature, letter.draft, of.HEADING_PT, italic=True, align=CENTRE, before=24)


def _blocks(document: Any, blocks: Iterable[Heading | Paragraph | Table]) -> None:
    for block in blocks:
        if isinstance(block, Heading):
            document.add_heading(nfc(block.text), block.level)
        elif isinstance(block, Paragraph):
            made = _line(document, block.text, of.BODY_PT, italic=block.italic, align=JUSTIFIED)
            made.paragraph_format.first_line_indent, made.paragraph_format.space_after = Mm(of.INDENT_MM), Pt(of.AFTER_PT)
        else:
            _table(document, block)


def _table(document: Any, block: Table) -> None:
    caption = _line(document, block.caption, of.TABLE_PT + 1, bold=True, align=CENTRE, before=of.AFTER_PT)
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.headings))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _columns(table, block.widths_mm)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # again on each page
    last = len(block.rows) if block.sum else -1
    for number, (row, cells) in enumerate(zip(table.rows, [block.headings, *block.rows], strict=True)):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            _cell(cell, text, of.TABLE_PT, bold=number in (0, last), align=CENTRE if number == 0 or place >= block.numbers else LEFT)
    document.add_paragraph()


def _columns(table: Any, widths_mm: Sequence[float]) -> None:
    """Widths as told: Word goes by the cells, LibreOffice by the columns."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _cell(cell: Any, text: str, points: float, **how: Any) -> Any:
    return _line(cell, text, points, within=cell.paragraphs[0], **how)


def _line(
    parent: Any, text: str, points: float, *, bold: bool = False, italic: bool = False, align: Any = LEFT, before: float = 0, rule: bool = False,
    within: Any = None,
) -> Any:  # fmt: skip
    paragraph = parent.add_paragraph() if within is None else within
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(nfc(text))
    _font(run, points)
    run.bold, run.italic = bold, italic
    if rule:
        _rule(parent)
    return paragraph


def _rule(parent: Any) -> None:
    """A short line in the middle, below what stands above it: the lower border of an empty line with wide indents."""
    paragraph = parent.add_paragraph()
    width = of.text_mm() if not hasattr(parent, "width") else HEAD_MM[0]
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(width / 3)
    paragraph.paragraph_format.line_spacing, paragraph.paragraph_format.space_after = Pt(3), Pt(of.AFTER_PT)
    borders = OxmlElement("w:pBdr")
    borders.append(_with(OxmlElement("w:bottom"), {"w:val": "single", "w:sz": "6", "w:space": "1", "w:color": "000000"}))
    # Word reads a paragraph's properties in their order only: borders come before spacing and indents.
    properties = paragraph._p.get_or_add_pPr()
    properties.insert(next((place for place, each in enumerate(properties) if each.tag in AFTER_BORDERS), len(properties)), borders)


def _font(run: Any, points: float) -> None:
    run.font.name, run.font.size = TYPE, Pt(points)


def _with(element: Any, attributes: dict[str, str]) -> Any:
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element
