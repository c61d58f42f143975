"""One round trip with a phone: its events and what it says of itself go up; receipts and the households that changed come down.

Accept first, judge later. Only a request that can't be read is refused; the phone then keeps everything and asks again."""

from dataclasses import asdict, dataclass
from typing import Any

import msgspec
from sqlalchemy import Engine

from fieldapp.intake import wire
from fieldapp.intake.feed import Feed, feed
from fieldapp.intake.receive import Receipt, take
from fieldapp.store import backups, devices, journal
from fieldapp.store.areas import commune
from fieldapp.store.devices import Device
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import day_of, instant
from fieldapp.survey.problems import Problem, Refused

SYNC_MINUTES = 15
MOST_MISSING = 200
MOST_HOUSEHOLDS = 500


def answer(engine: Engine, token: str | None, body: bytes, now: str) -> bytes:
    """The answer to a phone's call, as JSON. now: the moment of receipt.

    Raises Refused: not_json, wrong_shape, protocol_unknown (nothing was taken) or unknown_device."""
    request = decoded(wire.sync_request, body)
    if request.protocol not in wire.PROTOCOLS:
        raise Refused(Problem("protocol_unknown", "protocol", {"known": list(wire.PROTOCOLS)}))
    with reading(engine) as connection:
        device = devices.by_token(connection, token or "")
    if device is None or device.device_id != request.device:
        raise Refused(Problem("unknown_device"))
    receipts, standing = _take(engine, device, request, now)
    if device.revoked_at is not None:
        down = Feed()
    else:
        with reading(engine) as connection:
            down = feed(connection, device, request.cursors, min(request.limit, MOST_HOUSEHOLDS), day_of(now))
    return msgspec.json.encode(
        {
            "protocol": request.protocol, "epoch": standing.epoch, "now": now, "receipts": [asdict(receipt) for receipt in receipts],
            "confirmed": standing.confirmed, "missing": standing.missing, "revoked": device.revoked_at is not None,
            "households": down.households, "forget": down.forget, "villages": down.villages, "cursors": down.cursors, "more": down.more,
            "settings": {"sync_minutes": SYNC_MINUTES},
        }
    )  # fmt: skip


def decoded(decoder: msgspec.json.Decoder[Any], body: bytes) -> Any:
    """The request that the bytes hold. Raises Refused not_json or wrong_shape, saying where."""
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise Refused(Problem("wrong_shape", str(error).rpartition("`$")[2].rstrip("`"), {"said": str(error)})) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Refused(Problem("not_json", details={"said": str(error)})) from None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the phone stands. confirmed: the highest number that a completed backup holds together with all before it; missing: numbers not here."""

    epoch: str
    confirmed: int
    missing: list[int]


def _take(engine: Engine, device: Device, request: wire.SyncRequest, now: str) -> tuple[list[Receipt], Standing]:
    commune_id, device_id = device.commune_id, device.device_id
    offset_ms = round((instant(now) - instant(request.clock)).total_seconds() * 1000)
    with writing(engine) as connection:
        receipts = take(connection, commune_id, device, request.events, now, offset_ms) if request.events else []
        received = journal.numbers(connection, commune_id, device_id, above=device.contiguous)
        contiguous = device.contiguous
        while contiguous + 1 in received:
            contiguous += 1
        highest = max(received, default=contiguous)
        missing = [n for n in range(contiguous + 1, highest) if n not in received][:MOST_MISSING]
        devices.note_contact(connection, device, now, msgspec.to_builtins(request.phone), contiguous, highest)
        confirmed = backups.confirmed(connection, commune_id, device_id, contiguous)
        return receipts, Standing(commune(connection, commune_id).epoch, confirmed, missing)
