"""Ids: where random bytes and the time come in as arguments, what comes out is always the same.

Event ids are UUIDv7 so that they sort by time and rows of one day lie together. Person ids and door tokens are ten letters of
Crockford's base 32 (50 bits), short enough for a visit of 1 KB and to read aloud. The phone's twin is
static/phone/survey/ids.js."""

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
RANDOM_BYTES = 10


def uuid7(ms: int, random_bytes: bytes) -> str:
    """A UUID of version 7 as lower-case text. ms: since 1970; random_bytes: 10 of them, of which 74 bits are used."""
    head, tail = _whole(random_bytes)[:2], random_bytes[2:]
    raw = ms.to_bytes(6, "big") + bytes([0x70 | head[0] & 0x0F, head[1], 0x80 | tail[0] & 0x3F]) + tail[1:]
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def person_id(random_bytes: bytes) -> str:
    """Ten letters from ten random bytes, five bits of each."""
    return "".join(LETTERS[byte & 31] for byte in _whole(random_bytes))


def is_person_id(text: str) -> bool:
    return len(text) == RANDOM_BYTES and not set(text) - set(LETTERS)


def token(random_bytes: bytes) -> str:
    """A door card's token; made like a person's id, and never derived from anything."""
    return person_id(random_bytes)


def _whole(random_bytes: bytes) -> bytes:
    if len(random_bytes) != RANDOM_BYTES:
        raise ValueError(f"{RANDOM_BYTES} random bytes are needed, not {len(random_bytes)}")
    return random_bytes
