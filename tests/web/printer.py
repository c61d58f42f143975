"""A printer for the tests: prints a page of the desk as a browser does, renders what came out at 150 dpi, and reads every code in it
with its place and size in millimetres, measured on the pixels."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pypdfium2
import zxingcpp
from PIL import Image

DPI = 150
MM = DPI / 25.4  # pixels


@dataclass(frozen=True)
class Printed:
    """A code as it was read off a page. side_mm: of its dark square; module_mm: of one module; quiet_mm: the white around it,
    the narrowest of its four sides."""

    text: str
    page: int
    left_mm: float
    top_mm: float
    side_mm: float
    module_mm: float
    quiet_mm: float

    @property
    def has_its_quiet_zone(self) -> bool:
        """Four modules of white on every side; a corner's place is known to a pixel and a half."""
        return self.quiet_mm >= 4 * self.module_mm - 1.5 / MM


def codes(pdf: bytes) -> list[Printed]:
    """Every code on every page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [each for number, page in enumerate(document) for each in _of_page(number, page.render(scale=DPI / 72, grayscale=True).to_pil())]


def words(pdf: bytes) -> str:
    """The text of all pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def sizes_mm(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of every page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [(round(page.get_width() * 25.4 / 72), round(page.get_height() * 25.4 / 72)) for page in document]


# What is cut off at the end of its box, on the screen as on paper.
SPILT = """() => [...document.querySelectorAll(".leaf, .leaf *, .card, .card *")].filter((each) => !each.closest("svg"))
    .filter((each) => each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 2)
    .filter((each) => getComputedStyle(each).overflow === "hidden").map((each) => each.className + ": " + each.textContent.trim().slice(0, 90))"""


def spilt(browser, client, path: str, shown=None) -> list[str]:
    """The boxes of the printed page that do not hold their words."""
    page = _opened(browser, client, path, shown)
    try:
        page.emulate_media(media="print")
        return page.evaluate(SPILT)
    finally:
        page.close()


def printed(browser, client, path: str, shown=None) -> bytes:
    """The page at this path as the browser prints it: its own @page says the size. shown: the answer that stands there already, for a page
    that is shown once."""
    page = _opened(browser, client, path, shown)
    try:
        return page.pdf(prefer_css_page_size=True, print_background=False)
    finally:
        page.close()


def _opened(browser, client, path: str, shown):
    page = browser.new_page()
    page.route("**/*", lambda route: _answer(route, client))
    if shown is not None:
        page.route(f"http://localhost{path}", lambda route: _fulfil(route, shown))
    page.goto(f"http://localhost{path}")
    page.evaluate("document.fonts.ready")
    return page


def _answer(route, client) -> None:
    address = urlsplit(route.request.url)
    _fulfil(route, client.get(f"{address.path}?{address.query}"))


def _fulfil(route, response) -> None:
    route.fulfill(status=response.status_code, headers=dict(response.headers), body=response.data)


def _of_page(number: int, image: Image.Image) -> list[Printed]:
    return [_measured(number, image, each) for each in zxingcpp.read_barcodes(image)]


def _measured(number: int, image: Image.Image, found) -> Printed:
    left, right, top, bottom = _edges(image, found.position)
    # The finder pattern at the left top is seven modules wide and dark all along its upper edge.
    roughly = next(length for length in range(1, 400) if image.getpixel((left + length, top + 3)) >= 128) / 7
    modules = 17 + 4 * round(((right - left + 1) / roughly - 17) / 4)  # 21, 25, 29 … : a symbol has no other sizes
    module_px = (right - left + 1) / modules
    ink = image.point(lambda value: 255 if value < 250 else 0)
    ink.paste(0, (left - 2, top - 2, right + 3, bottom + 3))
    white = next((away for away in range(3, 200) if ink.crop((left - away, top - away, right + 1 + away, bottom + 1 + away)).getbbox()), 200) - 1
    return Printed(found.text, number, left / MM, top / MM, (right - left + 1) / MM, module_px / MM, white / MM)


def _edges(image: Image.Image, position) -> tuple[int, int, int, int]:
    """Left, right, top and bottom pixel of the square. The reader's own corners are some pixels off; its three finder patterns are dark
    all along their outer edges."""
    near = 8
    about = position.top_left, position.top_right, position.bottom_left
    row, column = about[0].y + 4, about[0].x + 4
    across = [x for x in range(about[0].x - near, about[1].x + near) if image.getpixel((x, row)) < 128]
    down = [y for y in range(about[0].y - near, about[2].y + near) if image.getpixel((column, y)) < 128]
    return across[0], across[-1], down[0], down[-1]
