"""Numbers of phones that are closed as lost: somebody who answers for the phone says, with a date and a reason, that this text will not come.

A record is never taken away: should the text come after all, it is taken like any other, and the record says when."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from fieldapp.store.desk_tables import lost_number
from fieldapp.store.tables import device


@dataclass(frozen=True, slots=True)
class Lost:
    """One closed number. found_at: when its text came after all, None while it has not."""

    n: int
    closed_by: str
    closed_at: str
    reason: str
    found_at: str | None


def of_device(connection: Connection, commune_id: str, device_id: str) -> list[Lost]:
    """The phone's closed numbers in their order, those whose text was found too."""
    columns = [lost_number.c[name] for name in Lost.__dataclass_fields__]
    query = select(*columns).where(lost_number.c.commune_id == commune_id, lost_number.c.device_id == device_id)
    return [Lost(*row) for row in connection.execute(query.order_by(lost_number.c.n))]


def still(connection: Connection, commune_id: str, device_id: str) -> set[int]:
    """The phone's closed numbers whose text has not come."""
    return {each.n for each in of_device(connection, commune_id, device_id) if each.found_at is None}


def closed_beyond(connection: Connection, commune_id: str) -> dict[str, int]:
    """Phone → how many of its closed numbers lie beyond its contiguous ones and have not come; only phones with any."""
    same = (lost_number.c.commune_id == device.c.commune_id) & (lost_number.c.device_id == device.c.device_id)
    query = select(lost_number.c.device_id, func.count()).select_from(lost_number.join(device, same))
    beyond = lost_number.c.commune_id == commune_id, lost_number.c.n > device.c.contiguous, lost_number.c.found_at.is_(None)
    return {device_id: number for device_id, number in connection.execute(query.where(*beyond).group_by(lost_number.c.device_id))}


def close(connection: Connection, commune_id: str, device_id: str, numbers: Iterable[int], closed_by: str, now: str, reason: str) -> None:
    rows = [
        {"commune_id": commune_id, "device_id": device_id, "n": n, "closed_by": closed_by, "closed_at": now, "reason": reason} for n in numbers
    ]  # fmt: skip
    if rows:
        connection.execute(insert(lost_number), rows)


def found(connection: Connection, commune_id: str, device_id: str, numbers: Iterable[int], now: str) -> None:
    """Note that the texts of these numbers came after all."""
    connection.execute(
        update(lost_number)
        .where(lost_number.c.commune_id == commune_id, lost_number.c.device_id == device_id, lost_number.c.n.in_(sorted(numbers)))
        .values(found_at=now)
    )  # fmt: skip
