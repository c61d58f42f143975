"""Household codes (15835-03-0127: commune, village, serial) and the token in a door card's QR (CNS1:K3V9X2M7AP).

A code is read out at a door and typed with a thumb, so reading forgives spaces, missing dashes and O for 0; a code once given
never changes. The token means nothing outside the app. The phone's twin is static/phone/survey/codes.js;
tests/vectors/codes.json binds both."""

import re

QR_PREFIX = "CNS1:"
TOKEN_CHARACTERS = 10
# Two digits of a village are the rule; a large ward may have more than 99.
MOST_VILLAGES, MOST_SERIAL = 999, 99_999

TOKEN = re.compile(r"[0-9a-hjkmnp-tv-z]{10}")
SPACED = re.compile(r"(?:([0-9]{5}) +)?([0-9]{1,3}) +([0-9]{1,5})")
RUN = re.compile(r"([0-9]{5})([0-9]{2})([0-9]{4,5})")


def code_of(commune_code: str, village_number: int, serial: int) -> str:
    """The household code; ValueError when a part is out of range. Serials have 4 digits, 5 from 10,000 on."""
    if not re.fullmatch(r"[0-9]{5}", commune_code) or not 1 <= village_number <= MOST_VILLAGES or not 1 <= serial <= MOST_SERIAL:
        raise ValueError(f"no household code for {commune_code!r}, {village_number}, {serial}")
    return f"{commune_code}-{village_number:02d}-{serial:04d}"


def parse_code(text: str, commune_code: str | None = None) -> str | None:
    """The household code in what somebody typed, None when there is none; with the commune's code given, "3-127" is enough."""
    spaced = " ".join(re.sub(r"[^0-9a-z]+", " ", forgiven(text)).split())
    found = SPACED.fullmatch(spaced) or RUN.fullmatch(spaced.replace(" ", ""))
    commune = found and (found[1] or commune_code)
    if not found or not commune:
        return None
    try:
        return code_of(commune, int(found[2]), int(found[3]))
    except ValueError:
        return None


def qr_of(token: str) -> str:
    """The text of a door card's QR: upper case, which makes a smaller symbol."""
    return QR_PREFIX + token.upper()


def token_of(text: str) -> str | None:
    """The token in a scanned or typed QR text, None when it is not ours."""
    squeezed = re.sub(r"[\s-]", "", text)
    if squeezed[:len(QR_PREFIX)].upper() != QR_PREFIX:
        return None
    token = forgiven(squeezed[len(QR_PREFIX):])
    return token if TOKEN.fullmatch(token) else None


def forgiven(text: str) -> str:
    """Lower case, with the digits that were meant by o, i and l: Crockford's base 32 has none of these letters."""
    return text.strip().lower().translate(str.maketrans("oil", "011"))
