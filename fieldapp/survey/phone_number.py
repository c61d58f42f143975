"""Phone numbers of Việt Nam: ten digits of a mobile (03, 05, 07, 08, 09), ten or eleven of a landline (02); kept as +84….

Only the shape is looked at. Whether a number is in use is nobody's business here, and no page ever says so."""

import re

MOBILE = re.compile(r"[35789][0-9]{8}")
LANDLINE = re.compile(r"2[0-9]{8,9}")
BETWEEN = re.compile(r"[\s.()-]+")


def e164(text: str) -> str | None:
    """The number as it is kept, +84912345678; None when it is none. Spaces, dots, dashes and brackets are forgiven."""
    digits = BETWEEN.sub("", text)
    national = next((digits[len(start) :] for start in ("+84", "0084", "84", "0") if digits.startswith(start)), "")
    national = national.removeprefix("0")  # +84 (0)912 …
    return f"+84{national}" if MOBILE.fullmatch(national) or LANDLINE.fullmatch(national) else None
