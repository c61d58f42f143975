"""Reading a sealed text for the first time: what it says of itself, or the problem that keeps it from being counted."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from fieldapp.intake import wire
from fieldapp.survey.event import Event, composed, of, sha256_of
from fieldapp.survey.problems import Problem

UUID_CHARACTERS = 36


@dataclass(slots=True)
class Sealed:
    """A text that came in. event: None when it can't be read as one; then `id` may be all that is known of it.

    problem: why nobody can read it, whoever sent it and wherever it belongs; None when it can be read."""

    text: str
    sha256: str
    id: str | None
    n: int | None
    household: str | None
    event: Event | None
    problem: Problem | None

    @property
    def key(self) -> str:
        """The id under which the journal keeps it; a text without one is kept under its hash."""
        return self.id or self.sha256[:UUID_CHARACTERS]


def unseal(text: str) -> Sealed:
    """What the text holds. Never raises: whatever an enrolled phone sends is kept."""
    sha256 = sha256_of(text)
    problem = _unreadable(text)
    if problem is None:
        event = of(msgspec.json.decode(composed(text)))
        return Sealed(text, sha256, event.id, event.n, event.household, event, None)
    known = _salvaged(text)
    return Sealed(text, sha256, known.get("id"), known.get("n"), known.get("household"), None, problem)


def _unreadable(text: str) -> Problem | None:
    if len(text) > wire.EVENT_CHARACTERS:
        return Problem("event_too_long", details={"characters": len(text), "most": wire.EVENT_CHARACTERS})
    if "\\u0000" in text:
        # PostgreSQL can't keep it in a text, and no name has it.
        return Problem("control_character")
    try:
        event = wire.event_text.decode(text)
        datetime.fromisoformat(event.at)
        _one_move(event)
    except (msgspec.DecodeError, UnicodeError, ValueError, RecursionError) as error:
        # Only where: what was found there may be somebody's name.
        return Problem("malformed_event", str(error).rpartition("`$")[2].rstrip("`").lstrip("."))
    # Read as no event at all, so that nobody can let it count: not an officer, not a mistake of ours further on.
    return Problem("practice_event") if event.practice else None


def _one_move(event: wire.AnyEvent) -> None:
    if isinstance(event, wire.MoveEvent) and (event.body.village is msgspec.UNSET) == (event.body.person is msgspec.UNSET):
        raise ValueError("a move is of the household (village) or of one person")


def _salvaged(text: str) -> dict[str, Any]:
    """Of a text that does not fit, the few things by which it can be found and its number is not missed."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(raw, dict):
        return {}
    shapes = {"id": wire.Uuid, "household": wire.Uuid, "n": int}
    known: dict[str, Any] = {}
    for name, shape in shapes.items():
        try:
            known[name] = msgspec.convert(raw.get(name), shape)
        except msgspec.ValidationError:
            continue
    if not 0 < known.get("n", 0) < 2**31:
        known.pop("n", None)
    return known
