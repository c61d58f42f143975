"""Closing numbers of a phone whose texts can't be recovered: the phone broke, its browser was cleared. Somebody who answers for the phone says
so, with a date and a reason; from then on nobody waits for them, and the phone is not asked for them any more."""

from fieldapp.intake.numbering import Numbering
from fieldapp.store import devices, journal, lost
from fieldapp.store.devices import Device
from fieldapp.store.engine import Connection, Engine, writing


def missing(connection: Connection, device: Device) -> list[int]:
    """The numbers that the phone gave and that are not here (the first 200). What waits on the phone is not missing yet."""
    manifest = device.manifest
    return Numbering(connection, device, 0 if manifest.get("unsent") else manifest.get("last") or 0).missing


def close(engine: Engine, commune_id: str, device_id: str, numbers: set[int], closed_by: str, now: str, reason: str) -> list[int]:
    """Close those of the numbers that are missing still; they come back. One that came meanwhile is not closed."""
    with writing(engine) as connection:
        journal.lock(connection, commune_id)
        device = devices.by_id(connection, commune_id, device_id)
        closed = [n for n in missing(connection, device) if n in numbers] if device else []
        if device and closed:
            lost.close(connection, commune_id, device_id, closed, closed_by, now, reason)
            numbering = Numbering(connection, device)
            numbering.close(now)
            devices.note_numbers(connection, device, numbering.contiguous, numbering.highest)
    return closed
