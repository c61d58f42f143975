"""What a phone that was lost had sent and still holds, as far as the server knows, and whose doors somebody should go to again."""

from collections.abc import Collection
from typing import Any

from fieldapp.figures.fleet import Phone
from fieldapp.store import accounts, devices, listing
from fieldapp.store.listing import Asked
from fieldapp.store.lost_phones import Held
from fieldapp.survey.day import day_of, instant, moment


def held_by(connection: Any, phone: Phone, missing: list[int], now: str) -> Held:
    """What the phone holds now. missing: the numbers that the server lacks."""
    device = phone.device
    villages = accounts.villages_of(connection, device.commune_id, device.account_id, day_of(now))
    around = Asked(day_of(now), frozenset(villages))
    received, received_at = devices.received_in_all(connection, device.commune_id, device.device_id)
    # What was saved after its last call is on the phone alone, even when it said then that nothing waits.
    since = moment(instant(phone.oldest or device.contact_at or device.enrolled_at))
    return Held(
        device.account_id, sorted(villages), listing.count(connection, device.commune_id, around),
        listing.residents(connection, device.commune_id, around), received, received_at, device.contiguous, missing, phone.unsent,
        phone.oldest, device.contact_at, since,
    )  # fmt: skip


def to_visit_again(today: str, held: Held, seen: Collection[str] | None) -> Asked:
    """The list of doors of the phone's villages that somebody was to go to and of which nothing is known since its oldest unsent text.

    seen: the villages that exist for whoever asks, None: all."""
    around = frozenset(held.villages if seen is None else set(held.villages) & set(seen))
    return Asked(today, around, unheard_since=held.since)
