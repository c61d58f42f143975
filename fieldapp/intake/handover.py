"""Hand-over files: what waits on a phone, as a file that only the commune's recovery sheet opens (docs/wire.md).

Nobody vouches for such a file as a token does for a call: whoever brings it to the officer does. So what it holds goes through the door of
sync, is judged like it, and a phone that syncs later is told that all of it is known. What opens is taken; what does not is told by number."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from fieldapp.intake import wire
from fieldapp.intake.judge import as_it_stands, convene
from fieldapp.intake.numbering import Numbering
from fieldapp.intake.receive import HELD, KNOWN, STORED, Receipt, take
from fieldapp.intake.sealed import Sealed, unseal
from fieldapp.store import accounts, commune_keys, devices, journal, lost, sealing
from fieldapp.store.devices import Device
from fieldapp.store.engine import Connection, Engine, writing
from fieldapp.survey.day import instant
from fieldapp.survey.problems import Problem, Refused

FORMAT, VERSION = "tung-nha-handover", 1
MOST_BYTES = 64 * 1024**2
IN_ONE_GO = 100  # phones wait while one part is written
KEY_BYTES = 32


class _Named(Struct):
    format: str
    version: int


class Envelope(Struct):
    """The key of the phone's store, sealed to a commune's key. for_: which one, by its fingerprint."""

    for_: Annotated[str, Meta(pattern=r"^[0-9a-f]{16}\Z")] = msgspec.field(name="for")
    sealed: bytes = b""


class Handover(Struct):
    """A file as anybody can read it. events, drafts: read one by one, so that one damaged piece spoils no other."""

    device: wire.Uuid
    commune: wire.Name
    made_at: wire.Moment
    key: Envelope
    events: list[msgspec.Raw]
    drafts: list[msgspec.Raw] = []


class Piece(Struct):
    """One event as it rested on the phone. Its number and hash stand open; the text opens under that number only."""

    n: Annotated[int, Meta(ge=1, le=wire.MOST_NUMBER)]
    sha256: wire.Sha256
    iv: bytes
    box: bytes


class _Draft(Struct):
    household: wire.Uuid
    iv: bytes
    box: bytes


class _Numbered(Struct):
    n: int


@dataclass(frozen=True, slots=True)
class Before:
    """What a file says of itself before it is opened, and what of it is here. device: None when nobody enrolled it here (or a restore forgot
    it); sheet_made_at: when the sheet that opens it was made, None when it is an older one than the sheet in use."""

    file: Handover
    device: Device | None
    member: str | None
    known: int
    new: int
    sheet_made_at: str | None


@dataclass(slots=True)
class Taken:
    """What became of a file. damaged: numbers whose text does not open (0: the number can't be read either); found: closed numbers that came
    with it; since, until: moments of the first and the last event; drafts: households of visits that were begun and not saved."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    damaged: list[int] = field(default_factory=list)
    found: list[int] = field(default_factory=list)
    since: str | None = None
    until: str | None = None
    households: set[str] = field(default_factory=set)
    drafts: list[str] = field(default_factory=list)

    @property
    def numbers(self) -> tuple[int, int, int]:
        """How many were new and count, were known, and are held."""
        return self.outcomes[STORED], self.outcomes[KNOWN], self.outcomes[HELD]


def read(content: bytes) -> Handover:
    """The file that the bytes are. Raises Refused: handover_too_large, handover_unreadable (none of ours), handover_newer, handover_damaged."""
    if len(content) > MOST_BYTES:
        raise Refused(Problem("handover_too_large", "file", {"bytes": len(content), "most": MOST_BYTES}))
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        named = msgspec.json.decode(content, type=_Named)
        if named.format != FORMAT:
            raise Refused(Problem("handover_unreadable", "file"))
        if named.version > VERSION:
            raise Refused(Problem("handover_newer", "file", {"version": named.version}))
        file = msgspec.json.decode(content, type=Handover)
        instant(file.made_at)  # a 31st of February looks like a moment
        return file
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise Refused(Problem("handover_damaged" if FORMAT.encode() in content else "handover_unreadable", "file")) from None


def before(connection: Connection, commune_id: str, file: Handover) -> Before:
    """What the commune can see of the file without a key. Raises Refused: handover_commune."""
    if file.commune != commune_id:
        raise Refused(Problem("handover_commune", "file", {"commune": file.commune}))
    device = devices.by_id(connection, commune_id, file.device)
    account = accounts.by_id(connection, commune_id, device.account_id) if device else None
    here = journal.hashes_of(connection, commune_id, file.device)
    known = sum(piece.sha256 in here for piece in map(_piece, file.events) if piece)
    public, made_at = commune_keys.of_commune(connection, commune_id), commune_keys.made_at(connection, commune_id)
    fits = public is not None and sealing.fingerprint(public) == file.key.for_
    return Before(file, device, account.name if account else None, known, len(file.events) - known, made_at if fits else None)


def sheet_key(printed: str) -> Any:
    """The private key that somebody typed from a recovery sheet. Raises Refused: key_mistyped."""
    try:
        return sealing.read_private(printed)
    except sealing.WrongKey:
        raise Refused(Problem("key_mistyped", "key")) from None


def data_key(file: Handover, keys: list[Any]) -> bytes:
    """The key of the phone's store, opened by the one of these private keys to which it was sealed.

    Raises Refused: key_of_another_sheet (details: which one was given), handover_damaged."""
    given = {sealing.fingerprint(sealing.public_text(each)): each for each in keys}
    if file.key.for_ not in given:
        raise Refused(Problem("key_of_another_sheet", "key", {"given": next(iter(given), None), "for": file.key.for_}))
    try:
        key = sealing.unseal(file.key.sealed, given[file.key.for_])
    except sealing.WrongKey:
        key = b""
    if len(key) != KEY_BYTES:
        raise Refused(Problem("handover_damaged", "key"))
    return key


def take_in(engine: Engine, commune_id: str, file: Handover, key: bytes, now: str) -> Taken:
    """Take in what opens, part by part, each in one transaction: whatever ends it half-way, the same file brings the rest.

    A revoked phone's texts, and those of one that nobody enrolled here, are held. Raises Refused: handover_commune."""
    if file.commune != commune_id:
        raise Refused(Problem("handover_commune", "file", {"commune": file.commune}))
    taken = Taken()
    texts = _opened(file, key, taken)
    taken.drafts = [draft.household for draft in map(_draft, file.drafts) if draft and _open(key, f"drafts/{draft.household}", draft) is not None]
    for start in range(0, len(texts), IN_ONE_GO):
        part = [unseal(text) for _n, text in texts[start : start + IN_ONE_GO]]
        with writing(engine) as connection:
            receipts, found = _take_part(connection, commune_id, file.device, part, now)
        taken.found += found
        taken.outcomes.update(receipt.outcome for receipt in receipts)
        taken.reasons.update(receipt.reason for receipt in receipts if receipt.reason)
        moments = [sealed.event.at for sealed in part if sealed.event]
        taken.since = min(filter(None, [taken.since, *moments]), default=None)
        taken.until = max(filter(None, [taken.until, *moments]), default=None)
        taken.households |= {sealed.household for sealed in part if sealed.household}
    return taken


def _take_part(connection: Connection, commune_id: str, device_id: str, part: list[Sealed], now: str) -> tuple[list[Receipt], list[int]]:
    journal.lock(connection, commune_id)
    device = devices.by_id(connection, commune_id, device_id) or devices.unenrolled(commune_id, device_id)
    account = accounts.by_id(connection, commune_id, device.account_id)
    court = convene(connection, commune_id, as_it_stands(device, account, now), part)
    numbering, closed = Numbering(connection, device), lost.still(connection, commune_id, device_id)
    # How far that phone's clock was off, a file does not tell.
    receipts = take(connection, court, part, now, numbering, offset_ms=None)
    numbering.close(now)
    devices.note_numbers(connection, device, numbering.contiguous, numbering.highest)
    devices.note_manifest(connection, device, _left_on(device.manifest, sum(receipt.outcome != KNOWN for receipt in receipts)))
    return receipts, sorted(closed - lost.still(connection, commune_id, device_id))


def _left_on(manifest: dict[str, Any], came: int) -> dict[str, Any]:
    """What the phone last said of itself, less what came with the file: nobody is alarmed over visits that are here."""
    unsent = max((manifest.get("unsent") or 0) - came, 0)
    return {**manifest, "unsent": unsent, "oldest": manifest.get("oldest") if unsent else None} if manifest else {}


def _opened(file: Handover, key: bytes, taken: Taken) -> list[tuple[int, str]]:
    """The texts that open, by number; the others are noted. Their open hashes are not asked: the seal itself proves a text whole."""
    texts: list[tuple[int, str]] = []
    for raw in file.events:
        piece = _piece(raw)
        opened = _open(key, f"texts/{piece.n}", piece) if piece else None
        if piece and opened is not None:
            texts.append((piece.n, opened))
        else:
            taken.damaged.append(piece.n if piece else _number(raw))
    return sorted(texts)


def _open(key: bytes, place: str, sealed: Piece | _Draft) -> Any:
    """The value that rests in a record; None when it does not open, or is no text that PostgreSQL can keep."""
    try:
        value = msgspec.json.decode(sealing.open_record(key, place, sealed.iv, sealed.box))
    except (sealing.WrongKey, msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    fits = isinstance(value, str) and "\0" not in value if isinstance(sealed, Piece) else isinstance(value, dict)
    return value if fits else None


def _piece(raw: msgspec.Raw) -> Piece | None:
    return _fitting(raw, Piece)


def _draft(raw: msgspec.Raw) -> _Draft | None:
    return _fitting(raw, _Draft)


def _number(raw: msgspec.Raw) -> int:
    numbered = _fitting(raw, _Numbered)
    return numbered.n if numbered else 0


def _fitting(raw: msgspec.Raw, shape: Any) -> Any:
    try:
        return msgspec.json.decode(raw, type=shape)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
