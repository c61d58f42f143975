"""Finding a sheet's header, and what its headings mean: in any order and spelling, of one line or several, below titles of any kind."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fieldapp.intake.roster.choices import cell
from fieldapp.survey.text import folded, nfc

WITHIN_LINES, MOST_LINES, LONGEST = 30, 3, 80
IGNORED = re.compile(
    r"cccd|cmnd|cmt\b|can cuoc|dinh danh(?! ho)|dien thoai|\bsdt\b|so dt|ghi chu|dan toc|ton giao|nghe nghiep|trinh do|bhyt|bhxh|que quan|"
    r"nguyen quan|noi sinh|email|zalo|ngay cap|noi cap|chu ky|ky nhan|ky ten|hon nhan|ngay chuyen|ly do"
)
# Folded heading → field; the first that fits. What is said of a head (his birth year, his address) comes before the head himself.
HEADINGS = tuple((name, re.compile(pattern)) for name, pattern in (
    ("relation", r"quan he|vai tro|^q h|^qh( |ch|$)"),
    ("code", r"\bma (so )?(dinh danh )?ho\b"),
    ("place", r"\b(stt|so thu tu|so tt|tt|so) (nguoi )?trong ho\b"),
    ("number", r"\b(stt|so thu tu|so tt|tt|so) (cua )?ho\b(?! ten)|\bho so\b|so ho khau|so so"),
    ("people", r"(so|tong so|tong|sl) .*(nhan khau|khau|nguoi|thanh vien)|^(nhan )?khau$|^so (nguoi|khau|nk)|^sl (nhan )?khau"),
    ("poverty", r"ngheo.*can ngheo|dien (ho|chinh sach)|phan loai|hoan canh|loai ho"),
    ("near_poor", r"can ngheo"),
    ("poor", r"ngheo"),
    ("male", r"^(gioi tinh |gioi )?nam( gioi)?$"),
    ("female", r"^(gioi tinh |gioi )?nu( gioi)?$"),
    ("birth", r"sinh\b|^ngay thang nam$|^n ?s$"),
    ("sex", r"gioi( tinh)?\b|^nam nu$|^phai$|^gt$"),
    ("village", r"^(ten )?(thon|ban|xom|lang|khu pho|to dan pho|tdp|kp|khu|tieu khu|ap|to( so)?)\b|thon (ban|xom|to)|dia ban|khu dan cu"),
    ("address", r"dia chi|noi o|cho o|cu tru|so nha|thuong tru|^ngo\b|^duong\b"),
    ("head", r"chu ho"),
    ("family", r"^ho (va )?(ten |chu )?(dem|lot)\b(?! va ten)"),
    ("name", r"ho (va |, )?(chu dem va )?ten|ho ten|^ten\b|thanh vien|nhan khau"),
))  # fmt: skip
COUNTED = re.compile(r"khau|nguoi|lao dong|trong do|tong so|so luong")


def header_of(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The line in which the header ends, counted from 1, and its columns: field → index. (1, {}) when no line looks like one."""
    best: tuple[tuple[int, ...], int, dict[str, int]] = ((0,), 1, {})
    for start in (line for line, row in enumerate(rows[:WITHIN_LINES]) if any(row)):
        for lines, headings in enumerate(_headings(rows, start), start=1):
            columns = columns_of(headings)
            # A title may sound like a heading, but stands alone.
            rank = len(columns), lines, len({text for text in rows[start] if text}) > 1, -start
            # What stands above a header of two lines is a header itself, no title.
            if rank > best[0] and columns and (lines == 1 or len(columns_of([parts[:1] for parts in headings])) > 1):
                best = rank, start + lines, columns
    return best[1], best[2]


def _headings(rows: Sequence[Sequence[str]], start: int) -> Iterator[list[list[str]]]:
    """The headings of one line, then of it with the next one where that belongs to it, …: each column's parts from above."""
    headings = [[text] for text in rows[start]]
    yield headings
    for row in rows[start + 1 : start + MOST_LINES]:
        if not _is_below([parts[-1] for parts in headings], row):
            return
        blank = [""] * len(headings[0])
        headings = [[*(headings[index] if index < len(headings) else blank), cell(row, index)] for index in range(max(len(headings), len(row)))]
        for left, parts in pairwise(headings):
            if parts[-1] and not any(parts[:-1]):
                parts[:-1] = left[:-1]  # a merged cell that a CSV writes as one with empty ones beside it
        yield headings


def _is_below(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a line parts headings of the line above, and says nothing under those that are whole: a line of data does."""
    parted = 0
    for index, text in enumerate(row):
        over, beside = cell(above, index), cell(above, index + 1)
        if not text or text == over:
            continue
        spans = over in (beside, cell(above, index - 1) if index else "") or (not beside and bool(cell(row, index + 1)))
        if over and not spans:
            return False
        parted += 1
    return parted > 1


def columns_of(headings: Sequence[Sequence[str]]) -> dict[str, int]:
    """Field → index of the first column that is so headed. headings: the parts of each, from above."""
    has_months = any(parts and folded(parts[-1]) == "thang" for parts in headings)
    found: dict[str, int] = {}
    last: dict[str, int] = {}
    for index, parts in enumerate(headings):
        name = field_of([part for part in dict.fromkeys(parts) if part], has_months)
        if name in ("name", "head") and found.get(name) == index - 1 and list(parts) == list(headings[index - 1]):
            found["family"], found[name] = index - 1, index  # "Họ và tên" merged over two columns
        elif name is not None:
            found.setdefault(name, index)
            last[name] = index
    if found.get("head", len(headings)) < found.get("name", 0):
        # The head's own birth year stands beside him, his people's beside them.
        found |= {name: index for name, index in last.items() if name in ("birth", "sex") and index > found["name"]}
    return found


def field_of(parts: Sequence[str], has_months: bool = False) -> str | None:
    """What a heading means, None when nothing that is asked for. has_months: days, months and years stand in columns of their own."""
    if not parts:
        return None
    typed, last, whole = nfc(parts[-1]).lower().strip(), _plain(parts[-1]), _plain(" ".join(parts))
    if not last or IGNORED.search(last) or last in ("ngay", "thang"):
        return None
    if last in ("nam", "nu") and COUNTED.search(_plain(" ".join(parts[:-1]))):
        return None
    if typed in ("họ", "hộ"):
        return "family" if typed == "họ" else "number"
    if last == "nam" and ("ă" in typed or has_months):
        return "birth"
    below = _named(last)
    return _named(whole) or below if below in (None, "name") else below


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z ]+", " ", folded(text)).split())


def _named(words: str) -> str | None:
    return next((name for name, pattern in HEADINGS if len(words) < LONGEST and pattern.search(words)), None)
