"""Making a phone somebody's: a single-use, expiring code for a token. Opening the link consumes nothing; this call, made by a
tap, does."""

from typing import Any

import msgspec

from fieldapp.intake import told, wire
from fieldapp.intake.sync import decoded
from fieldapp.store import accounts, areas, commune_keys, devices, journal
from fieldapp.store.engine import Engine, writing
from fieldapp.survey.day import day_of
from fieldapp.survey.problems import Problem, Refused
from fieldapp.survey.questionnaire import NAMES

# What people read for what was printed: the alphabet has no O, I or L.
MISREAD = str.maketrans("OILU", "011V")


def answer(engine: Engine, body: bytes, now: str) -> bytes:
    """The answer to an enrolment, as JSON: the token, who is meant, the villages, and where the phone's numbers stand.

    The same phone may ask again with its code until it expires: the first answer may have been lost on the way.
    Raises Refused: not_json, wrong_shape, protocol_unknown, code_unknown, code_expired, code_used, other_member, other_commune."""
    request = decoded(wire.enrol_request, body)
    if request.protocol not in wire.PROTOCOLS:
        raise Refused(Problem("protocol_unknown", "protocol", {"known": list(wire.PROTOCOLS)}))
    code = plain(request.code)
    with writing(engine) as connection:
        enrolment = devices.by_code(connection, code)
        account = accounts.by_id(connection, enrolment.commune_id, enrolment.account_id) if enrolment else None
        if enrolment is None or account is None or not account.active:
            raise Refused(Problem("code_unknown", "code"))
        if enrolment.used_at is not None and enrolment.device_id != request.device:
            raise Refused(Problem("code_used", "code", {"used_at": enrolment.used_at}))
        if enrolment.expires_at <= now:
            raise Refused(Problem("code_expired", "code", {"expires_at": enrolment.expires_at}))
        commune_id, account_id = enrolment.commune_id, enrolment.account_id
        if request.member not in (None, account_id):
            # Each member has a place of their own; what waits in this one would be held as another's.
            raise Refused(Problem("other_member", "member", {"member": request.member}))
        if request.commune not in (None, commune_id):
            # Its visits would go to a commune that they are no business of.
            raise Refused(Problem("other_commune", "commune", {"commune": request.commune}))
        devices.use_code(connection, commune_id, code, request.device, now)
        token = devices.enrol(connection, commune_id, request.device, account_id, now)
        return msgspec.json.encode(_told(connection, commune_id, account_id, request, token, now))


def plain(code: str) -> str:
    """The code as it was made, however it was typed: dashes, spaces, small letters, letters that look like figures."""
    return "".join(letter for letter in code.upper() if letter.isalnum()).translate(MISREAD)


def _told(connection: Any, commune_id: str, account_id: str, request: wire.EnrolRequest, token: str, now: str) -> told.Enrolled:
    account = accounts.by_id(connection, commune_id, account_id)
    assert account is not None  # the enrolment names it
    commune = areas.commune(connection, commune_id)
    theirs = accounts.villages_of(connection, commune_id, account_id, day_of(now))
    n, after = journal.last_of(connection, commune_id, request.device)
    return told.Enrolled(
        request.protocol, commune.epoch, now, token,
        told.Member(account.account_id, account.name, account.role),
        told.Commune(commune.commune_id, commune.code, commune.name, commune_keys.of_commune(connection, commune_id)),
        [
            told.Village(village.village_id, village.name, village.village_type, village.number)
            for village in areas.all_villages(connection, commune_id) if village.village_id in theirs
        ],
        n, after, NAMES[-1],
    )  # fmt: skip
