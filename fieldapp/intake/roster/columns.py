"""What each column is and which village is meant: guessed from how officers write lists; shown, and set otherwise by hand.

The guess reads titles above the header too: a list of one village often names it only there, or on the sheet's tab."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from fieldapp.intake.roster.choices import FIELDS, Choices, cell
from fieldapp.intake.roster.headings import header_of
from fieldapp.intake.roster.lines import lines
from fieldapp.intake.roster.meanings import TICKS, relation_in, relation_of
from fieldapp.intake.roster.sheets import Sheet
from fieldapp.intake.shapes import bare
from fieldapp.store.areas import Village
from fieldapp.survey.text import folded, nfc

__all__ = ["FIELDS", "Choices", "cell", "exact", "guess", "nearest", "spelled_in", "villages_in"]

TITLE_VILLAGE = re.compile(r"\b(?:th[oôõ]n|b[aả]n|x[oó]m|l[aà]ng|khu ph[oố]|t[oổ] d[aâ]n ph[oố]|kp|tdp)\s+[^\n,;.:()-]{1,40}", re.IGNORECASE)
KINDS = {"kp": "khu_pho", "tdp": "to_dan_pho"}
NEAR = 0.72
MOST_IN_A_HOUSE = 12  # on average
JOINED = re.compile(r"^\s*(th[oô]n|x[oó]m|b[aả]n|kp|tdp|[aấ]p|t[oổ])\.?(?=\d)", re.IGNORECASE)  # KP1
MOSTLY = 0.6  # of the cells that say anything


def guess(sheet: Sheet, villages: Sequence[Village]) -> Choices:
    """What the sheet seems to be."""
    header_line, columns = header_of(sheet.rows)
    below = sheet.rows[header_line:]
    if {"head", "name"} <= columns.keys() and all(folded(cell(row, columns["head"])) in ("", *TICKS) for row in below):
        columns["relation"] = columns.pop("head")  # "Chủ hộ" is ticked beside each name
    shape = _shape(sheet, header_line, columns)
    if shape == "household" and "head" not in columns and "name" in columns:
        columns["head"] = columns.pop("name")
    if shape == "person" and "name" not in columns and "head" in columns:
        columns["name"] = columns.pop("head")
    if "village" not in columns and "address" in columns:
        said = [text for row in below if (text := cell(row, columns["address"]))]
        if said and sum(exact(spelled_in(text, villages), villages) is not None for text in said) >= MOSTLY * len(said):
            columns["village"] = columns["address"]
    found = Choices(sheet.name, header_line, columns, shape)
    return replace(found, villages=villages_in(sheet, found, villages))


def _shape(sheet: Sheet, header_line: int, columns: dict[str, int]) -> str:
    """What a line is. Where nothing but a number tells households apart, it is written once for each, or stands by each of its people."""
    if {"relation", "place"} & columns.keys() or {"name", "head"} <= columns.keys():
        return "person"
    if "name" not in columns or "people" in columns:
        return "household"
    relations = [relation for row in sheet.rows[header_line:] if (relation := relation_in(cell(row, columns["name"]))[1])]
    if any(relation_of(each)[0] != "head" for each in relations):
        return "person"
    running = [index for index, text in enumerate(cell_of_header(sheet, header_line)) if folded(text) in ("stt", "tt", "so tt", "so thu tu")]
    for index in [columns["number"]] if "number" in columns else running:
        named = [cell(row, index) for row in sheet.rows[header_line:] if any(map(str.isalpha, cell(row, columns["name"])))]
        later = sum(not number or number == before for before, number in pairwise(named))
        if named and named[0] and later > len(named) / 5:
            columns["number"] = index
            return "person"
        if "number" not in columns and _restarts(sheet, header_line, columns, index):
            columns["place"] = index
            return "person"
    return "household"


def _restarts(sheet: Sheet, header_line: int, columns: dict[str, int], index: int) -> bool:
    """Whether numbers begin with 1 again and again, and not only in each village or on each page."""
    before, begun, count = None, 0, 0
    for _line, row, section in lines(sheet, Choices(sheet.name, header_line, columns, "person")):
        village = section, cell(row, columns.get("village"))
        begun += cell(row, index) == "1" and village == before
        before, count = village, count + 1
    return begun > 1 and begun * MOST_IN_A_HOUSE >= count


def cell_of_header(sheet: Sheet, header_line: int) -> list[str]:
    """The texts of the header's last line, or where that is empty of the one above."""
    row, above = sheet.rows[header_line - 1], sheet.rows[header_line - 2] if header_line > 1 else []
    return [text or cell(above, index) for index, text in enumerate(row)]


def villages_in(sheet: Sheet, choices: Choices, villages: Sequence[Village]) -> dict[str, str | None]:
    """Every spelling of a village in the sheet, with the village that it surely is; "" for lines that name none."""
    index = choices.columns.get("village")
    spelled = dict.fromkeys(spelled_in(cell(row, index), villages) or section for _line, row, section in lines(sheet, choices))
    if not any(spelled):
        return {"": _of_title(sheet, choices.header_line, villages)}
    found = {spelling: exact(spelling, villages) for spelling in spelled if spelling}
    return found if "" not in spelled or index is not None else {"": _of_title(sheet, choices.header_line, villages), **found}


def spelled_in(text: str, villages: Sequence[Village]) -> str:
    """The village's name in a cell: "Ngõ 3, thôn Phú Văn, xã Thiệu Trung" names thôn Phú Văn."""
    parts = [part.strip() for part in re.split(r"[,;]| - ", text) if part.strip()]
    if len(parts) < 2:
        return text
    known = next((part for part in parts if exact(part, villages)), None)
    return known or next((part for part in parts if TITLE_VILLAGE.match(part)), text)


def exact(spelling: str, villages: Iterable[Village]) -> str | None:
    """The village of that name, whatever its accents, capitals and the kind before it; None when none or several bear it."""
    spelling = JOINED.sub(r"\1 ", nfc(spelling))
    name, words = _key(spelling), folded(spelling)
    found = [village for village in villages if _key(village.name) == name]
    if len(found) > 1:
        # Đông Sơn and Đồng Sơn: then the marks tell; Thôn 1 and Khu phố 1: then the kind.
        found = [village for village in found if nfc(spelling).lower().endswith(nfc(village.name).lower())] or found
        found = [village for village in found if _kind(words) == village.village_type] or found
    return found[0].village_id if len(found) == 1 else None


def _kind(words: str) -> str:
    first = words.removesuffix(bare(words)).strip()
    return KINDS.get(first, first.replace(" ", "_"))


def _key(name: str) -> str:
    """A village's name for comparing: thôn số 03 is thôn 3."""
    return re.sub(r"\b0+(?=\d)", "", bare(name).removeprefix("so "))


def nearest(spelling: str, villages: Sequence[Village]) -> list[str]:
    """Ids of villages whose names are much like the spelling, the likest first."""
    names = {_key(village.name): village.village_id for village in villages}
    return [names[name] for name in difflib.get_close_matches(_key(spelling), list(names), n=3, cutoff=NEAR)]


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
