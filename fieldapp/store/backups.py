"""Completed backups: up to where the journal rests in a second place, and so what phones may let go of."""

from sqlalchemy import Connection, func, insert, select

from fieldapp.store.tables import backup, journal


def completed(connection: Connection, commune_id: str, backup_id: str, now: str, sequence: int) -> None:
    """Note that a backup holding the journal up to `sequence` is complete."""
    connection.execute(insert(backup).values(commune_id=commune_id, backup_id=backup_id, completed_at=now, sequence=sequence))


def last(connection: Connection, commune_id: str) -> tuple[int, str | None]:
    """The highest sequence that a completed backup holds, and when it was completed; (0, None) when there is none."""
    row = connection.execute(
        select(backup.c.sequence, backup.c.completed_at).where(backup.c.commune_id == commune_id).order_by(backup.c.sequence.desc()).limit(1)
    ).first()
    return (row.sequence, row.completed_at) if row else (0, None)


def confirmed(connection: Connection, commune_id: str, device_id: str, contiguous: int) -> int:
    """The phone's highest number that a completed backup holds together with all before it; 0 when there is none."""
    sequence, _ = last(connection, commune_id)
    if not sequence:
        return 0
    later = connection.execute(
        select(func.min(journal.c.n)).where(
            journal.c.commune_id == commune_id, journal.c.device_id == device_id, journal.c.sequence > sequence,
            journal.c.n <= contiguous,
        )
    ).scalar()  # fmt: skip
    return contiguous if later is None else later - 1
