"""The commune of the phone's bench: 3,000 households of four in four villages, half of them visited, all on one member's phone; among them a
house of thirty and one of a single person, to see what the size of a house costs."""

import random
from collections.abc import Callable

from fieldapp.bench.commune import COMMUNE, NOW, Commune, founded, phone_of, visited
from fieldapp.demo import answers
from fieldapp.demo.phone import Post
from fieldapp.intake.judge import convene
from fieldapp.intake.receive import take
from fieldapp.intake.sealed import unseal
from fieldapp.store import accounts, devices
from fieldapp.store.accounts import Account
from fieldapp.store.engine import Engine, writing
from fieldapp.survey.event import dumps
from fieldapp.survey.ids import person_id, uuid7

HOUSEHOLDS, VILLAGES, VISITED = 3_000, 4, 0.5
MEMBER = "member"
# The sizes of the houses that answers are timed in, each under the name of its head.
SIZES = {"Một Người": 1, "Bốn Người": 4, "Ba Mươi": 30}
HELPED = "Cần VNeID"
# Everybody there has everything but VNeID, and that only the head has not.
ALL_WELL = {
    "phone": "smartphone", "network_4g": "yes", "vneid": "level2", "epay": ["bank"], "health_record": "seen", "esign": "yes",
    "online_service": "self", "digital_skills": "trained", "benefit": "not_receiving",
}  # fmt: skip
HOUSE = {"internet": "fixed", "electricity_cashless": "yes", "address_code": "yes", "zalo_group": "yes", "camera": "no", "business": "no"}


def full(engine: Engine, posting: Callable[[], Post]) -> tuple[str, dict[str, str]]:
    """The enrolment code of the member of all villages, and the ids of the houses of SIZES and of HELPED by their head's name."""
    commune = founded(engine, VILLAGES, HOUSEHOLDS - len(SIZES) - 1)
    visited(commune, posting(), VISITED)
    named = {name: _registered(commune, name, size) for name, size in {**SIZES, HELPED: 2}.items()}
    _all_well(commune, posting(), *named[HELPED])
    with writing(engine) as connection:
        accounts.add(connection, Account(COMMUNE, MEMBER, "Thành viên", "member"))
        for village_id in commune.villages:
            accounts.assign(connection, COMMUNE, MEMBER, village_id, "2026-01-01")
        code = devices.new_code(connection, COMMUNE, MEMBER, "2099-01-01T00:00:00.000Z")
    return code, {name: household for name, (household, _people) in named.items()}


def _registered(commune: Commune, head: str, size: int) -> tuple[str, list[str]]:
    chance = random.Random(head)
    household, ids = uuid7(1_760_000_000_000, chance.randbytes(10)), [person_id(chance.randbytes(10)) for _ in range(size)]
    people = [
        answers.person(each, head if place == 0 else f"Người Thứ {place + 1}", 1980, "female", "head" if place == 0 else "other")
        for place, each in enumerate(ids)
    ]
    event: dict[str, object] = {
        "id": household, "kind": "register", "commune": COMMUNE, "household": household, "device": None, "n": None, "after": None,
        "member": "officer", "at": "2026-06-01T02:00:00.000Z", "base": [], "questionnaire": None, "campaign": None,
        "salt": chance.randbytes(10).hex(), "body": answers.register(commune.villages[0], people, "roster", "Ngõ 0"),
    }  # fmt: skip
    with writing(commune.engine) as connection:
        batch = [unseal(dumps(event))]
        take(connection, convene(connection, COMMUNE, None, batch), batch, NOW)
    return household, ids


def _all_well(commune: Commune, post: Post, household: str, people: list[str]) -> None:
    phone = phone_of(commune, commune.villages[0], post, "visitor")
    found = {each: {**ALL_WELL, "vneid": "none" if place == 0 else "level2"} for place, each in enumerate(people)}
    phone.seal("visit", household, answers.visit(house=HOUSE, people=found), base=[household])
    _, answer = phone.call(phone.outbox, limit=1)
    assert [receipt["outcome"] for receipt in answer["receipts"]] == ["stored"], answer["receipts"]
