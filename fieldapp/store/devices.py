"""Phones, the codes that enrol them, and what each says of itself."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from fieldapp.store.tables import account, device, enrolment, journal
from fieldapp.store.upsert import upsert
from fieldapp.survey.event import dumps

# Crockford's alphabet: no I, L, O or U, so a code read aloud or copied by hand arrives as it was.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
MOST_RECEIVED = 2000


@dataclass(frozen=True, slots=True)
class Device:
    """contiguous: every number of the phone up to it was received. manifest: what the phone last said of itself (unsent, oldest, quota …),
    empty before its first sync. revoked_for: why, in an officer's words."""

    commune_id: str
    device_id: str
    account_id: str
    token_hash: str
    revoked_at: str | None
    contact_at: str | None
    contiguous: int
    highest: int
    manifest: dict[str, Any]
    enrolled_at: str
    revoked_for: str | None


@dataclass(frozen=True, slots=True)
class Enrolment:
    commune_id: str
    account_id: str
    expires_at: str
    used_at: str | None
    device_id: str | None


_COLUMNS = [device.c[name] for name in Device.__dataclass_fields__]


def hashed(secret: str) -> str:
    """Codes and tokens are long and random, so a plain hash keeps them."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code(connection: Connection, commune_id: str, account_id: str, expires_at: str) -> str:
    """A single-use enrolment code of 8 characters. Only its hash is kept: a card is shown once."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    connection.execute(insert(enrolment).values(commune_id=commune_id, code_hash=hashed(code), account_id=account_id, expires_at=expires_at))
    return code


def open_codes(connection: Connection, commune_id: str, now: str) -> list[tuple[str, str, str]]:
    """Codes nobody has used and that still hold: (account_id, name, expires_at), by name."""
    rows = connection.execute(
        select(enrolment.c.account_id, account.c.name, enrolment.c.expires_at)
        .join(account, (account.c.commune_id == enrolment.c.commune_id) & (account.c.account_id == enrolment.c.account_id))
        .where(enrolment.c.commune_id == commune_id, enrolment.c.used_at.is_(None), enrolment.c.expires_at > now)
        .order_by(account.c.name)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def by_code(connection: Connection, code: str) -> Enrolment | None:
    """The enrolment that a code opens, in whichever commune: the phone does not know its commune yet."""
    columns = [enrolment.c[name] for name in Enrolment.__dataclass_fields__]
    row = connection.execute(select(*columns).where(enrolment.c.code_hash == hashed(code)).with_for_update()).first()
    return Enrolment(*row) if row else None


def use_code(connection: Connection, commune_id: str, code: str, device_id: str, now: str) -> None:
    connection.execute(
        update(enrolment).where(enrolment.c.commune_id == commune_id, enrolment.c.code_hash == hashed(code))
        .values(used_at=now, device_id=device_id)
    )  # fmt: skip


def enrol(connection: Connection, commune_id: str, device_id: str, account_id: str, now: str) -> str:
    """Make the phone the account's; its token comes back. A phone that was enrolled before keeps its numbers."""
    token = f"{commune_id}.{device_id}.{secrets.token_urlsafe(24)}"
    known = by_id(connection, commune_id, device_id)
    row = {
        "commune_id": commune_id, "device_id": device_id, "account_id": account_id, "token_hash": hashed(token), "enrolled_at": now,
        "revoked_at": None, "revoked_for": None, "contact_at": now,
        "contiguous": known.contiguous if known else 0, "highest": known.highest if known else 0,
        "manifest": dumps(known.manifest if known else {}),
    }  # fmt: skip
    upsert(connection, device, [row])
    return token


def by_token(connection: Connection, token: str) -> Device | None:
    """The phone that a token belongs to, revoked or not. The token names its commune, so only that commune is asked."""
    commune_id, _, rest = token.partition(".")
    known = by_id(connection, commune_id, rest.partition(".")[0])
    return known if known and secrets.compare_digest(known.token_hash, hashed(token)) else None


def by_id(connection: Connection, commune_id: str, device_id: str) -> Device | None:
    row = connection.execute(select(*_COLUMNS).where(device.c.commune_id == commune_id, device.c.device_id == device_id)).first()
    return Device(**{**row._mapping, "manifest": json.loads(row.manifest)}) if row else None


def of_commune(connection: Connection, commune_id: str) -> list[Device]:
    rows = connection.execute(select(*_COLUMNS).where(device.c.commune_id == commune_id).order_by(device.c.device_id))
    return [Device(**{**row._mapping, "manifest": json.loads(row.manifest)}) for row in rows]


def note_contact(connection: Connection, known: Device, now: str, manifest: dict[str, Any], contiguous: int, highest: int) -> None:
    """Remember that the phone called, what it said of itself and which of its numbers are here."""
    connection.execute(
        update(device).where(device.c.commune_id == known.commune_id, device.c.device_id == known.device_id)
        .values(contact_at=now, manifest=dumps(manifest), contiguous=contiguous, highest=highest)
    )  # fmt: skip


def note_numbers(connection: Connection, known: Device, contiguous: int, highest: int) -> None:
    """Remember which of the phone's numbers are here or closed."""
    connection.execute(
        update(device).where(device.c.commune_id == known.commune_id, device.c.device_id == known.device_id)
        .values(contiguous=contiguous, highest=highest)
    )  # fmt: skip


def note_manifest(connection: Connection, known: Device, manifest: dict[str, Any]) -> None:
    """Remember what of the phone's last word of itself still holds."""
    connection.execute(
        update(device).where(device.c.commune_id == known.commune_id, device.c.device_id == known.device_id).values(manifest=dumps(manifest))
    )


def unenrolled(commune_id: str, device_id: str) -> Device:
    """A phone that nobody enrolled here, or that a restore forgot."""
    return Device(commune_id, device_id, "", "", None, None, 0, 0, {}, "", None)


def received_beyond(connection: Connection, commune_id: str) -> dict[str, int]:
    """Phone → how many of its numbers beyond the contiguous ones were received; only phones of which something is missing are in it."""
    of_device = (journal.c.commune_id == device.c.commune_id) & (journal.c.device_id == device.c.device_id) & (journal.c.n > device.c.contiguous)
    query = (
        select(device.c.device_id, func.count(journal.c.n.distinct()))
        .select_from(device.join(journal, of_device))
        .where(device.c.commune_id == commune_id, device.c.highest > device.c.contiguous)
    )
    return {device_id: number for device_id, number in connection.execute(query.group_by(device.c.device_id))}


def received(connection: Connection, commune_id: str, device_id: str, since: str) -> list[tuple[str, bool]]:
    """The phone's texts that came since that moment, the latest first: (when received, whether held then). At most 2,000."""
    rows = connection.execute(
        select(journal.c.decision, journal.c.held).where(journal.c.commune_id == commune_id, journal.c.device_id == device_id)
        .order_by(journal.c.sequence.desc()).limit(MOST_RECEIVED)
    )  # fmt: skip
    read = ((json.loads(row.decision)["received"], row.held is not None) for row in rows)
    return list(takewhile(lambda each: each[0] >= since, read))


def received_in_all(connection: Connection, commune_id: str, device_id: str) -> tuple[int, str | None]:
    """How many texts of the phone were ever received, and when the latest came; None when none did."""
    mine = journal.c.commune_id == commune_id, journal.c.device_id == device_id
    number = connection.execute(select(func.count()).select_from(journal).where(*mine)).scalar_one()
    latest = connection.execute(select(journal.c.decision).where(*mine).order_by(journal.c.sequence.desc()).limit(1)).scalar()
    return number, json.loads(latest)["received"] if latest else None


def revoke(connection: Connection, commune_id: str, device_id: str, now: str, reason: str | None = None) -> None:
    """From now on the phone may send and receives nothing; the code that made it, and those still open for its member, are void."""
    connection.execute(
        update(device).where(device.c.commune_id == commune_id, device.c.device_id == device_id).values(revoked_at=now, revoked_for=reason)
    )
    member = select(device.c.account_id).where(device.c.commune_id == commune_id, device.c.device_id == device_id).scalar_subquery()
    connection.execute(
        update(enrolment)
        .where(
            enrolment.c.commune_id == commune_id, enrolment.c.expires_at > now,
            or_(enrolment.c.device_id == device_id, (enrolment.c.account_id == member) & enrolment.c.used_at.is_(None)),
        ).values(expires_at=now)
    )  # fmt: skip
