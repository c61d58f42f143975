"""Erasing from the journal: text and salt of the rows go, what may stay is kept beside, the digest stays in the chain.

Which rows, and what stayed of each, is written as a row of the journal's own (kind `redaction`), so that the chain binds it and
`check` can tell an erasure from a loss. Events that arrive later, from a phone that did not know, are redacted in the
transaction that takes them."""

import json
import uuid

from sqlalchemy import Connection

from fieldapp.store import journal, made_files
from fieldapp.store.counted import UNKNOWN_HOUSEHOLD, counted, event_of
from fieldapp.store.engine import scrub_afterwards
from fieldapp.store.journal import Entry, JournalRow
from fieldapp.survey.event import dumps, sha256_of
from fieldapp.survey.redact import Erasures, erasures, redacted

KIND = "redaction"


def apply(connection: Connection, commune_id: str, household_id: str, rows: list[JournalRow]) -> list[JournalRow]:
    """The household's rows after every erasure among them has been carried out; the very same list when there is nothing to do."""
    if not any(row.kind == "erase" for row in rows):
        return rows
    standing = counted(rows)
    erased = erasures([each.event for each in standing])
    # What waits for its household counts one day.
    counts = {each.row.sequence for each in standing} | {row.sequence for row in rows if row.held == UNKNOWN_HOUSEHOLD}
    left = {row.sequence: _what_stays(row, erased[row.household_id], row.sequence in counts) for row in rows if row.household_id in erased}
    gone = {row.sequence: left[row.sequence] for row in rows if row.sequence in left and left[row.sequence] != (row.text or row.redacted)}
    ids = {person_id for each in erased.values() for person_id in each.people} | {id for id, each in erased.items() if each.whole is not None}
    gone |= dict.fromkeys(journal.unread_about(connection, commune_id, ids))
    if not gone:
        return rows
    scrub_afterwards(connection)
    made_files.take_away(connection, commune_id)
    journal.redact(connection, commune_id, [{"row": sequence, "stays": text} for sequence, text in gone.items()])
    note = dumps({"kind": KIND, "household": household_id, "rows": {str(row): text and sha256_of(text) for row, text in gone.items()}})
    entry = Entry(note, sha256_of(note), str(uuid.uuid4()), KIND, household_id)
    journal.append(connection, commune_id, [entry])
    return [row._replace(text=None, redacted=gone[row.sequence]) if row.sequence in gone else row for row in rows]


def _what_stays(row: JournalRow, erased: Erasures, counts: bool) -> str | None:
    """The row's text without what was erased; None when nothing of it may stay."""
    text = row.text or row.redacted
    if text is None or row.kind == KIND:
        return text
    if not counts:
        # What does not count may be of any shape, so it can only stay or go as a whole.
        return None if erased.whole is not None or any(person_id in text for person_id in erased.people) else text
    event = event_of(row)
    left = redacted(event, erased)
    if left is event and row.text is not None:
        return text
    # With the salt nobody can try names until the hash of the whole text fits.
    return dumps({name: value for name, value in {**json.loads(text), "body": left.body}.items() if name != "salt"})
