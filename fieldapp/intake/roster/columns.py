"""What each column is: guessed from headings as officers write them, in any order and spelling; shown, and set otherwise by hand.

The guess reads titles above the header too: a list of one village often names it only there, or on the sheet's tab."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fieldapp.intake.roster.sheets import Sheet
from fieldapp.intake.shapes import bare
from fieldapp.store.areas import Village
from fieldapp.survey.text import folded

# What a column can be, as the page offers it.
FIELDS = (
    "village", "number", "code", "head", "name", "relation", "birth", "sex", "male", "female", "address", "people", "poverty", "poor", "near_poor",
)  # fmt: skip
# Folded heading → field; the first that fits.
HEADINGS = tuple((name, re.compile(pattern)) for name, pattern in (
    ("relation", r"quan he"),
    ("code", r"\bma (so )?ho\b"),
    ("number", r"(stt|so thu tu|tt|so) (cua )?ho\b|\bho so\b|so ho khau|so so"),
    ("people", r"(so|tong so|tong) .*(nhan khau|khau|nguoi)|^(nhan )?khau$|^so nguoi|^sl (nhan )?khau"),
    ("head", r"chu ho"),
    ("poverty", r"ngheo.*can ngheo|dien (ho|chinh sach)|phan loai|hoan canh|loai ho"),
    ("near_poor", r"can ngheo"),
    ("poor", r"ngheo"),
    ("village", r"^(ten )?(thon|ban|xom|lang|khu pho|to dan pho|tdp|kp|khu|tieu khu|ap|to)\b|thon ban|dia ban"),
    ("male", r"^(nam|gioi tinh nam|nam sinh nam|sinh nam nam|ngay .*sinh nam)$"),
    ("female", r"^(nu|gioi tinh nu|.*sinh nu)$"),
    ("birth", r"sinh"),
    ("sex", r"gioi( tinh)?$|^nam nu$|^phai$"),
    ("address", r"dia chi|noi o|cho o|so nha|thuong tru|^ngo\b|^duong\b"),
    ("name", r"ho (va |, )?(chu dem va )?ten|ho ten|^ten\b|thanh vien|nhan khau"),
))  # fmt: skip
HEADER_WITHIN = 30
TITLE_VILLAGE = re.compile(r"\b(?:th[oôõ]n|b[aả]n|x[oó]m|l[aà]ng|khu ph[oố]|t[oổ] d[aâ]n ph[oố]|kp|tdp)\s+[^\n,;.:()-]{2,40}", re.IGNORECASE)
NEAR = 0.72


@dataclass(frozen=True, slots=True)
class Choices:
    """header_line: of the last line of the header, counted from 1. columns: field → index. shape: "household" or "person", what a line is.
    villages: spelling as the file has it → village id, None while nobody said; the spelling "" is for lines that name none."""

    sheet: str
    header_line: int
    columns: dict[str, int]
    shape: str
    villages: dict[str, str | None] = field(default_factory=dict)


def guess(sheet: Sheet, villages: Sequence[Village]) -> Choices:
    """What the sheet seems to be."""
    header_line, columns = _header(sheet.rows)
    shape = "person" if "relation" in columns or ("name" in columns and "head" in columns) else "household"
    if shape == "household" and "head" not in columns and "name" in columns:
        columns["head"] = columns.pop("name")
    if shape == "person" and "name" not in columns and "head" in columns:
        columns["name"] = columns.pop("head")
    found = Choices(sheet.name, header_line, columns, shape)
    return Choices(sheet.name, header_line, columns, shape, villages_in(sheet, found, villages))


def villages_in(sheet: Sheet, choices: Choices, villages: Sequence[Village]) -> dict[str, str | None]:
    """Every spelling of a village in the sheet, with the village that it surely is."""
    index = choices.columns.get("village")
    if index is None:
        return {"": _of_title(sheet, choices.header_line, villages)}
    spelled = dict.fromkeys(cell(row, index) for row in sheet.rows[choices.header_line :])
    if not any(spelled):
        return {"": _of_title(sheet, choices.header_line, villages)}
    return {spelling: exact(spelling, villages) for spelling in spelled if spelling}


def exact(spelling: str, villages: Iterable[Village]) -> str | None:
    """The village of that name, whatever its accents, capitals and the kind before it; None when none or several bear it."""
    found = {village.village_id for village in villages if bare(village.name) == bare(spelling)}
    return found.pop() if len(found) == 1 else None


def nearest(spelling: str, villages: Sequence[Village]) -> list[str]:
    """Ids of villages whose names are much like the spelling, the likest first."""
    names = {bare(village.name): village.village_id for village in villages}
    return [names[name] for name in difflib.get_close_matches(bare(spelling), list(names), n=3, cutoff=NEAR)]


def cell(row: Sequence[str], index: int | None) -> str:
    """The row's cell; "" where the row is shorter or the column is not there."""
    return row[index] if index is not None and index < len(row) else ""


def _header(rows: list[list[str]]) -> tuple[int, dict[str, int]]:
    """The line in which the header ends, and its columns: of one line, or of two read together."""
    best: tuple[int, int, dict[str, int]] = (0, 1, {})
    for line, row in enumerate(rows[:HEADER_WITHIN]):
        alone = _columns([[each] for each in row])
        below = rows[line + 1] if line + 1 < len(rows) else []
        wide = max(len(row), len(below))
        both = _columns([[cell(row, index), cell(below, index)] for index in range(wide)]) if _is_heading(below) else {}
        for columns, ends in ((alone, line + 1), (both, line + 2)):
            if len(columns) > best[0]:
                best = len(columns), ends, columns
    return best[1], best[2]


def _is_heading(row: Sequence[str]) -> bool:
    """Whether a second line could belong to the header: it has words of headings, and no line of data has."""
    return bool(_columns([[each] for each in row])) and not any(character.isdigit() for each in row for character in each)


def _columns(headings: list[list[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, parts in enumerate(headings):
        text = re.sub(r"[^a-z ]+", " ", folded(" ".join(dict.fromkeys(part for part in parts if part))))
        text = " ".join(text.split())
        name = next((name for name, pattern in HEADINGS if text and len(text) < 80 and pattern.search(text)), None)
        if name is not None and name not in found:
            found[name] = index
    return found


def _of_title(sheet: Sheet, header_line: int, villages: Sequence[Village]) -> str | None:
    titles = [text for row in sheet.rows[: header_line - 1] for text in row if text]
    for title in [*titles, sheet.name]:
        for spelled in [title, *TITLE_VILLAGE.findall(title)]:
            words = bare(spelled).split()
            for length in range(len(words), 0, -1):
                known = exact(" ".join(words[:length]), villages)
                if known is not None:
                    return known
    return None
