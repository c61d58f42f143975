"""Spreadsheets that are a web page or an XML file called .xls, as many programs of communes write them. Cells that span are repeated."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from fieldapp.survey.problems import Problem, Refused

SPREADSHEET_ML = "urn:schemas-microsoft-com:office:spreadsheet"
NAMES = {"s": SPREADSHEET_ML}
UNREAD = ("title", "style", "script", "xml")
MOST_ROWS, MOST_COLUMNS, MOST_SPAN = 60_000, 60, 200


class Grid:
    """Rows that fill from the left, past cells that reach down from rows above."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._here: dict[int, tuple[int, str]] = {}  # column → into how many rows from this one on, and the text
        self._below: dict[int, tuple[int, str]] = {}

    def row(self) -> None:
        """Begin a row. Raises Refused for one too many."""
        if len(self._rows) >= MOST_ROWS:
            raise Refused(Problem("roster_too_large", "file", {"most": MOST_ROWS}))
        self._finish()
        self._rows.append([])
        self._reach()

    def cell(self, text: str, across: int = 1, down: int = 1) -> None:
        """The next cell; across, down: over how many columns and rows it goes."""
        row = self._rows[-1]
        for _ in range(max(1, min(across, MOST_COLUMNS))):
            if down > 1:
                self._below[len(row)] = min(down, MOST_SPAN) - 1, text
            row.append(text)
        self._reach()

    def skip_to(self, column: int) -> None:
        """Go on in that column, counted from 0."""
        while len(self._rows[-1]) < min(column, MOST_COLUMNS):
            self.cell("")

    def rows(self) -> list[list[str]]:
        """All rows, the last one finished."""
        self._finish()
        return self._rows

    def count(self) -> int:
        return len(self._rows)

    def _reach(self) -> None:
        row = self._rows[-1]
        while len(row) in self._here:
            rows, text = self._here.pop(len(row))
            if rows > 1:
                self._below[len(row)] = rows - 1, text
            row.append(text)

    def _finish(self) -> None:
        for column in sorted(self._here):
            self.skip_to(column)
        self._here, self._below = self._below, {}


def spreadsheet_ml(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """(name, rows) of every sheet. Raises ParseError, ValueError."""
    if b"<!ENTITY" in content:
        raise ValueError("entities")
    for sheet in ElementTree.fromstring(content).iterfind("s:Worksheet", NAMES):
        grid = Grid()
        for row in sheet.iterfind("s:Table/s:Row", NAMES):
            for _ in range(_number(row, "Index", grid.count() + 1) - 1 - grid.count()):
                grid.row()
            grid.row()
            for cell in row.iterfind("s:Cell", NAMES):
                grid.skip_to(_number(cell, "Index", 1) - 1)
                grid.cell(_said(cell), _number(cell, "MergeAcross", 0) + 1, _number(cell, "MergeDown", 0) + 1)
        yield sheet.get(f"{{{SPREADSHEET_ML}}}Name", ""), grid.rows()


def _number(element: Any, name: str, default: int) -> int:
    return int(element.get(f"{{{SPREADSHEET_ML}}}{name}", default))


def _said(cell: Any) -> str:
    value = cell.find("s:Data", NAMES)
    text = "" if value is None else "".join(value.itertext())
    # 1985-03-02T00:00:00.000: the day alone.
    return text[:10] if value is not None and value.get(f"{{{SPREADSHEET_ML}}}Type") == "DateTime" else text


class _Page(HTMLParser):
    """The rows of every table of a page, one below the other; words between tables, such as titles, are lines of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid()
        self._cell: list[str] | None = None
        self._spans = 1, 1
        self._unread = 0  # inside a head, a style or a script

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in UNREAD
        if tag in ("tr", "td", "th", "table"):
            self._end()
        if tag == "tr":
            self.grid.row()
        elif tag in ("td", "th") and self.grid.count():
            said = {name: value for name, value in attrs if value and value.isdigit()}
            self._cell, self._spans = [], (int(said.get("colspan") or 1), int(said.get("rowspan") or 1))
        elif tag in ("br", "p", "div") and self._cell is not None:
            self._cell.append(" ")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
        elif data.strip() and not self._unread:
            self.grid.row()
            self.grid.cell(data)

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD and self._unread > 0
        if tag in ("td", "th", "tr", "table"):
            self._end()

    def _end(self) -> None:
        """The cell is over: by its own end, or by the next one's beginning, as pages may leave ends out."""
        if self._cell is not None:
            self.grid.cell("".join(self._cell), *self._spans)
            self._cell = None


def page(text: str) -> list[list[str]]:
    """The rows of a page's tables."""
    parser = _Page()
    parser.feed(text)
    parser.close()
    return parser.grid.rows()
