"""The shapes that come over the wire, for msgspec to hold them to. docs/wire.md shows each with an example.

A request that does not fit is refused as a whole and nothing in it was taken. An event's text that does not fit is held: kept
as it came."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from fieldapp.survey.event import OUTCOMES

PROTOCOLS = (1, 2)  # the present one is the last; the one before is still spoken by phones that were not updated
EVENT_CHARACTERS = 64 * 1024
MOST_NUMBER = 2**31 - 1
MOST_EVENTS = 500  # in one request: each is folded within one transaction

Uuid = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")]
PersonId = Annotated[str, Meta(pattern=r"^[0-9a-hjkmnp-tv-z]{10}\Z")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Moment = Annotated[str, Meta(pattern=r"^(19[7-9]|20[0-9]|21[0-9])[0-9]-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z\Z")]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
Salt = Annotated[str, Meta(pattern=r"^[0-9a-z]{16,36}\Z")]
Name = Annotated[str, Meta(min_length=1, max_length=36)]
Words = Annotated[str, Meta(max_length=2000)]
# No free words where a code belongs: an erasure knows where names can stand.
Code = Annotated[str, Meta(pattern=r"^[a-z0-9_-]{1,40}\Z")]
Place = Annotated[str, Meta(pattern=r"^(house|people)(\.[a-z0-9_]{1,40}){1,2}\Z")]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Answers = dict[str, Any]
# What a sealed text holds: kept out of the reading of requests, told to whoever reads the published document.
EVENT = "Event"
Text = Annotated[str, Meta(extra_json_schema={"contentMediaType": "application/json", "contentSchema": {"$ref": f"#/components/schemas/{EVENT}"}})]
Texts = Annotated[list[Text], Meta(extra_json_schema={"maxItems": MOST_EVENTS})]


class PhoneManifest(Struct):
    unsent: Count = 0
    oldest: Words | None = None
    quota: Count | None = None
    used: Count | None = None
    persisted: bool = False
    last: Annotated[int, Meta(ge=0, le=MOST_NUMBER)] = 0  # the highest number that the phone ever gave (protocol 2)
    version: Annotated[str, Meta(max_length=64)] = ""


class SyncRequest(Struct):
    protocol: int
    device: Uuid
    clock: Words
    events: Texts
    epoch: str | None = None
    cursors: dict[str, str] = {}
    limit: Annotated[int, Meta(ge=1)] = 500
    phone: PhoneManifest = msgspec.field(default_factory=PhoneManifest)
    form: Code | None = None  # the newest questionnaire that the phone has
    sign_ups: Annotated[str, Meta(max_length=64)] = ""  # the mark of those that the phone has


class EnrolRequest(Struct):
    protocol: int
    code: Annotated[str, Meta(max_length=40)]
    device: Uuid
    clock: Words
    version: Annotated[str, Meta(max_length=64)] = ""
    commune: Name | None = None  # whose visits are still on the phone
    member: Name | None = None  # whose place asks


class Person(Struct, forbid_unknown_fields=True):
    id: PersonId
    name: str | None = None
    birth_year: int | None = None
    sex: str | None = None
    relation: str | None = None
    residence: str | None = None


class Register(Struct, forbid_unknown_fields=True):
    village: Name
    source: Literal["roster", "door"]
    people: Annotated[list[Person], Meta(max_length=200)]
    address: Words | None = None


class Consent(Struct, forbid_unknown_fields=True):
    given: bool
    text: Code
    sha256: Sha256
    purposes: list[Literal["survey"]]
    method: Literal["spoken"]


class Confirmed(Struct, forbid_unknown_fields=True):
    house: list[Code] = []
    people: dict[PersonId, list[Code]] = {}


class Help(Struct, forbid_unknown_fields=True):
    service: Code
    result: Code
    person: PersonId | None = None
    barrier: Code | None = None
    value: Code | None = None


class Visit(Struct, forbid_unknown_fields=True):
    outcome: Literal[OUTCOMES]  # type: ignore[valid-type]
    respondent: Code | None = None
    consent: Consent | None = None
    house: Answers = {}
    people: dict[PersonId, Answers] = {}
    confirmed: Confirmed = msgspec.field(default_factory=Confirmed)
    help: Annotated[list[Help], Meta(max_length=500)] = []
    return_on: Day | None = None
    seconds: Count | None = None
    comment: Words | None = None
    sign_up: Uuid | None = None  # the wish from the public page for which it was made
    back_check: Uuid | None = None  # the review that asked for it: made without the earlier answers


class Correction(Struct, forbid_unknown_fields=True):
    """What an event should have said. Absent: stays as it was."""

    outcome: Literal[OUTCOMES] | msgspec.UnsetType = msgspec.UNSET  # type: ignore[valid-type]
    respondent: Code | msgspec.UnsetType | None = msgspec.UNSET
    return_on: Day | msgspec.UnsetType | None = msgspec.UNSET
    village: Name | msgspec.UnsetType = msgspec.UNSET
    address: Words | msgspec.UnsetType | None = msgspec.UNSET
    house: Answers | msgspec.UnsetType = msgspec.UNSET
    people: dict[PersonId, Answers] | msgspec.UnsetType = msgspec.UNSET
    help: list[Help] | msgspec.UnsetType = msgspec.UNSET


class Correct(Struct, forbid_unknown_fields=True):
    event: Uuid
    fields: Correction
    reason: Words | None = None


class Void(Struct, forbid_unknown_fields=True):
    event: Uuid
    reason: Words | None = None


class Move(Struct, forbid_unknown_fields=True):
    """Of the household (village), of a person away (person, to), or of a person to here (person, from, values)."""

    reason: Words | None = None
    village: Name | msgspec.UnsetType = msgspec.UNSET
    person: PersonId | msgspec.UnsetType = msgspec.UNSET
    to: Uuid | None = None
    from_: Uuid | None = msgspec.field(name="from", default=None)
    values: Answers | msgspec.UnsetType = msgspec.UNSET


class Merge(Struct, forbid_unknown_fields=True):
    people: dict[PersonId, PersonId]
    other: Uuid | None = None
    reason: Words | None = None


class Review(Struct, forbid_unknown_fields=True):
    outcome: Literal["approved", "returned", "settled", "answered", "replayed", "not_ours", "back_check"]
    event: Name | None = None
    comment: Words | None = None
    house: Answers = {}
    people: dict[PersonId, Answers] = {}
    flag: Code | None = None
    sha256: Sha256 | None = None
    where: Place | None = None  # of what was given back: what is to be asked again
    checker: Name | None = None  # who makes a back-check, by when, and how it was drawn
    due: Day | None = None
    seed: Annotated[str, Meta(max_length=80)] | None = None


class List(Struct, forbid_unknown_fields=True):
    poverty: Literal["poor", "near_poor", "none"]
    list: Words
    reason: Words | None = None


class Erase(Struct, forbid_unknown_fields=True):
    counted: bool
    person: PersonId | None = None
    reason: Words | None = None


class Envelope(Struct, tag_field="kind", forbid_unknown_fields=True):
    id: Uuid
    commune: Name
    household: Uuid
    member: Name
    at: Moment
    base: Annotated[list[Uuid], Meta(max_length=200)]
    salt: Salt  # random: an erasure takes it away, and then no guess at the name fits the hash any more
    device: Uuid | None = None
    n: Annotated[int, Meta(ge=1, le=MOST_NUMBER)] | None = None
    after: Sha256 | None = None
    questionnaire: Code | None = None
    campaign: Code | None = None
    practice: bool = False  # made while practising: whatever it says, it never counts


class RegisterEvent(Envelope, tag="register", kw_only=True):
    body: Register


class VisitEvent(Envelope, tag="visit", kw_only=True):
    body: Visit


class CorrectEvent(Envelope, tag="correct", kw_only=True):
    body: Correct


class VoidEvent(Envelope, tag="void", kw_only=True):
    body: Void


class MoveEvent(Envelope, tag="move", kw_only=True):
    body: Move


class MergeEvent(Envelope, tag="merge", kw_only=True):
    body: Merge


class ReviewEvent(Envelope, tag="review", kw_only=True):
    body: Review


class ListEvent(Envelope, tag="list", kw_only=True):
    body: List


class EraseEvent(Envelope, tag="erase", kw_only=True):
    body: Erase


AnyEvent = RegisterEvent | VisitEvent | CorrectEvent | VoidEvent | MoveEvent | MergeEvent | ReviewEvent | ListEvent | EraseEvent

sync_request = msgspec.json.Decoder(SyncRequest)
enrol_request = msgspec.json.Decoder(EnrolRequest)
event_text = msgspec.json.Decoder(AnyEvent)
