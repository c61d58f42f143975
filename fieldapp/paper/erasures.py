"""The list of erasures, kept beside the backups and not in them: a backup from before an erasure must not bring the erased back.

One line an erasure: its commune, and its event sealed to the commune's key. Who restores has that key at hand."""

import base64
import json
import os
from pathlib import Path
from typing import Any

from fieldapp.intake.judge import convene
from fieldapp.intake.receive import take
from fieldapp.intake.sealed import unseal
from fieldapp.store import areas, commune_keys, journal, sealing
from fieldapp.store.engine import Connection, Engine, reading
from fieldapp.survey.event import dumps

FILE = "erasures.jsonl"
SALT_BYTES = 10


def keep(engine: Engine, folder: Path) -> None:
    """Bring the list up to what the journals say. Lines are only added: a restored server knows fewer than the list."""
    path = folder / FILE
    known = {json.loads(line)["event"] for line in path.read_text("ascii").splitlines()} if path.exists() else set()
    with reading(engine) as connection:
        new = [line for commune_id in areas.commune_ids(connection) for line in _lines(connection, commune_id, known)]
    if new:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as file:
            file.write("".join(f"{line}\n" for line in new))


def replay(connection: Connection, folder: Path, commune_id: str, private: Any, now: str) -> int:
    """Carry out the erasures of the list that the restored journal does not know; how many came back."""
    path = folder / FILE
    if not path.exists():
        return 0
    rows = [json.loads(line) for line in path.read_text("ascii").splitlines()]
    texts = [_salted(sealing.unseal(base64.b64decode(row["sealed"]), private)) for row in rows if row["commune"] == commune_id]
    batch = [unseal(text) for text in texts]
    receipts = take(connection, convene(connection, commune_id, None, batch), batch, now) if batch else []
    return sum(receipt.outcome == "stored" for receipt in receipts)


def _lines(connection: Connection, commune_id: str, known: set[str]) -> list[str]:
    public = commune_keys.of_commune(connection, commune_id)
    found = journal.of_kind(connection, commune_id, "erase")
    if public is None:
        return []
    new = [(event_id, text) for event_id, text in found if event_id not in known and text is not None]
    return [dumps({"commune": commune_id, "event": event_id, "sealed": _sealed(text, public)}) for event_id, text in new]


def _salted(text: bytes) -> str:
    """An erasure takes the salt of its own event as well; any other will do."""
    return dumps({"salt": os.urandom(SALT_BYTES).hex(), **json.loads(text)})


def _sealed(text: str, public: str) -> str:
    return base64.b64encode(sealing.seal(text.encode(), public)).decode()
