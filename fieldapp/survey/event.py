"""The event: the only thing that moves up, immutable, sealed once as a UTF-8 JSON text.

The text is the truth: the wire carries it as a string, the journal keeps it, hashes are made of it. This module only reads it.
What a text may look like is judged once, when it arrives (intake/judge.py); what the journal holds unheld has passed that."""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import Any

# kind → who may make it. The order is that of docs/wire.md.
AUTHORS = {
    "register": {"member", "leader", "officer"},
    "visit": {"member", "leader"},
    "correct": {"member", "leader", "officer"},
    "void": {"officer"},
    "move": {"member", "leader", "officer"},
    "merge": {"officer"},
    "review": {"officer"},
    "list": {"officer"},
    "erase": {"officer"},
}
KINDS = tuple(AUTHORS)

OUTCOMES = ("done", "partly", "absent", "refused", "vacant", "moved")
SURVEYED = ("done", "partly")
# A door with one of these as its latest outcome, or none yet, is still to be gone to.
UNFINISHED = ("absent", "partly")


@dataclass(slots=True)
class Event:
    """An event as read from its text. `at` is the moment that counts (UTC, sorts as text): the author's, or the receipt's when
    that was earlier."""

    id: str
    kind: str
    commune: str
    household: str
    device: str | None
    n: int | None
    after: str | None
    member: str
    at: str
    base: list[str]
    questionnaire: str | None
    campaign: str | None
    body: dict[str, Any]

    @property
    def place(self) -> tuple[str, str]:
        """Where the event stands among all: by time, then id."""
        return self.at, self.id


def read(text: str, at: str | None = None) -> Event:
    """The event that a sealed text holds, its words in NFC. at: the moment decided at receipt, where that differs from the
    author's.

    Raises KeyError, TypeError or ValueError for a text that was never admitted."""
    return of(json.loads(composed(text)), at)


def composed(text: str) -> str:
    """The text in NFC: two ways of typing one name are one name."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def of(raw: dict[str, Any], at: str | None = None) -> Event:
    """The event of a decoded text; for those who decode faster than we can."""
    return Event(
        raw["id"], raw["kind"], raw["commune"], raw["household"], raw.get("device"), raw.get("n"), raw.get("after"), raw["member"],
        at or raw["at"], raw["base"], raw.get("questionnaire"), raw.get("campaign"), raw["body"],
    )  # fmt: skip


def sha256_of(text: str) -> str:
    """The hash that receipts, `after` and the journal's key name a text by: 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def dumps(value: Any) -> str:
    """JSON as the server seals and stores it: compact, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
