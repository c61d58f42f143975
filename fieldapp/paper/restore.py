"""Bringing a backup back to a working server: only into an empty database, all of it or nothing, and proven before it is kept."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from fieldapp.paper import erasures
from fieldapp.store import backups, rebuild, sealed_file, snapshot
from fieldapp.store.engine import Connection, Engine, reading, scrub, writing
from fieldapp.store.sealing import WrongKey
from fieldapp.survey.day import instant
from fieldapp.survey.ids import RANDOM_BYTES, uuid7


class NotEmpty(Exception):
    """The database holds a commune: nothing is overwritten."""


class Unsound(Exception):
    """What the file holds does not prove right; the differences, told one a line."""


@dataclass(frozen=True, slots=True)
class Restored:
    """One commune that is back. sequence, at: up to where and of when the backup was; erased: erasures done again; shut: those that
    the keys at hand don't open."""

    commune_id: str
    name: str
    sequence: int
    at: str
    erased: int
    shut: int


def restore(engine: Engine, path: Path, keys: Sequence[Any], now: str, lists: Sequence[Path] = ()) -> list[Restored]:
    """Restore every section of the file. keys: private ones, tried on each; lists: folders where a list of erasures may lie besides the file's
    own. Raises NotEmpty, WrongKey, BrokenFile, NewerFile, Unsound."""
    with writing(engine) as connection:
        if not snapshot.is_empty(connection):
            raise NotEmpty(path.name)
        with path.open("rb") as file:
            back = [_section(connection, file, header, keys, now) for header in sealed_file.sections(file)]
        folders = list(dict.fromkeys([path.parent.resolve(), *(folder.resolve() for folder in lists)]))
        back = [_erased_again(connection, each, folders, keys, now) for each in back]
        wrong = [difference for each in back for difference in rebuild.differences(connection, each.commune_id)]
        if wrong:
            raise Unsound("\n".join(wrong))
    scrub(engine)
    return back


def communes_in(path: Path) -> list[str]:
    """The names of the communes that a file holds: its sections' first lines are in the clear. Raises BrokenFile, NewerFile."""
    names = []
    with path.open("rb") as file:
        for header, _raw in sealed_file.sections(file):
            names.append(str(header.get("name")))
            sealed_file.skip(file)
    return names


def is_empty(engine: Engine) -> bool:
    with reading(engine) as connection:
        return snapshot.is_empty(connection)


def _section(connection: Connection, file: IO[bytes], header: tuple[dict[str, Any], bytes], keys: Sequence[Any], now: str) -> Restored:
    about, begins = header[0], file.tell()
    for key in keys:
        try:
            file.seek(begins)
            lines = sealed_file.lines(file, header, key)
            snapshot.restore(connection, about["commune"], lines, _new_id(now))
        except WrongKey:
            continue
        backups.completed(connection, about["commune"], _new_id(now), now, about["sequence"])
        return Restored(about["commune"], about["name"], about["sequence"], about["at"], 0, 0)
    raise WrongKey(about["name"])


def _erased_again(connection: Connection, back: Restored, folders: list[Path], keys: Sequence[Any], now: str) -> Restored:
    again = erasures.replay(connection, folders, back.commune_id, keys, now)
    return replace(back, erased=again.done, shut=again.shut)


def _new_id(now: str) -> str:
    return uuid7(int(instant(now).timestamp() * 1000), os.urandom(RANDOM_BYTES))
