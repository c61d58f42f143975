"""Numbers as people write them in Vietnam: 82,2 or 82.2; 1.600 and 1 600 are sixteen hundred."""

import re
from fractions import Fraction

MOST_DIGITS = 12
THOUSANDS = re.compile(r"\d{1,3}([. ]\d{3})+")
DECIMAL = re.compile(r"\d+([.,]\d{1,4})?")


def whole(text: str) -> int | None:
    """A whole number; None when it is none."""
    bare = re.sub(r"[. ]", "", text) if THOUSANDS.fullmatch(text) else text
    return int(bare) if bare.isdecimal() and len(bare) <= MOST_DIGITS else None


def exact(text: str) -> Fraction | None:
    """A number with at most four places; None when it is none. Not for counts: 1.600 is 1,6 here."""
    bare = text.removesuffix("%").strip()
    return Fraction(bare.replace(",", ".")) if DECIMAL.fullmatch(bare) and len(bare) <= MOST_DIGITS else None


def written(number: Fraction) -> str:
    """As a spreadsheet of Vietnam has it: 82,2."""
    text = f"{float(number):.4f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")
