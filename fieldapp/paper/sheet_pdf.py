"""Sign-up sheets as a PDF: the head with commune and village, the cards, the foot with who helps and what nobody ever asks for."""

from collections.abc import Sequence

from fieldapp.paper import sign_up_sheets as said
from fieldapp.paper.pdf import BRAND, LINE, POINT_MM, SIZES_MM, SOFT, WHITE, Paper
from fieldapp.paper.sign_up_sheets import Card, Shape, Sheet

MARGIN_MM, GAP_MM, PAD_MM = 10.0, 4.0, 3.5
# (head, foot) in millimetres, by design and size.
ENDS_MM = {("poster", "A4"): (32.0, 30.0), ("poster", "A5"): (22.0, 20.0), ("handout", "A4"): (23.0, 23.0), ("handout", "A5"): (17.0, 15.5)}


def pdf(sheets: Sequence[Sheet], now: str) -> bytes:
    """The sheets, all of one size, as one file to print at 100 %."""
    paper = Paper(said.HANDOUT_TITLE, now, sheets[0].size)
    for sheet in sheets:
        for cards in said.pages(sheet):
            _page(paper, sheet, cards)
    return paper.finished()


def _page(paper: Paper, sheet: Sheet, cards: Sequence[Card]) -> None:
    shape = said.shape_of(sheet)
    width, height = (each - 2 * MARGIN_MM for each in SIZES_MM[sheet.size])
    head, foot = ENDS_MM[sheet.design, sheet.size]
    paper.add_page()
    _head(paper, sheet, width, head)
    across = (width - GAP_MM * (shape.columns - 1)) / shape.columns
    down = (height - head - foot - GAP_MM * (shape.rows + 1)) / shape.rows
    for index, card in enumerate(cards):
        x = MARGIN_MM + (index % shape.columns) * (across + GAP_MM)
        y = MARGIN_MM + head + GAP_MM + (index // shape.columns) * (down + GAP_MM)
        (_beside if shape.beside else _below)(paper, shape, card, x, y, across, down)
        low = y + down - _line_mm(shape)
        paper.one_line(said.leads_to(card), x + PAD_MM, low, across - 2 * PAD_MM, shape.step_pt, bold=True, ink=BRAND, align="C")
        paper.frame(x, y, across, down, LINE, 0.3, 2.5)
    _foot(paper, sheet, width, MARGIN_MM + height - foot, foot)


def _head(paper: Paper, sheet: Sheet, width: float, height: float) -> None:
    """Commune, village, title and campaign on the one dark band of the page."""
    paper.block(MARGIN_MM, MARGIN_MM, width, height, BRAND, 3)
    big = height * 0.8
    x, inside = MARGIN_MM + 5, width - 10
    below = paper.one_line(said.place(sheet), x, MARGIN_MM + height * 0.09, inside, big * 0.5, bold=True, ink=WHITE)
    below = paper.one_line(sheet.title, x, below, inside, big, bold=True, ink=WHITE)
    paper.one_line(sheet.campaign or said.HOW, x, below + height * 0.02, inside, big * 0.46, ink=WHITE)


def _beside(paper: Paper, shape: Shape, card: Card, x: float, y: float, width: float, height: float) -> None:
    """The code at the left, the words at its right."""
    side = shape.code_mm
    above = height - _line_mm(shape)
    paper.qr(card.address, x + 1, y + max(0.5, (above - side) / 2), side, said.CORRECTION)
    _words(paper, shape, card, x + 1 + side + PAD_MM, y + PAD_MM, width - side - 2 * PAD_MM - 1, above - PAD_MM)


def _below(paper: Paper, shape: Shape, card: Card, x: float, y: float, width: float, height: float) -> None:
    """The code at the top, the words below it."""
    side = shape.code_mm
    paper.qr(card.address, x + (width - side) / 2, y + 0.5, side, said.CORRECTION)
    _words(paper, shape, card, x + PAD_MM, y + side + 1, width - 2 * PAD_MM, height - side - 1 - _line_mm(shape))


def _line_mm(shape: Shape) -> float:
    """The height of the line at a card's foot, with the air below it."""
    return shape.step_pt * POINT_MM * 1.3 + 2


def _words(paper: Paper, shape: Shape, card: Card, x: float, y: float, width: float, height: float) -> None:
    """Title and numbered steps, made smaller together until they fit the height."""
    scale = 1.0
    while scale > 0.55 and _height(paper, shape, card, width, scale) > height:
        scale -= 0.05
    title, step = shape.title_pt * scale, shape.step_pt * scale
    below = paper.wrapped(card.title, x, y, width, title, bold=True, leading=1.25) + step * 0.12
    for number, words in enumerate(card.steps, start=1):
        indent = step * 0.55
        paper.one_line(f"{number}.", x, below, indent, step, bold=True, ink=BRAND)
        below = paper.wrapped(words, x + indent, below, width - indent, step) + step * 0.1


def _height(paper: Paper, shape: Shape, card: Card, width: float, scale: float) -> float:
    title, step = shape.title_pt * scale, shape.step_pt * scale
    steps = sum(paper.height_of(words, width - step * 0.55, step) + step * 0.1 for words in card.steps)
    return paper.height_of(card.title, width, title, bold=True, leading=1.25) + step * 0.12 + steps


def _foot(paper: Paper, sheet: Sheet, width: float, y: float, height: float) -> None:
    """Who helps, and the promise: what nobody of ours ever asks for."""
    paper.stroke(MARGIN_MM, y, MARGIN_MM + width, y, BRAND, 0.6)
    points = height * 0.48
    below = y + 1.5
    if sheet.team:
        size = points * said.TEAM_SIZES[said.team_size(sheet)]
        below = paper.wrapped(said.who_helps(sheet), MARGIN_MM, below, width, size, bold=True, leading=1.25)
    below = paper.one_line(said.PROMISE, MARGIN_MM, below, width, points * 1.3, bold=True, ink=BRAND)
    paper.one_line(said.WARNING, MARGIN_MM, below, width, points * 0.9, ink=SOFT)
