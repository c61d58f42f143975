"""One round trip with a phone: its events and what it says of itself go up; receipts and the households that changed come down.

Accept first, judge later. Only a request that can't be read is refused; the phone then keeps everything and asks again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import msgspec
from msgspec import UNSET, UnsetType

from fieldapp.intake import told, wire
from fieldapp.intake.feed import Feed, feed
from fieldapp.intake.judge import Court, as_it_stands, convene
from fieldapp.intake.numbering import Numbering
from fieldapp.intake.receive import Receipt, take
from fieldapp.intake.sealed import Sealed, unseal
from fieldapp.store import accounts, areas, backups, commune_keys, devices, journal, questionnaires, shape, update_holds
from fieldapp.store.devices import Device
from fieldapp.store.engine import Connection, Engine, reading, writing
from fieldapp.survey.day import day_of, instant
from fieldapp.survey.problems import Problem, Refused

SYNC_MINUTES = 15
LOCK_MINUTES = 10
MOST_HOUSEHOLDS = 500


def answer(engine: Engine, token: str | None, body: bytes, now: str) -> bytes:
    """The answer to a phone's call, as JSON. now: the moment of receipt.

    Raises Refused: not_json, wrong_shape, protocol_unknown (nothing was taken) or unknown_device."""
    request = decoded(wire.sync_request, body)
    if request.protocol not in wire.PROTOCOLS:
        raise Refused(Problem("protocol_unknown", "protocol", {"known": list(wire.PROTOCOLS)}))
    if len(request.events) > wire.MOST_EVENTS:
        raise Refused(Problem("too_large", "events", {"events": len(request.events), "most": wire.MOST_EVENTS}))
    if any("\0" in text for text in request.events):
        raise Refused(Problem("wrong_shape", "events"))  # no phone seals such a text, and PostgreSQL can't keep it
    batch = [unseal(text) for text in request.events]
    with reading(engine) as connection:
        device = devices.by_token(connection, token or "")
        if device is None or device.device_id != request.device:
            raise Refused(Problem("unknown_device"))
        account = accounts.by_id(connection, device.commune_id, device.account_id)
        device = as_it_stands(device, account, now)
        court = convene(connection, device.commune_id, device, batch)
    receipts, numbering = _taken(engine, device, court, batch, request, now)
    with _telling(engine, device.commune_id) as connection:
        epoch = areas.commune(connection, device.commune_id).epoch
        confirmed = backups.confirmed(connection, device.commune_id, device.device_id, numbering.contiguous)
        settings = settings_of(connection, device.commune_id, account.team_id if account else None, day_of(now))
        down, form = Feed(), cast("dict[str, Any] | UnsetType", UNSET)
        if device.revoked_at is None:
            down = feed(connection, device, request.cursors, min(request.limit, MOST_HOUSEHOLDS), day_of(now), request.sign_ups)
            form = newer_form(connection, device.commune_id, request.form)
    answered = told.Synced(
        request.protocol, epoch, now, receipts, numbering.contiguous, confirmed, numbering.missing, device.revoked_at is not None,
        cast(Any, down.households),  # as they are kept: of told.Household's shape, and nothing is read only to be written again
        down.forget, down.villages, down.cursors, down.left > 0, settings, down.sign_ups, down.done, form, down.left or UNSET,
    )  # fmt: skip
    return msgspec.json.encode(answered)


@contextmanager
def _telling(engine: Engine, commune_id: str) -> Iterator[Connection]:
    """A connection to read what a phone is told. While the commune waits to be made again it writes too: what goes down is made on the way."""
    with reading(engine) as connection:
        if shape.is_whole(connection, commune_id):
            yield connection
            return
    with writing(engine) as connection:
        journal.lock(connection, commune_id)
        yield connection


def left_on(phone: wire.PhoneManifest, receipts: list[Receipt]) -> dict[str, Any]:
    """What the phone said of itself, as it is once it has these receipts: the texts of this call wait no more."""
    unsent = max(phone.unsent - len(receipts), 0)
    return {**msgspec.to_builtins(phone), "unsent": unsent, "oldest": phone.oldest if unsent else None}


def settings_of(connection: Connection, commune_id: str, team_id: str | None, today: str) -> told.PhoneSettings:
    """What every phone of a team goes by: how often it asks, when it locks, till when it keeps its version, whom it seals hand-over files to."""
    held = update_holds.until(connection, commune_id, team_id, today)
    return told.PhoneSettings(SYNC_MINUTES, LOCK_MINUTES, held, commune_keys.of_commune(connection, commune_id))


def newer_form(connection: Connection, commune_id: str, known: str | None) -> dict[str, Any] | UnsetType:
    """The questionnaire in use, unless the phone has it, or is of the days when phones asked for none."""
    if known is None:
        return UNSET
    newest = questionnaires.current(connection, commune_id)[1]
    return UNSET if newest.name == known else newest.for_phone()


def decoded(decoder: msgspec.json.Decoder[Any], body: bytes) -> Any:
    """The request that the bytes hold. Raises Refused not_json or wrong_shape, saying where."""
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise Refused(Problem("wrong_shape", str(error).rpartition("`$")[2].rstrip("`"), {"said": str(error)})) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Refused(Problem("not_json", details={"said": str(error)})) from None


def offset(clock: str, now: str) -> int | None:
    """Milliseconds that a phone's clock is behind ours; None when it says something that is no time: odd clocks must not stop a phone."""
    try:
        return round((instant(now) - instant(clock)).total_seconds() * 1000)
    except (ValueError, TypeError, OverflowError):
        return None


def _taken(engine: Engine, device: Device, court: Court, batch: list[Sealed], request: wire.SyncRequest, now: str) -> tuple[list[Receipt], Numbering]:
    with writing(engine) as connection:
        journal.lock(connection, device.commune_id)
        # Read again behind the lock: another call of the same phone may have come in between.
        device = devices.by_id(connection, device.commune_id, device.device_id) or device
        numbering = Numbering(connection, device, request.phone.last)
        receipts = take(connection, court, batch, now, numbering, offset(request.clock, now)) if batch else []
        numbering.close(now)
        devices.note_contact(connection, device, now, left_on(request.phone, receipts), numbering.contiguous, numbering.highest)
    return receipts, numbering
