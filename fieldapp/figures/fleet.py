"""The fleet: what each phone last said of itself, and what of it needs attention first. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fieldapp.store.accounts import Account
from fieldapp.store.devices import Device
from fieldapp.survey.day import instant

SILENT_DAYS = 2
FULL_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Phone:
    """troubles: codes, the gravest first; silent_days: whole days since it last called."""

    device: Device
    member: Account | None
    troubles: list[str]
    silent_days: int

    @property
    def unsent(self) -> int:
        return self.device.manifest.get("unsent") or 0

    @property
    def missing(self) -> int:
        """Numbers that the server lacks though it has later ones; at least one where there is a gap."""
        return self.device.highest - self.device.contiguous


def _full(manifest: dict[str, Any]) -> bool:
    return bool(manifest.get("quota")) and (manifest.get("used") or 0) > FULL_SHARE * manifest["quota"]


# Trouble → whether a phone has it; the gravest first. The words are the web's.
TROUBLES: dict[str, Callable[[Device, int], bool]] = {
    "unsent_and_silent": lambda device, silent: (device.manifest.get("unsent") or 0) > 0 and silent >= SILENT_DAYS,
    "numbers_missing": lambda device, _silent: device.highest > device.contiguous,
    "storage_full": lambda device, _silent: _full(device.manifest),
    "not_persisted": lambda device, _silent: device.manifest.get("persisted") is False,
    "silent": lambda _device, silent: silent >= 7,
}


def fleet(devices: Iterable[Device], people: dict[str, Account], now: str) -> list[Phone]:
    """The phones, those in the gravest trouble first; revoked ones last and without troubles."""
    phones = [_phone(device, people.get(device.account_id), now) for device in devices]
    order = {code: place for place, code in enumerate(TROUBLES)}
    gravest = {id(each): min((order[code] for code in each.troubles), default=len(order)) for each in phones}
    return sorted(phones, key=lambda each: (each.device.revoked_at is not None, gravest[id(each)], -each.silent_days))


def _phone(device: Device, member: Account | None, now: str) -> Phone:
    silent = (instant(now) - instant(device.contact_at)) // timedelta(days=1) if device.contact_at else 0
    troubles = [] if device.revoked_at else [code for code, has in TROUBLES.items() if has(device, silent)]
    return Phone(device, member, troubles, silent)
