"""Moments and days. Moments are UTC texts such as `2026-11-22T05:31:07.123Z`, which sort as they happened; a day is the local
one."""

from datetime import UTC, date, datetime, timedelta, timezone

# Viet Nam has kept one offset and no summer time since 1975, so no time-zone tables are needed on any machine.
LOCAL = timezone(timedelta(hours=7))


def is_day(text: str) -> bool:
    """Whether a text is a day as tables keep it, and one that exists: `date.fromisoformat` takes 2026-W48-4 too, which sorts elsewhere."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def day_of(at: str) -> str:
    """The local day (Asia/Ho_Chi_Minh) of a moment, as `2026-11-22`."""
    # Only the hours from 17 UTC on belong to the next local day: the common case needs no calendar.
    if at[11:13] < "17":
        return at[:10]
    return (date.fromisoformat(at[:10]) + timedelta(days=1)).isoformat()


def end_of(day: str) -> str:
    """The moment at which a local day is over and the next begins."""
    return f"{day}T17:00:00.000Z"


def moment(instant: datetime) -> str:
    """The wire's text of an aware datetime: UTC, milliseconds, Z."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(at: str) -> datetime:
    """The aware datetime of a moment. Raises ValueError when the text is not a date that exists."""
    return datetime.fromisoformat(at)
