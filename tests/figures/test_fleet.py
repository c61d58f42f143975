"""What of a phone needs attention, and which phone first."""

import pytest

from fieldapp.figures.fleet import TROUBLES, fleet
from fieldapp.store.devices import Device

NOW = "2026-11-20T02:00:00.000Z"
NEWEST = "0123456789ab"
FINE = {"unsent": 0, "oldest": None, "quota": 100, "used": 80, "persisted": True, "version": NEWEST}


def phone(contact_at=NOW, revoked_at=None, contiguous=5, highest=5, device_id="a", manifest=FINE, **said):
    said = {**manifest, **said} if manifest else {}
    return Device("c", device_id, "huong", "", revoked_at, contact_at, contiguous, highest, said, "2026-11-01T02:00:00.000Z", None)


@pytest.mark.parametrize(("device", "troubles"), [
    (phone(), []),
    (phone("2026-11-18T02:00:01.000Z", unsent=1), []),
    (phone("2026-11-18T02:00:00.000Z", unsent=1), ["unsent_and_silent"]),
    (phone("2026-11-18T02:00:00.000Z"), []),
    (phone("2026-11-13T02:00:00.000Z"), ["silent"]),
    (phone(unsent=1, oldest="2026-11-18T02:00:00.000Z"), ["unsent_long"]),
    (phone(unsent=1, oldest="2026-11-19T02:00:00.000Z"), []),
    (phone(unsent=1, oldest="no moment"), []),
    (phone(unsent=1, oldest="2026-11-18"), []),
    (phone(highest=7), ["numbers_missing"]),
    (phone(used=81), ["storage_full"]),
    (phone(quota=None, used=81), []),
    (phone(persisted=False, used=81), ["storage_full", "not_persisted"]),
    (phone(version="ba9876543210"), ["old_version"]),
    (phone(version="demo"), []),
    (phone("2026-11-19T02:00:00.000Z", manifest={}), ["never_synced"]),
    (phone(manifest={}), []),
    (phone(revoked_at="2026-11-19T02:00:00.000Z", persisted=False), ["revoked_and_sending"]),
    (phone(revoked_at=NOW, persisted=False, highest=7), []),
])  # fmt: skip
def test_what_a_phone_is_in_trouble_for(device, troubles):
    assert fleet([device], {}, NOW, {}, NEWEST)[0].troubles == troubles


def test_numbers_that_came_out_of_order_are_not_missing():
    (seen,) = fleet([phone(contiguous=1, highest=5)], {}, NOW, {"a": 3}, NEWEST)
    assert seen.missing == 1


def test_the_gravest_trouble_stands_first_and_revoked_phones_last():
    phones = [
        phone(device_id="revoked", revoked_at=NOW), phone(device_id="fine"), phone(device_id="quiet", contact_at="2026-11-19T01:00:00.000Z"),
        phone(device_id="old", version="ba9876543210"), phone(device_id="gap", highest=6),
        phone(device_id="lost", contact_at="2026-11-10T02:00:00.000Z", unsent=4),
    ]  # fmt: skip
    assert [each.device.device_id for each in fleet(phones, {}, NOW, {}, NEWEST)] == ["lost", "gap", "old", "quiet", "fine", "revoked"]
    assert next(iter(TROUBLES)) == "unsent_and_silent"
