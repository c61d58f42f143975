"""The order of doors: addresses by lane and house number, so that a list is walked as it is read.

Addresses are free words ("Ngõ 3", "Số 12 ngõ 10", "Xóm Đình, nhà 5A"), so this only makes their numbers compare as numbers."""

import re

from fieldapp.survey.text import folded

NUMBER_WIDTH = 6
# A house number stands first in the address and last in the order: "số 12 ngõ 3" is behind every house of ngõ 2.
HOUSE_FIRST = re.compile(r"^(?:so nha|so|nha)\s*(\d+\s*[a-z]?)\b[\s,;.-]*(.+)$")
DIGITS = re.compile(r"\d+")


def lane_key(address: str | None) -> str:
    """What an address is ordered by: plain letters and digits, the same for every collation; empty where none is known."""
    words = re.sub(r"[^a-z0-9]+", " ", folded(address or "")).strip()
    moved = HOUSE_FIRST.match(words)
    ordered = f"{moved[2]} {moved[1]}" if moved else words
    return DIGITS.sub(lambda number: number[0].lstrip("0").rjust(NUMBER_WIDTH, "0"), ordered)[:200]
