"""Values that officers reported for the lines of criteria boards, with their proofs. An entry is never changed: another corrects it, or it is
withdrawn; each is a row of the journal, so that the chain binds what was said."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from fieldapp.store import journal
from fieldapp.store.board_tables import attachment, reported
from fieldapp.survey.criteria import Value, plain_value, value_of
from fieldapp.survey.event import dumps, sha256_of

KIND = "reported"


@dataclass(frozen=True, slots=True)
class File:
    """A file that proves an entry; kind: as its first bytes say."""

    file_id: str
    name: str
    kind: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """day: that the value is of; withdrawn_at: None while it stands; file_name: None when no file was attached."""

    entry_id: str
    board: str
    line: str
    day: str
    value: Value
    source: str
    file_id: str | None
    entered_at: str
    entered_by: str
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None
    file_name: str | None = None


_COLUMNS = [reported.c[name] for name in Entry.__dataclass_fields__ if name != "file_name"]


def of_line(connection: Connection, commune_id: str, board: str, line: str) -> list[Entry]:
    """Every entry of a line, the latest day first, of one day the one entered last; withdrawn ones too."""
    return _entries(connection, commune_id, reported.c.board == board, reported.c.line == line)


def standing(connection: Connection, commune_id: str, board: str, on: str) -> dict[str, Entry]:
    """Line → the entry that stands on a day: the one of the latest day up to it, of one day the one that was entered last."""
    found: dict[str, Entry] = {}
    for each in _entries(connection, commune_id, reported.c.board == board, reported.c.day <= on, reported.c.withdrawn_at.is_(None)):
        found.setdefault(each.line, each)
    return found


def _entries(connection: Connection, commune_id: str, *where: ColumnElement[bool]) -> list[Entry]:
    joined = reported.outerjoin(attachment, (attachment.c.commune_id == reported.c.commune_id) & (attachment.c.file_id == reported.c.file_id))
    query = select(*_COLUMNS, attachment.c.name).select_from(joined).where(reported.c.commune_id == commune_id, *where)
    rows = connection.execute(query.order_by(reported.c.day.desc(), reported.c.entered_at.desc(), reported.c.entry_id.desc())).all()
    return [Entry(*row[:4], value_of(json.loads(row.value)), *row[5:]) for row in rows]


def by_id(connection: Connection, commune_id: str, entry_id: str) -> Entry | None:
    return next(iter(_entries(connection, commune_id, reported.c.entry_id == entry_id)), None)


def same(one: Entry, other: Entry) -> bool:
    """Whether both say the same, with a file or without."""
    names = ("board", "line", "day", "value", "source")
    return all(getattr(one, name) == getattr(other, name) for name in names) and (one.file_id is None) == (other.file_id is None)


def enter(connection: Connection, commune_id: str, entry: Entry, file: File | None) -> bool:
    """Keep an entry and its file; False when it is kept already (a form sent twice)."""
    journal.lock(connection, commune_id)
    if connection.execute(select(reported.c.entry_id).where(*_one(commune_id, entry.entry_id))).first() is not None:
        return False
    if file is not None:
        row = {"file_id": file.file_id, "name": file.name, "kind": file.kind, "content": file.content, "sha256": file.sha256}
        connection.execute(insert(attachment).values(commune_id=commune_id, size_bytes=len(file.content), **row))
    said = {
        "entry_id": entry.entry_id, "board": entry.board, "line": entry.line, "day": entry.day, "value": dumps(plain_value(entry.value)),
        "source": entry.source, "file_id": entry.file_id, "entered_at": entry.entered_at, "entered_by": entry.entered_by,
    }  # fmt: skip
    connection.execute(insert(reported).values(commune_id=commune_id, **said))
    proof = {"file": file.sha256} if file else {}
    journal.note(connection, commune_id, KIND, {"entry": entry.entry_id, "sha256": _seal(said), **proof}, entry.entered_by)
    return True


def withdraw(connection: Connection, commune_id: str, board: str, line: str, entry_id: str, by: str, now: str) -> bool:
    """Let an entry stand no more; False when there is none of the line that stands."""
    journal.lock(connection, commune_id)
    where = *_one(commune_id, entry_id), reported.c.board == board, reported.c.line == line, reported.c.withdrawn_at.is_(None)
    gone = connection.execute(update(reported).where(*where).values(withdrawn_at=now, withdrawn_by=by))
    if gone.rowcount:
        journal.note(connection, commune_id, KIND, {"entry": entry_id, "withdrawn": True}, by)
    return bool(gone.rowcount)


def file(connection: Connection, commune_id: str, file_id: str) -> File | None:
    columns = [attachment.c[name] for name in File.__dataclass_fields__]
    row = connection.execute(select(*columns).where(attachment.c.commune_id == commune_id, attachment.c.file_id == file_id)).first()
    return File(*row) if row else None


def size_of_files(connection: Connection, commune_id: str) -> int:
    """How many bytes all attached files have."""
    query = select(func.coalesce(func.sum(attachment.c.size_bytes), 0)).where(attachment.c.commune_id == commune_id)
    return int(connection.execute(query).scalar_one())


def unlike_noted(connection: Connection, commune_id: str) -> Iterable[str]:
    """Where an entry or its file is not the one that the journal names, or is not there."""
    notes = journal.noted(connection, commune_id, KIND)
    named = {note["entry"]: note for note in notes if "sha256" in note}
    withdrawn = {note["entry"] for note in notes if "withdrawn" in note}
    rows = {row["entry_id"]: dict(row) for row in connection.execute(select(reported).where(reported.c.commune_id == commune_id)).mappings()}
    for entry_id in sorted(named.keys() | rows.keys()):
        row, note = rows.get(entry_id), named.get(entry_id)
        if row is None or note is None:
            yield f"reported {entry_id}: {'missing' if row is None else 'the journal knows of none'}"
        elif _seal(row) != note["sha256"] or (entry_id in withdrawn) != (row["withdrawn_at"] is not None):
            yield f"reported {entry_id}: is not the one that was entered"
        elif note.get("file") != _sha256_of_file(connection, commune_id, row["file_id"]):
            yield f"reported {entry_id}: its file is not the one that was attached"


def _seal(row: Mapping[str, object]) -> str:
    names = ("entry_id", "board", "line", "day", "value", "source", "file_id", "entered_at", "entered_by")
    return sha256_of(dumps({name: row[name] for name in names}))


def _sha256_of_file(connection: Connection, commune_id: str, file_id: str | None) -> str | None:
    found = file(connection, commune_id, file_id) if file_id else None
    return hashed(found.content) if found else None


def hashed(content: bytes) -> str:
    """The SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def _one(commune_id: str, entry_id: str) -> tuple[ColumnElement[bool], ...]:
    return reported.c.commune_id == commune_id, reported.c.entry_id == entry_id
