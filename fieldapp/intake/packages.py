"""The way in of packages: what a commune on a server of its own says of its months, held to its signature, to its place and to our own bound.

A key is trusted once a province officer has compared its code with the commune's, by telephone or on paper. After that only what this key signed is
the commune's word; what is older than what was taken in already is refused."""

import base64
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from fieldapp.store import months, packages, provinces, signing
from fieldapp.store.areas import Commune
from fieldapp.store.months import Telling, count_of
from fieldapp.store.packages import Sender
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.disclosure import KINDS, is_fit
from fieldapp.survey.package import FORMAT, VERSION, parted
from fieldapp.survey.problems import Problem, Refused

Month = Annotated[str, Meta(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]
Moment = Annotated[str, Meta(pattern=r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
Number = Annotated[int, Meta(ge=0, le=10**9)]
Short = Annotated[str, Meta(min_length=1, max_length=80)]


class _Head(Struct):
    format: str
    version: int
    key: Short
    signature: Annotated[str, Meta(max_length=200)]


class _Whose(Struct):
    id: Annotated[str, Meta(min_length=1, max_length=36)]
    code: Annotated[str, Meta(pattern=r"^\d{5}$")]
    name: Short
    province: Short


class _Running(Struct):
    phones: Number
    silent: Number
    contact_at: Moment | None
    backup_at: Moment | None


class About(Struct):
    """commune: whose package it is; month: the last that it tells."""

    commune: _Whose
    month: Month
    made_at: Moment
    running: _Running


class _Way(Struct):
    since: Month
    cells: dict[Short, tuple[Number, Number, Number]]
    hidden: bool = False


class _Line(Struct):
    month: Month
    indicator: Annotated[str, Meta(min_length=1, max_length=60)]
    unseen: Number | None
    count: dict[str, _Way]


@dataclass(frozen=True, slots=True)
class Read:
    """A package whose signature is right, by whichever key."""

    key: str
    about: About
    tellings: list[Telling]
    text: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key)

    @property
    def sha256(self) -> str:
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """months: how many were new; changed: months that were told otherwise before, and stand as they are told now."""

    months: int
    changed: list[str]


def fingerprint(key: str) -> str:
    """Which key it is, in few letters: what two people compare."""
    return sha256(base64.b64decode(key)).hexdigest()[:16]


def read(content: bytes) -> Read:
    """The package in a file. Raises Refused."""
    try:
        text = content.decode()
        line, body = parted(text)
        head = msgspec.json.decode(line, type=_Head)
    except (UnicodeDecodeError, msgspec.DecodeError):
        raise Refused(Problem("package_unreadable", "file")) from None
    if head.format != FORMAT:
        raise Refused(Problem("package_unreadable", "file"))
    if head.version != VERSION:
        raise Refused(Problem("package_newer", "file"))
    if not signing.is_signed(head.key, head.signature, body.encode()):
        raise Refused(Problem("package_changed", "file"))
    try:
        first, *lines = body.splitlines()
        about, tellings = msgspec.json.decode(first, type=About), [_telling(each) for each in lines]
    except (ValueError, msgspec.DecodeError):
        raise Refused(Problem("package_unfit", "file")) from None
    told = {(each.month, each.indicator) for each in tellings}
    if len(told) != len(tellings) or (about.month, COVERAGE) not in told or max(month for month, _ in told) != about.month:
        raise Refused(Problem("package_unfit", "file"))
    return Read(head.key, about, tellings, text)


def _telling(line: str) -> Telling:
    each = msgspec.json.decode(line, type=_Line)
    count = count_of(msgspec.to_builtins(each.count))
    if each.count.keys() - set(KINDS) or not is_fit(count):
        raise ValueError(each.indicator)
    return Telling(each.month, each.indicator, count, each.unseen)


def sender_of(connection: Any, province: Commune, read: Read) -> Sender | None:
    """The commune as the province knows it by now (by its code, where its server was founded anew), None for one that never sent. Raises Refused
    for what can't be taken in, whoever signed it."""
    whose = read.about.commune
    if whose.province != province.name:
        raise Refused(Problem("package_province", "file"))
    if any(whose.id == each.commune_id or whose.code == each.code for each in provinces.everybody(connection)):
        raise Refused(Problem("package_hosted", "file"))
    latest = packages.latest(connection, province.commune_id).get(whose.id)
    if latest is not None and (read.about.month, read.about.made_at) <= (latest.month, latest.made_at):
        raise Refused(Problem("package_known" if latest.sha256 == read.sha256 else "package_older", "file"))
    known = packages.senders(connection, province.commune_id)
    return known.get(whose.id) or next((each for each in known.values() if each.code == whose.code), None)


def take_in(connection: Any, by: str, province: Commune, read: Read, confirmed: str | None, now: str) -> Taken:
    """What the package says stands from now on. by: whose account it was, "" at the command line; confirmed: the code of the key that they have
    compared, None where they were asked nothing. Raises Refused, `package_key` where the key is new and was not confirmed."""
    known, whose, keeper = sender_of(connection, province, read), read.about.commune, province.commune_id
    if (known is None or known.public_key != read.key) and confirmed != read.fingerprint:
        raise Refused(Problem("package_key", "file"))
    if known is not None and known.source_id != whose.id:
        packages.forget(connection, keeper, known.source_id)
        months.forget(connection, keeper, known.source_id)
    if known is None or (known.source_id, known.public_key) != (whose.id, read.key):
        packages.trust(connection, keeper, Sender(whose.id, whose.code, whose.name, read.key, now, by))
    before = {(each.month, each.indicator): each for each in months.tellings(connection, keeper, whose.id)}
    months.forget(connection, keeper, whose.id)
    months.add(connection, keeper, whose.id, read.tellings)
    about = {"running": msgspec.to_builtins(read.about.running)}
    packages.add(connection, keeper, packages.Package(whose.id, read.about.month, read.about.made_at, now, by, read.sha256, about), read.text)
    known_months = {month for month, _ in before}
    changed = {each.month for each in read.tellings if each.month in known_months and before.get((each.month, each.indicator)) != each}
    return Taken(len({each.month for each in read.tellings} - known_months), sorted(changed))
