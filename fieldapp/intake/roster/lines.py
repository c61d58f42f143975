"""Which lines of a sheet hold data: not the empty ones, headers printed again, column numbers, sums and signatures; and under which village's
heading a line stands.

What looks like a line of the list is never passed over: signatures end it only for lines that are as empty as they are."""

import re
from collections.abc import Iterator, Sequence

from fieldapp.intake.roster.choices import Choices, cell
from fieldapp.intake.roster.sheets import Sheet
from fieldapp.survey.text import folded

NAMES, OF_A_PERSON = ("head", "name", "family"), ("birth", "sex", "relation")
SAID = (*NAMES, *OF_A_PERSON, "male", "female", "address", "people", "poverty", "poor", "near_poor", "code")
# With its marks: Tống and Công are names.
SUM = re.compile(
    r"(tổng cộng|tổng số|tổng hợp|cộng lại|cộng dồn|tong cong|tong so)\b|(tổng|cộng|tong|cong)[\s:.\d]*( hộ| khẩu| người)?$|"
    r"(tổng|cộng|tong|cong) (thôn|bản|xóm|làng|khu|tổ|kp|tdp|ấp|xã|hộ|trang|nhóm|mục|các|toàn|thon|xom|khu|trang)\b"
)
SIGNED = re.compile(
    r"^(nguoi (lap|ke khai|tong hop|lam)|lap bieu|can bo (lap|dieu tra|khao sat)|truong (thon|ban|xom|khu|kp|cong an)|to truong|bi thu|chu tich|"
    r"pho chu tich|tm\b|t m\b|kt\b|xac nhan|thu truong|cong chuc|\(?ky (ten|ghi|va)|ghi chu *:|luu y)|ngay\b.{0,12}\bthang\b.{0,12}\bnam\b"
)
# Lang and Ban are family names: without marks they head nothing.
VILLAGE = re.compile(
    r"(?:(?:[ivxlc]+|\d+)\s*[.)/:-]\s*)?"
    r"((?:thôn|bản|xóm|làng|khu phố|tổ dân phố|tổ|tdp|kp|tiểu khu|ấp|thon|xom|khu pho|to dan pho|tieu khu)\b[^:(]*)", re.IGNORECASE
)  # fmt: skip
NUMBERED = re.compile(r"[IVXLC]+\.?|\d+\.?")
DITTO = re.compile(r"-*\s*(nt|n\.t\.?|như trên|nhu tren)\s*-*|-*\s*[\"'’”″〃]{1,2}\s*-*", re.IGNORECASE)  # "as above"
LONGEST_HEADING, MOST_SIGNED, FULL = 60, 4, 3


def lines(sheet: Sheet, choices: Choices) -> Iterator[tuple[int, list[str], str]]:
    """(line, row, village heading above it or "") of every line that holds data."""
    section, ended = "", False
    above: Sequence[str] = []
    headers = sheet.rows[max(0, choices.header_line - 3) : choices.header_line]
    for line, row in enumerate(sheet.rows[choices.header_line :], start=choices.header_line + 1):
        heading = _village(row, choices)
        if heading or _is_header(row, headers):
            section, ended = heading or section, False
        elif _is_signed(row, choices):
            ended = True
        elif _says(row, choices) and not (ended and not _is_full(row, choices)):
            ended = False
            above = row = _written_out(row, above, choices)
            yield line, row, section


def passed_over(sheet: Sheet, choices: Choices, taken: set[int]) -> Iterator[tuple[int, str]]:
    """(line, what stands in it) of the lines below the header that are not taken for data: an officer sees whether that is right."""
    for line, row in enumerate(sheet.rows[choices.header_line :], start=choices.header_line + 1):
        if line not in taken and any(row) and not _village(row, choices):
            yield line, " ".join(dict.fromkeys(filter(None, row)))


def _written_out(row: list[str], above: Sequence[str], choices: Choices) -> list[str]:
    """The line with what stands above in place of marks that say so. No two people share a name in that way."""
    marked = {index for name, index in choices.columns.items() if name not in NAMES and DITTO.fullmatch(cell(row, index))}
    return [cell(above, index) if index in marked else text for index, text in enumerate(row)] if marked else row


def _of(row: Sequence[str], choices: Choices, name: str) -> str:
    return cell(row, choices.columns.get(name))


def _says(row: Sequence[str], choices: Choices) -> bool:
    return any(_of(row, choices, name) for name in SAID) and not _is_sum(row, choices) and not _is_numbering(row)


def _named(row: Sequence[str], choices: Choices) -> list[str]:
    return [text for name in NAMES if (text := _of(row, choices, name))]


def _village(row: Sequence[str], choices: Choices) -> str:
    """The village that a line names for those below it: alone, merged over all columns, or behind its number."""
    texts = list(dict.fromkeys(filter(None, row)))
    if len(texts) == 2 and NUMBERED.fullmatch(texts[0]):
        del texts[0]
    named = VILLAGE.match(texts[0]) if len(texts) == 1 and len(texts[0]) <= LONGEST_HEADING else None
    return named[1].strip(" .,-–") if named else ""


def _is_header(row: Sequence[str], headers: Sequence[Sequence[str]]) -> bool:
    """The header again, as it is printed on every page."""
    filled = sum(map(bool, row))
    return filled > 1 and any(sum(bool(text) and text == over for text, over in zip(row, header, strict=False)) * 2 > filled for header in headers)


def _is_signed(row: Sequence[str], choices: Choices) -> bool:
    texts = set(filter(None, row))
    if len(texts) > MOST_SIGNED:
        return False
    signed = any(SIGNED.search(folded(text)) for text in texts) and all(SIGNED.search(folded(text)) for text in _named(row, choices))
    return signed and not any(_of(row, choices, name).isdigit() for name in OF_A_PERSON)


def _is_sum(row: Sequence[str], choices: Choices) -> bool:
    first = next((text for text in row if text and not NUMBERED.fullmatch(text)), "")
    return bool(SUM.match(first.lower())) and all(SUM.match(text.lower()) or text.isdigit() for text in _named(row, choices))


def _is_numbering(row: Sequence[str]) -> bool:
    """A line of column numbers: 1, 2, 3 … or (A), (B), (1), (2) …"""
    marks = [text.strip("()[] ") for text in row if text]
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    short = len(marks) > 2 and len(numbers) > 1 and all(len(mark) <= 2 for mark in marks)
    return short and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _is_full(row: Sequence[str], choices: Choices) -> bool:
    """Whether the line has a name and as much beside it as lines of the list have."""
    filled = sum(bool(cell(row, index)) for index in choices.columns.values())
    return bool(_named(row, choices)) and filled >= min(len(choices.columns), max(FULL, len(choices.columns) // 2))
