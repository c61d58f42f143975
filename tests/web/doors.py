"""Every door of the application with somebody before it: two communes with something behind each door, and who may know what of it.

Each place carries a name that stands nowhere else (MARKS): whoever is shown one that is not theirs has found a leak, on whichever page,
file or answer."""

import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from sqlalchemy import Engine, select

from fieldapp.store import desk_tables, tables

# Where a household stands → the name of the woman who lives there.
MARKS = {"own": "Trịnh Thị Nhànn", "village": "Quách Thị Thônn", "commune": "Lương Thị Xãx"}
# Who → the places whose people they may see.
SEES = {
    "nobody": set(), "huong": set(), "tuan": {"own"}, "minh": {"own", "village"}, "kiem": set(), "lan": {"commune"},
    "mai": set(),
}  # fmt: skip
UNWATCHED = {"reading", "household_reading"}


@dataclass
class Place:
    """What stands behind the doors of one place. named: the value of an argument, by the argument's name."""

    named: dict[str, str] = field(default_factory=dict)


def text_of(response: Any) -> str:
    """All text in an answer, whatever kind of file it is."""
    body, kind = response.data, response.mimetype
    if kind == "application/pdf":
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body))
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return body.decode("utf-8", "replace")


def shown(response: Any) -> set[str]:
    """The places whose people an answer shows."""
    text = text_of(response)
    written = {place: (mark, json.dumps(mark)[1:-1]) for place, mark in MARKS.items()}
    return {place for place, ways in written.items() if any(way in text for way in ways)}


def contents(engine: Engine, commune_id: str) -> dict[str, list[Any]]:
    """Everything that is kept of a commune, but the access log."""
    every = (table for table in tables.metadata.sorted_tables if table.name not in UNWATCHED)
    assert desk_tables.DESK  # its tables are among them
    with engine.connect() as connection:
        rows = {table.name: connection.execute(select(table).where(table.c.commune_id == commune_id)).all() for table in every}
    return {name: sorted(map(repr, those)) for name, those in rows.items()}
