"""The fleet: what each phone last said of itself, and what of it needs attention first. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from fieldapp.store.accounts import Account
from fieldapp.store.devices import Device
from fieldapp.survey.day import instant, moment

SILENT_DAYS = 2
LONG_SILENT_DAYS = 7
FULL_SHARE = 0.8
YEARS = 1970, 2199
# Versions as this project's servers give them out; what says anything else is no app that could be brought up to date.
VERSION = re.compile(r"[0-9a-f]{12}")


@dataclass(slots=True)
class Phone:
    """A phone at a moment. silent_days: whole days since it last called, unsent_days: that its oldest unsent text waits; missing: numbers
    that the server lacks though it has later ones; newest: the version that it could have; troubles: codes, the gravest first."""

    device: Device
    member: Account | None
    silent_days: int
    unsent_days: int
    missing: int
    newest: str
    troubles: list[str] = field(default_factory=list)

    @property
    def unsent(self) -> int:
        return self.device.manifest.get("unsent") or 0

    @property
    def oldest(self) -> str | None:
        """The moment of its oldest unsent text; None when it has none, or says something that is no moment."""
        return _moment(self.device.manifest.get("oldest")) if self.unsent else None

    @property
    def used_share(self) -> float | None:
        """Of the storage that its browser grants; None when it does not say."""
        quota = self.device.manifest.get("quota")
        return (self.device.manifest.get("used") or 0) / quota if quota else None


def _revoked_and_sending(phone: Phone) -> bool:
    return phone.device.revoked_at is not None and (phone.device.contact_at or "") > phone.device.revoked_at


def _old(phone: Phone) -> bool:
    version = phone.device.manifest.get("version") or ""
    return VERSION.fullmatch(version) is not None and version != phone.newest


# Trouble → whether a phone has it; the gravest first. The words are the web's. A revoked phone can have the first only.
TROUBLES: dict[str, Callable[[Phone], bool]] = {
    "unsent_and_silent": lambda phone: phone.unsent > 0 and phone.silent_days >= SILENT_DAYS,
    "numbers_missing": lambda phone: phone.missing > 0,
    "storage_full": lambda phone: (phone.used_share or 0) > FULL_SHARE,
    "not_persisted": lambda phone: phone.device.manifest.get("persisted") is False,
    "revoked_and_sending": _revoked_and_sending,
    "unsent_long": lambda phone: phone.silent_days < SILENT_DAYS <= phone.unsent_days,
    "silent": lambda phone: phone.silent_days >= LONG_SILENT_DAYS,
    "never_synced": lambda phone: not phone.device.manifest and phone.silent_days >= 1,
    "old_version": _old,
}


def fleet(devices: Iterable[Device], people: Mapping[str, Account], now: str, beyond: Mapping[str, int], newest: str) -> list[Phone]:
    """The phones, those in the gravest trouble first, revoked ones in no trouble last.

    beyond: phone → how many numbers beyond its contiguous ones came or are closed as lost; newest: the version that this server gives out."""
    phones = [_phone(each, people.get(each.account_id), now, beyond.get(each.device_id, 0), newest) for each in devices]
    order = {code: place for place, code in enumerate(TROUBLES)}

    def gravity(phone: Phone) -> tuple[bool, int, int]:
        gravest = order[phone.troubles[0]] if phone.troubles else len(order)
        return phone.device.revoked_at is not None and not phone.troubles, gravest, -phone.silent_days

    return sorted(phones, key=gravity)


def _phone(device: Device, member: Account | None, now: str, beyond: int, newest: str) -> Phone:
    # What waits on the phone is not missing yet.
    given = device.highest if device.manifest.get("unsent") else max(device.highest, device.manifest.get("last") or 0)
    missing = max(given - device.contiguous - beyond, 0)
    phone = Phone(device, member, _days(device.contact_at, now), 0, missing, newest)
    phone.unsent_days = _days(phone.oldest, now)
    codes = ["revoked_and_sending"] if device.revoked_at else list(TROUBLES)
    phone.troubles = [code for code in codes if TROUBLES[code](phone)]
    return phone


def _days(since: str | None, now: str) -> int:
    return max((instant(now) - instant(since)) // timedelta(days=1), 0) if since else 0


def _moment(text: object) -> str | None:
    """A phone's word for a moment, where it is one: of a year that has a place on every clock."""
    try:
        at = instant(str(text))
    except ValueError:
        return None
    return moment(at) if at.tzinfo and YEARS[0] <= at.year <= YEARS[1] else None
