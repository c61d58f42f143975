"""Making a backup while serving: one moment of the database, sealed to each commune's key, whole on disk before anybody relies on it."""

import errno
import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from fieldapp.store import areas, backups, commune_keys, journal, sealed_file, snapshot
from fieldapp.store.engine import Connection, Engine, reading, writing
from fieldapp.survey.ids import RANDOM_BYTES, uuid7

SUFFIX, HALF = ".tungnha", ".part"


class NoKey(Exception):
    """This commune (its name) has no key to seal to yet."""


class NoCommune(Exception):
    """There is nothing to back up yet."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that is whole on disk. sequences: commune id → the last journal row that it holds."""

    path: Path
    size_bytes: int
    sha256: str
    sequences: dict[str, int]


def backup(engine: Engine, path: Path, now: str, communes: Iterable[str] | None = None) -> Made:
    """Write a backup of the communes (None: all of this server) and note that it is complete. Nothing is overwritten.

    Raises NoKey, NoCommune, OSError; then nothing is left."""
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    # A name of its own: two that are being written at once must not write into each other.
    half = path.with_name(f"{path.name}.{os.urandom(4).hex()}{HALF}")
    try:
        with reading(engine) as connection, half.open("xb") as file:
            chosen = areas.commune_ids(connection) if communes is None else list(communes)
            if not chosen:
                raise NoCommune
            sequences = {
                each: _section(connection, file, each, {"place": place, "of": len(chosen), "at": now}) for place, each in enumerate(chosen)
            }
            file.flush()
            os.fsync(file.fileno())
        made = Made(path, half.stat().st_size, _sha256(half), sequences)
        # Taken, not looked for: of two that end at once the older must not come to lie over the newer, which phones already rely on.
        path.open("xb").close()
        half.replace(path)
        _sync_folder(path.parent)
    finally:
        half.unlink(missing_ok=True)
    with writing(engine) as connection:
        for commune_id, sequence in sequences.items():
            backup_id = uuid7(0, os.urandom(RANDOM_BYTES))
            # A file of several communes is nothing that an officer of one may carry away.
            name = path.name if len(sequences) == 1 else None
            backups.completed(connection, commune_id, backup_id, now, sequence, name, made.size_bytes, made.sha256)
    return made


def file_name(code: str, now: str) -> str:
    """The name of a commune's backup of that moment: 15835-20261120-0200.tungnha."""
    digits = re.sub(r"\D", "", now)
    return f"{code}-{digits[:8]}-{digits[8:14]}{SUFFIX}"


def _section(connection: Connection, file: IO[bytes], commune_id: str, about: dict[str, Any]) -> int:
    commune, public = areas.commune(connection, commune_id), commune_keys.of_commune(connection, commune_id)
    if public is None:
        raise NoKey(commune.name)
    sequence, _chain = journal.head(connection, commune_id)
    whose = {"commune": commune_id, "code": commune.code, "name": commune.name, "sequence": sequence}
    sealed_file.write(file, whose | about, public, snapshot.rows(connection, commune_id))
    return sequence


def _sha256(path: Path) -> str:
    """Read back from the disk, not from what was meant to be written."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
