"""Completed backups: up to where the journal rests in a second place, and so what phones may let go of."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from fieldapp.store.tables import backup, journal


def completed(
    connection: Connection, commune_id: str, backup_id: str, now: str, sequence: int,
    file: str | None = None, size_bytes: int | None = None, sha256: str | None = None,
) -> None:  # fmt: skip
    """Note that a backup holding the journal up to `sequence` is complete."""
    about = {"completed_at": now, "sequence": sequence, "file": file, "size_bytes": size_bytes, "sha256": sha256}
    connection.execute(insert(backup).values(commune_id=commune_id, backup_id=backup_id, **about))


@dataclass(frozen=True, slots=True)
class Backup:
    """sequence: of the last journal row that it holds; file: its name, None once it was removed or when it is not known here."""

    backup_id: str
    completed_at: str
    sequence: int
    file: str | None
    size_bytes: int | None
    sha256: str | None


def of_commune(connection: Connection, commune_id: str) -> list[Backup]:
    """The commune's completed backups, the latest first."""
    columns = [backup.c[name] for name in Backup.__dataclass_fields__]
    query = select(*columns).where(backup.c.commune_id == commune_id).order_by(backup.c.completed_at.desc(), backup.c.backup_id)
    return [Backup(*row) for row in connection.execute(query)]


def removed(connection: Connection, commune_id: str, backup_id: str) -> None:
    """Note that the backup's file is gone."""
    connection.execute(update(backup).where(backup.c.commune_id == commune_id, backup.c.backup_id == backup_id).values(file=None))


def last(connection: Connection, commune_id: str) -> tuple[int, str | None]:
    """The highest sequence that a completed backup holds, and when the latest such one was completed; (0, None) when there is none."""
    row = connection.execute(
        select(backup.c.sequence, backup.c.completed_at).where(backup.c.commune_id == commune_id)
        .order_by(backup.c.sequence.desc(), backup.c.completed_at.desc()).limit(1)
    ).first()  # fmt: skip
    return (row.sequence, row.completed_at) if row else (0, None)


def latest(connection: Connection, commune_id: str, now: str) -> str | None:
    """When a backup was last completed, None when never. One of the future was made while the clock was wrong, and says nothing of today."""
    query = select(func.max(backup.c.completed_at)).where(backup.c.commune_id == commune_id, backup.c.completed_at <= now)
    return connection.execute(query).scalar()


def twice(connection: Connection, commune_id: str) -> int:
    """The highest sequence that two completed backups hold; 0 before there are two. So a file that can't be read costs nothing."""
    sequences = select(backup.c.sequence).where(backup.c.commune_id == commune_id).order_by(backup.c.sequence.desc())
    return connection.execute(sequences.limit(1).offset(1)).scalar() or 0


def confirmed(connection: Connection, commune_id: str, device_id: str, contiguous: int) -> int:
    """The phone's highest number that two completed backups hold together with all before it; 0 when there is none."""
    sequence = twice(connection, commune_id)
    if not sequence:
        return 0
    later = connection.execute(
        select(func.min(journal.c.n)).where(
            journal.c.commune_id == commune_id, journal.c.device_id == device_id, journal.c.sequence > sequence,
            journal.c.n <= contiguous,
        )
    ).scalar()  # fmt: skip
    return contiguous if later is None else later - 1
