"""A commune of any size for the benches: villages, households of four from the roster, phones, and full visits to all of them. Seeded."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from fieldapp.demo import answers
from fieldapp.demo.phone import Phone, Post
from fieldapp.intake.judge import convene
from fieldapp.intake.receive import take
from fieldapp.intake.sealed import unseal
from fieldapp.store import accounts, areas, devices
from fieldapp.store.accounts import Account
from fieldapp.store.engine import Engine, writing
from fieldapp.survey.event import dumps
from fieldapp.survey.ids import person_id, uuid7
from fieldapp.survey.questionnaire import NAMES, load

COMMUNE = "bench"
NOW = "2026-11-20T02:00:00.000Z"
PEOPLE = 4
AT_ONCE = 500
FAMILY, GIVEN = ("Lê", "Nguyễn", "Trần", "Đỗ", "Hoàng", "Phạm"), ("Đào", "Hoà", "Tuấn", "Hường", "Ánh", "Bình", "Lan", "Minh")
QUESTIONNAIRE = load(NAMES[-1])
ASKED = {group: [q for q in QUESTIONNAIRE.of_group[group] if q.type.startswith("select")] for group in ("house", "people")}
NOT_SAID, NOT_SAID_SHARE = ("unknown", "refused"), 0.06
IDENTITY = ("name", "birth_year", "sex", "relation", "residence", "answered_by")


@dataclass
class Commune:
    """households: village → [(household, its people)]."""

    engine: Engine
    villages: list[str]
    households: dict[str, list[tuple[str, list[str]]]] = field(default_factory=dict)


def founded(
    engine: Engine, villages: int, households: int, seed: int = 1, password_hash: str | None = None, day: str = "2026-06-01",
    people: Sequence[int] = (PEOPLE,),
) -> Commune:  # fmt: skip
    """Found the commune with its roster and its officer (username `officer`). Households are spread evenly; nobody was visited yet.

    day: on which the roster came; people: how many a household has, by chance one of these."""
    chance = random.Random(seed)
    commune = Commune(engine, [f"village-{number}" for number in range(1, villages + 1)])
    with writing(engine) as connection:
        areas.found_commune(connection, areas.Commune(COMMUNE, "15835", "Xã Đo Tốc Độ", "Tỉnh Thanh Hóa", "epoch"), "2025-07-01")
        accounts.add(connection, Account(COMMUNE, "officer", "Cán bộ", "officer", username="officer", password_hash=password_hash))
        for number, village_id in enumerate(commune.villages, start=1):
            areas.found_village(connection, COMMUNE, areas.Village(village_id, f"Thôn {number}", "thon", False, number, "2025-07-01"))
    for start in range(0, households, AT_ONCE):
        texts = []
        for index in range(start, min(start + AT_ONCE, households)):
            village_id = commune.villages[index % villages]
            household_id = uuid7(1_760_000_000_000 + index, chance.randbytes(10))
            living = [person_id(chance.randbytes(10)) for _ in range(chance.choice(people))]
            commune.households.setdefault(village_id, []).append((household_id, living))
            texts.append(_register(chance, household_id, village_id, living, day))
        with writing(engine) as connection:
            batch = [unseal(text) for text in texts]
            take(connection, convene(connection, COMMUNE, None, batch), batch, NOW)
    return commune


def _register(chance: random.Random, household_id: str, village_id: str, people: list[str], day: str) -> str:
    roster = [
        answers.person(
            each, f"{chance.choice(FAMILY)} {chance.choice(('Thị', 'Văn', 'Đức'))} {chance.choice(GIVEN)}", chance.randint(1940, 2022),
            chance.choice(("male", "female")), "head" if place == 0 else "child",
        )
        for place, each in enumerate(people)
    ]  # fmt: skip
    return dumps(
        {
            "id": household_id, "kind": "register", "commune": COMMUNE, "household": household_id, "device": None, "n": None, "after": None,
            "member": "officer", "at": f"{day}T02:00:00.000Z", "base": [], "questionnaire": None, "campaign": None,
            "salt": chance.randbytes(10).hex(),
            "body": answers.register(village_id, roster, "roster", f"Ngõ {chance.randint(1, 40)}"),
        }
    )  # fmt: skip


def phone_of(commune: Commune, village_id: str, post: Post, name: str = "member", at: str = "2026-10-01T02:00:00.000Z") -> Phone:
    """An enrolled phone of a member of that village; a second member there has another name."""
    account_id = f"{name}-{village_id}"
    with writing(commune.engine) as connection:
        accounts.add(connection, Account(COMMUNE, account_id, f"Thành viên {village_id}", "member"))
        accounts.assign(connection, COMMUNE, account_id, village_id, "2025-01-01")
        code = devices.new_code(connection, COMMUNE, account_id, "2027-01-01T00:00:00.000Z")
    phone = Phone(post, account_id, at)
    phone.enrol(code)
    return phone


def visit(phone: Phone, chance: random.Random, household_id: str, people: list[str], last: str | None = None) -> str:
    """A full visit: every question of the house and of its people answered; now and then some help. last: the event before it, where it is not
    the register."""
    phone.wait(minutes=6)
    if phone.at[11:13] > "09":
        phone.wait(hours=16)
    house = {question.name: _answer(chance, question) for question in ASKED["house"]}
    said = {each: {q.name: _answer(chance, q) for q in ASKED["people"] if q.name not in IDENTITY and q.name != "wants"} for each in people}
    help = [{"person": people[0], "service": "vneid_activate", "result": "done", "value": "level2"}] if chance.random() < 0.3 else []
    return phone.seal("visit", household_id, answers.visit(house=house, people=said, help=help), base=[last or household_id])


def _answer(chance: random.Random, question: object) -> object:
    """As at real doors: now and then nobody knows or nobody says, else any of the choices."""
    told = [choice for choice in question.choices if choice not in NOT_SAID]  # type: ignore[attr-defined]
    choice = chance.choice(NOT_SAID) if chance.random() < NOT_SAID_SHARE else chance.choice(told)
    return [choice] if question.type == "select_multiple" else choice  # type: ignore[attr-defined]


def visited(commune: Commune, post: Post, part: float = 1.0, seed: int = 2) -> None:
    """Let a phone in each village visit that part of its households, through the sync door."""
    chance = random.Random(seed)
    for village_id, households in commune.households.items():
        phone = phone_of(commune, village_id, post)
        for start in range(0, int(len(households) * part), 200):
            for household_id, people in households[start : start + 200]:
                visit(phone, chance, household_id, people)
            _, answer = phone.call(phone.outbox, limit=1)
            assert all(receipt["outcome"] == "stored" for receipt in answer["receipts"]), json.dumps(answer["receipts"])[:300]
            phone.outbox.clear()


def held(commune: Commune, post: Post, count: int, seed: int = 3) -> None:
    """Let a phone send so many visits to households of a village that is not its member's: each of them is held."""
    chance = random.Random(seed)
    theirs, foreign, *_rest = commune.villages
    phone = phone_of(commune, theirs, post, "stray")
    for number in range(count):
        visit(phone, chance, *commune.households[foreign][number % len(commune.households[foreign])])
        if len(phone.outbox) == 200 or number == count - 1:
            _, answer = phone.call(phone.outbox, limit=1)
            assert all(receipt["outcome"] == "held" for receipt in answer["receipts"]), json.dumps(answer["receipts"])[:300]
            phone.outbox.clear()
