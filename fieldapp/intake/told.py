"""The shapes that go back over the wire. docs/wire.md shows each; what a call answers is made of these, and so is the published document."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from fieldapp.intake.receive import Receipt
from fieldapp.intake.wire import Answers, Count, Day, Moment, PersonId, Sha256, Uuid

Known = dict[str, Any]


class Member(Struct):
    id: str
    name: str
    role: str


class Commune(Struct):
    """key: the public key to which hand-over files are sealed; None before the commune made its recovery sheet."""

    id: str
    code: str
    name: str
    key: str | None


class Village(Struct):
    id: str
    name: str
    type: str
    number: int


class Enrolled(Struct):
    protocol: int
    epoch: str
    now: Moment
    token: str
    member: Member
    commune: Commune
    villages: list[Village]
    n: Count
    after: Sha256 | None
    questionnaire: str


class PhoneSettings(Struct):
    sync_minutes: int
    lock_minutes: int
    hold_updates_until: Day | None
    commune_key: str | None


class Consented(Struct):
    given: bool
    text: str
    day: Day


class BackCheck(Struct):
    """A back-check that this phone's member is asked for, and the day by which."""

    id: Uuid
    due: Day


class Household(Struct):
    """A household as phones get it; its state is kept as it goes out."""

    id: Uuid
    code: str
    token: str
    village: str
    address: str | None
    status: Literal["active", "vacant", "moved", "merged"]
    merged_into: Uuid | None
    erased: bool
    house: Answers
    house_found: Answers
    people: dict[PersonId, Known]
    helped: dict[str, dict[str, int]]
    visited: bool
    outcome: str | None
    day: Day | None
    year: int | None
    visits: int
    consent: Consented | None
    return_on: Day | None
    returned: dict[str, str]
    returned_where: dict[str, str]
    returned_on: Day | None
    wishes: dict[str, dict[str, Day]]
    heads: list[str]
    back_check: BackCheck | UnsetType = UNSET  # then nothing of what was answered comes along


class SignUp(Struct):
    """Somebody of the member's villages who asked for help on the public page; due: the day by which the team calls."""

    id: Uuid
    village: str
    name: str
    phone: str
    wishes: list[str]
    due: Day


class SignUps(Struct):
    """All that wait. mark: what the phone says when it has these."""

    mark: str
    waiting: list[SignUp]


class DayDone(Struct):
    """What the member did on a day, on whichever phone: visits, those of them that were surveys, people helped."""

    day: Day
    visits: Count
    surveyed: Count
    helped: Count


class Synced(Struct):
    protocol: int
    epoch: str
    now: Moment
    receipts: list[Receipt]
    contiguous: Count
    confirmed: Count
    missing: list[int]
    revoked: bool
    households: list[Household]
    forget: list[str]
    villages: list[Village]
    cursors: dict[str, str]
    more: bool
    settings: PhoneSettings
    sign_ups: SignUps | None
    done: list[DayDone]
    form: Known | UnsetType = UNSET  # a newer questionnaire than the phone has
    left: Count | UnsetType = UNSET  # how many households the further pages hold


class WhatIsWrong(Struct):
    code: str
    where: str
    details: Known


class Refusal(Struct):
    """Nothing of the request was taken. message: in the language of Accept-Language."""

    problem: WhatIsWrong
    message: Annotated[str, Meta(min_length=1)]


class Health(Struct):
    status: Literal["ok"]
