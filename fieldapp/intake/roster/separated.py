"""Text files: which letters their bytes are, and what separates their cells."""

import csv
import io
import re
from collections import Counter

BOM, UTF_16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
SEPARATORS = ";,\t|"
LOOKED_AT, LONGEST_CELL_LINES = 50, 20


def text_of(content: bytes) -> str:
    """The text: UTF-8, UTF-16, else Windows-1258, in which whatever is no letter becomes a question mark. Raises UnicodeError, ValueError."""
    if content.startswith(UTF_16):
        return content.decode("utf-16")
    if b"\x00" in content[:4096]:
        raise ValueError("no text")
    try:
        return content.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1258", errors="replace")


def rows_of(text: str) -> list[list[str]]:
    """The cells of every line."""
    separator = _separator(text)
    text = re.sub(r"\Asep=.\r?\n", "\n", text)  # Excel's own mark; its line is counted all the same
    rows = _split(text, separator)
    if any(cell.count("\n") > LONGEST_CELL_LINES for row in rows for cell in row):
        # A quotation mark that is only a mark has swallowed the lines below it.
        rows = _split(text, separator, csv.QUOTE_NONE)
    return rows


def _separator(text: str) -> str:
    """What parts most lines into as many cells each; commas stand in addresses too, but not as many in each."""
    begun = "\n".join(text.splitlines()[:LOOKED_AT])

    def evenness(separator: str) -> float:
        widths = Counter(len(row) for row in _split(begun, separator) if len(row) > 1)
        width, count = max(widths.items(), key=lambda each: each[0] * each[1], default=(1, 0))
        return width * count

    return max(SEPARATORS, key=evenness)


def _split(text: str, separator: str, quoting: int = csv.QUOTE_MINIMAL) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting))  # type: ignore[arg-type]
