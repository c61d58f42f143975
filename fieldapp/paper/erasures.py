"""The list of erasures, kept beside the backups and not in them: a backup from before an erasure must not bring the erased back.

One line an erasure: its commune, and its event sealed to the commune's key. Who restores has that key at hand; when a commune makes a new key,
its erasures are added once more, sealed to that one."""

import base64
import json
import os
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fieldapp.intake.judge import OFFICER, convene
from fieldapp.intake.receive import STORED, take
from fieldapp.intake.sealed import Sealed, unseal
from fieldapp.store import areas, commune_keys, journal, sealing
from fieldapp.store.accounts import Account
from fieldapp.store.engine import Connection, Engine, reading
from fieldapp.survey.event import dumps

FILE = "erasures.jsonl"
SALT_BYTES = 10
LINE = {"commune", "event", "for", "sealed"}
_one_at_a_time = threading.Lock()


class Replayed(NamedTuple):
    """done: erasures that were carried out again; shut: those that none of the keys opens, or that could not be."""

    done: int
    shut: int


def keep(engine: Engine, folder: Path) -> None:
    """Bring the list up to what the journals say. Lines are only added: a restored server knows fewer than the list. Raises OSError."""
    with _one_at_a_time:
        known = {(line["event"], line["for"]) for line in listed([folder])}
        with reading(engine) as connection:
            new = [line for commune_id in areas.commune_ids(connection) for line in _lines(connection, commune_id, known)]
        if new:
            with (folder / FILE).open("ab") as file:
                # A line that was cut off by a full disk stays one line.
                file.write((b"\n" if file.tell() else b"") + "\n".join(new).encode("ascii") + b"\n")
                file.flush()
                os.fsync(file.fileno())


def listed(folders: Iterable[Path]) -> list[dict[str, Any]]:
    """The lines of the lists in these folders; what is no whole line is passed over."""
    texts = [path.read_text("ascii", "replace") for folder in folders if (path := folder / FILE).is_file()]
    return [line for text in texts for raw in text.splitlines() if (line := _read(raw))]


def replay(connection: Connection, folders: Iterable[Path], commune_id: str, keys: Sequence[Any], now: str) -> Replayed:
    """Carry out the erasures of the lists that the restored journal does not know."""
    sealed: dict[str, dict[str, str]] = {}
    for line in listed(folders):
        if line["commune"] == commune_id:
            sealed.setdefault(line["event"], {})[line["for"]] = line["sealed"]
    new = sealed.keys() - journal.seen(connection, commune_id, sealed).keys()
    opened = [text for event_id in sorted(new) if (text := _opened(sealed[event_id], keys)) is not None]
    batch = [unseal(_salted(text)) for text in opened]
    receipts = _carried_out(connection, commune_id, batch, now) if batch else []
    done = sum(receipt.outcome == STORED for receipt in receipts)
    return Replayed(done, len(new) - done)


def _carried_out(connection: Connection, commune_id: str, batch: list[Sealed], now: str) -> list[Any]:
    court = convene(connection, commune_id, None, batch)
    for member in {each.event.member for each in batch if each.event is not None}:
        # They counted once; who said them may have come, or become an officer, only after the backup.
        court.authors[member] = Account(commune_id, member, "", OFFICER), []
    return take(connection, court, batch, now)


def _lines(connection: Connection, commune_id: str, known: set[tuple[str, str]]) -> list[str]:
    public = commune_keys.of_commune(connection, commune_id)
    if public is None:
        return []
    key = sealing.fingerprint(public)
    found = journal.of_kind(connection, commune_id, "erase")
    new = [(event_id, text) for event_id, text in found if (event_id, key) not in known and text is not None]
    return [dumps({"commune": commune_id, "event": event_id, "for": key, "sealed": _sealed(text, public)}) for event_id, text in new]


def _read(raw: str) -> dict[str, Any] | None:
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    return line if isinstance(line, dict) and line.keys() >= LINE else None


def _opened(sealed: dict[str, str], keys: Sequence[Any]) -> bytes | None:
    """The event's text by whichever key opens it; None when none does."""
    for key in keys:
        text = sealed.get(sealing.fingerprint(sealing.public_text(key)))
        try:
            if text is not None:
                return sealing.unseal(base64.b64decode(text), key)
        except ValueError:
            continue  # damaged: told as one that stayed shut
    return None


def _salted(text: bytes) -> str:
    """An erasure takes the salt of its own event as well; any other will do."""
    return dumps({"salt": os.urandom(SALT_BYTES).hex(), **json.loads(text)})


def _sealed(text: str, public: str) -> str:
    return base64.b64encode(sealing.seal(text.encode(), public)).decode()
