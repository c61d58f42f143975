"""What the words in a roster's cells mean: each function gives the value and, where the words can't be understood, the problem's code."""

import re

from fieldapp.survey.text import folded

OLDEST_YEARS = 120
RELATIONS = (
    ("head", r"^(chu ho|ch|chu)$"), ("spouse", r"^(vo|chong)$"), ("child", r"^con( (de|trai|gai|nuoi|dau|re|ruot))?$"),
    ("parent", r"^(bo|me|cha|ma|bo de|me de|bo (vo|chong)|me (vo|chong))$"), ("grandchild", r"^chau( (noi|ngoai))?$"),
    ("grandparent", r"^(ong|ba)( (noi|ngoai))?$"), ("other", r"^(anh|chi|em|co|di|chu|bac|cau|khac|nguoi o nho|.*(ruot|ho|re|dau))"),
)  # fmt: skip
MALE, FEMALE, TICKS = ("nam", "trai", "m"), ("nu", "gai", "f"), ("x", "v", "1", "co", "✓", "✔")
NOT_POOR = ("", "khong", "0", "-", "k")

Meant = tuple[str | None, str | None]


def relation_of(said: str) -> Meant:
    """The relation to the head; another word than those known is "other", and told."""
    words = re.sub(r"[^a-z ]", " ", folded(said)).strip()
    if not words:
        return None, None
    found = next((relation for relation, pattern in RELATIONS if re.match(pattern, words)), None)
    return (found, None) if found else ("other", "relation_not_understood")


def birth_of(said: str, year: int) -> tuple[int | None, str | None]:
    """The year of birth in a date or a year; year: the present one."""
    years = re.findall(r"(?<!\d)(\d{4})(?!\d)", said)
    if not said or not years:
        return None, "birth_not_understood" if said else None
    born = int(years[-1])
    return (born, None) if year - OLDEST_YEARS <= born <= year else (None, "birth_impossible")


def sex_of(said: str, male: str = "", female: str = "") -> Meant:
    """male, female: cells of columns of their own, of which one is filled."""
    if male or female:
        return ("male" if male else "female"), None
    word = folded(said)
    if word in MALE or word in FEMALE or not word:
        return ("male" if word in MALE else "female" if word else None), None
    return None, "sex_not_understood"


def poverty_of(said: str, poor: str = "", near_poor: str = "") -> Meant:
    """What the list says of the household: words, or ticks in columns of their own."""
    words = folded(said)
    if _is_ticked(near_poor) or "can ngheo" in words or words in ("cn", "hcn"):
        return "near_poor", None
    if _is_ticked(poor) or "ngheo" in words or words in ("n", "hn"):
        return "poor", None
    return ("none", None) if words in NOT_POOR or "khong" in words else (None, "poverty_not_understood")


def _is_ticked(cell: str) -> bool:
    return folded(cell) in TICKS or "ngheo" in folded(cell)
