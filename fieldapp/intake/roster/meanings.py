"""What the words in a roster's cells mean: each function gives the value and, where the words can't be understood, the problem's code."""

import re
from datetime import date, timedelta

from fieldapp.survey.text import folded, nfc

OLDEST_YEARS = 120
RELATIONS = (
    ("head", r"^(chu ho|ch|c ho)$"), ("spouse", r"^(vo|chong|v|ck)( (vo|chong))?$"),
    ("child", r"^(con|c(?= ))( (de|trai|gai|nuoi|dau|re|ruot|rieng|chong|vo|ca|thu|ut|chung))*$"),
    ("parent", r"^(bo|me|cha|ma|than mau|than phu)( (de|ruot|nuoi|vo|chong))?$"), ("grandchild", r"^chau( (noi|ngoai|dich ton))?$"),
    ("grandparent", r"^(ong|ba|cu)( (noi|ngoai))?$"),
    ("other", r"^(anh|chi|em|co|di|chu|bac|cau|mo|thim|duong|chau|chat|khac|o nho|nguoi)\b"),
)  # fmt: skip
TO_HEAD = re.compile(r" (cua |voi )?chu ho$")
MALE, FEMALE = ("nam", "trai", "m", "nam gioi"), ("nu", "gai", "f", "nu gioi")
TICKS = ("x", "v", "1", "co", "✓", "✔", "√", "*")
NOTHING = ("", "0", "-", "k", "khong")
NOT_KNOWN = ("khong ro", "k ro", "kr", "ko ro", "chua ro", "?", "-")
NOT_POOR = re.compile(r"khong|thoat|trung binh|binh thuong|^(ho )?(kha|giau|k|0|-)?$")
# Only words that are no nicknames: Ba, Tư and Út are.
WITH_RELATION = re.compile(
    r"(.*\w)\s*(?:\(\s*({0})\s*\)|\s[-–]\s*({0}))".format(
        r"(?:là )?(?:chủ hộ|c\.? ?hộ|ch|vợ|chồng|con(?: \w+)?|bố(?: \w+)?|mẹ(?: \w+)?|cha|cháu(?: \w+)?|[oô]ng (?:nội|ngoại)|bà (?:nội|ngoại))"
    ), re.IGNORECASE
)  # fmt: skip
SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](\d{2})")  # 3/2/58
SERIAL, SERIAL_BEGINS = re.compile(r"[1-4]\d{4}"), date(1899, 12, 30)  # a day as Excel counts it, in a cell that shows a number
DAY_IN_ONE = re.compile(r"\d{1,2}\d{2}((?:19|20)\d{2})")  # 02031985

Meant = tuple[str | None, str | None]


def relation_of(said: str, is_ticked: bool = False) -> Meant:
    """The relation to the head; another word than those known is "other", and told. A tick is one under the heading "Chủ hộ"; is_ticked:
    the column holds nothing else, for V is the wife among words."""
    # Only its marks tell chủ (the head) from chú (an uncle).
    if nfc(said).lower().strip(" .") == "chủ" or (folded(said) in TICKS and (is_ticked or folded(said) != "v")):
        return "head", None
    words = " ".join(re.sub(r"[^a-z ]", " ", folded(said)).split()).removeprefix("la ")
    if not words:
        return None, None
    words = TO_HEAD.sub("", words)
    found = next((relation for relation, pattern in RELATIONS if re.match(pattern, words)), None)
    return (found, None) if found else ("other", "relation_not_understood")


def relation_in(name: str) -> tuple[str, str]:
    """(name, relation) of a cell that says both, as "Lê Văn A (chủ hộ)" or "Lê Thị B - vợ"; the relation is "" where it says none."""
    said = WITH_RELATION.fullmatch(nfc(name))
    return (said[1], said[2] or said[3]) if said else (name, "")


def birth_of(said: str, year: int) -> tuple[int | None, str | None]:
    """The year of birth in a date or a year; year: the present one."""
    if not said or folded(said) in NOT_KNOWN:
        return None, None
    years = _years(said, year)
    if len(years) != 1:
        return None, "birth_not_understood"
    born = years.pop()
    return (born, None) if year - OLDEST_YEARS <= born <= year else (None, "birth_impossible")


def _years(said: str, year: int) -> set[int]:
    if SERIAL.fullmatch(said):
        return {(SERIAL_BEGINS + timedelta(days=int(said))).year}
    short = SHORT_YEAR.fullmatch(said)
    if short:
        # Of a year not yet come only the one before is meant; else it may be of either century.
        return {1900 + int(short[1])} if int(short[1]) > year % 100 else set()
    in_one = DAY_IN_ONE.fullmatch(said)
    return {int(each) for each in ([in_one[1]] if in_one else re.findall(r"(?<!\d)(\d{4})(?!\d)", said))}


def sex_of(said: str, male: str = "", female: str = "") -> Meant:
    """male, female: cells of columns of their own, of which one is filled."""
    filled = [folded(each) not in NOTHING for each in (male, female)]
    if any(filled):
        return (None, "sex_not_understood") if all(filled) else ("male" if filled[0] else "female", None)
    word = folded(said)
    if word in MALE or word in FEMALE or not word:
        return ("male" if word in MALE else "female" if word else None), None
    return None, "sex_not_understood"


def poverty_of(said: str, poor: str = "", near_poor: str = "") -> Meant:
    """What the list says of the household: words, or ticks in columns of their own."""
    words = folded(said)
    denied = bool(NOT_POOR.search(words))
    if is_ticked(near_poor) or (not denied and ("can ngheo" in words or words in ("cn", "hcn"))):
        return "near_poor", None
    if is_ticked(poor) or (not denied and ("ngheo" in words or words in ("n", "hn"))):
        return "poor", None
    return ("none", None) if denied else (None, "poverty_not_understood")


def is_ticked(cell: str) -> bool:
    """A tick, or words such as "hộ nghèo" where a tick was asked for."""
    words = folded(cell)
    return words in TICKS or ("ngheo" in words and not NOT_POOR.search(words))


def is_dated(cell: str) -> bool:
    """Whether a column of one sex holds a day or a year there, in place of a tick."""
    return folded(cell) not in (*TICKS, *NOTHING)
