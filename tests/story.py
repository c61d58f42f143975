"""A made-up story of one commune: ten households, and what four people say of them on phones and at the desk, each knowing only
some of the rest.

Every kind of event is told, in every state of ignorance: corrections of corrections, voids of voids, merges that can't be,
moves and erasures. tests/crowd.py tells the same of thousands."""

import random

from fieldapp.demo import answers
from fieldapp.survey.ids import person_id, uuid7
from fieldapp.survey.questionnaire import NAMES, load
from fieldapp.survey.service import EFFECTS

COMMUNE, VILLAGES = "thieu-trung", ("dong-cho", "dong-thanh", "phu-van")
HOUSEHOLDS, MOST_EVENTS = 10, 8
AUTHORS = {"huong": "member", "binh": "member", "tuan": "leader", "minh": "officer"}
QUESTIONS = {group: [q for q in load(NAMES[-1]).of_group[group] if q.type.startswith("select")] for group in ("house", "people")}
SERVICES = load(NAMES[-1]).services
DEVICES = {author: uuid7(1_767_240_000_000, author.encode().ljust(10, b"\0")) for author in AUTHORS}


class Story:
    """Ten households and what four people, on phones and at the desk, said of them, each knowing only some of the rest."""

    VILLAGES, HOUSEHOLDS, SAYINGS = VILLAGES, HOUSEHOLDS, HOUSEHOLDS * (MOST_EVENTS - 1)
    KINDS = (*["visit"] * 4, *["correct"] * 2, "void", *["move"] * 2, "merge", "review", "list", "erase")

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.clock = chance, 1_767_240_000_000  # 2026-01-01, 04:00 UTC
        self.numbers = dict.fromkeys(AUTHORS, 0)
        self.events: list[dict] = []
        self.about: dict[str, list[dict]] = {}
        self.people: dict[str, list[str]] = {}
        self.merged: set[str] = set()
        self.erased: set[str] = set()
        for _ in range(self.HOUSEHOLDS):
            self.register()
        self.homes = list(self.people)
        for _ in range(self.SAYINGS):
            self.say_something(chance.choice(self.homes))

    def tell(self, kind, household_id, body, author):
        event_id = uuid7(self.clock, self.chance.randbytes(10)) if household_id is not None else None
        officer = AUTHORS[author] == "officer"
        if not officer:
            self.numbers[author] += 1
        at = self.moment()
        about = [e["id"] for e in self.about.get(household_id, ())]
        known = self.chance.sample(about, self.chance.randint(0, len(about))) if about else []
        event = {
            "id": event_id, "kind": kind, "commune": COMMUNE, "household": household_id, "device": None if officer else DEVICES[author],
            "n": None if officer else self.numbers[author], "after": None, "member": author, "at": at, "base": known[:20],
            "questionnaire": None, "campaign": None, "salt": self.chance.randbytes(10).hex(), "body": body,
        }  # fmt: skip
        if household_id is None:
            event["id"] = event["household"] = uuid7(self.clock, self.chance.randbytes(10))
        self.clock += 1000
        self.events.append(event)
        self.about.setdefault(event["household"], []).append(event)
        return event

    def moment(self):
        day, hour, minute = self.chance.randrange(0, 360, 9), self.chance.randint(1, 9), self.chance.randrange(60)
        return f"2026-{day // 30 + 1:02}-{day % 30 + 1 if day // 30 != 1 else day % 28 + 1:02}T{hour:02}:{minute:02}:00.000Z"

    def other(self, home):
        """A household that may have to do with this one."""
        return self.chance.choice(self.homes)

    def register(self):
        people = [person_id(self.chance.randbytes(10)) for _ in range(self.chance.randint(1, 4))]
        years = [None, 1940, 1960, 1965, 1969, 1990, 2010, 2014, 2020]
        roster = [
            {"id": each, "name": f"Người {each}", "birth_year": self.chance.choice(years), "sex": self.chance.choice([None, "male", "female"]),
             "relation": "head", "residence": self.chance.choice([None, "permanent", "away"])}
            for each in people
        ]  # fmt: skip
        author = self.chance.choice(list(AUTHORS))
        event = self.tell("register", None, answers.register(self.chance.choice(self.VILLAGES), roster), author)
        self.people[event["household"]] = people

    def say_something(self, home):
        kind = self.chance.choice(self.KINDS)
        officers_own = kind in ("void", "merge", "review", "list", "erase")
        author = "minh" if officers_own else self.chance.choice(["huong", "binh", "tuan"])
        body = getattr(self, f"a_{kind}")(home)
        if body is not None:
            self.tell(kind, home, body, author)

    def values(self, group, share=0.4):
        return {
            q.name: self.answer(q)
            for q in QUESTIONS[group]
            if q.name not in ("wants", "answered_by", "sex", "relation") and self.chance.random() < share
        }

    def answer(self, question):
        choice = self.chance.choice(question.choices)
        return [choice] if question.type == "select_multiple" else choice

    def a_visit(self, home):
        outcome = self.chance.choice(["done", "done", "done", "partly", "absent", "refused", "vacant", "moved"])
        people = {p: self.values("people") for p in self.people[home] if self.chance.random() < 0.8}
        return answers.visit(outcome, self.values("house"), people, [self.a_help(home) for _ in range(self.chance.randint(0, 2))])

    def a_help(self, home):
        service = self.chance.choice(list(EFFECTS))
        done = self.chance.random() < 0.7
        help = {"person": self.chance.choice(self.people[home]), "service": service, "result": "done" if done else "declined"}
        options = SERVICES[service].get("options")
        if done and options:
            help["value"] = self.chance.choice(options)
        return help

    def some_event(self, home, *kinds):
        told = [e for e in self.about[home] if e["kind"] in kinds]
        return self.chance.choice(told) if told else None

    def a_correct(self, home):
        target = self.some_event(home, "visit", "register")
        person = self.chance.choice(self.people[home])
        fields = self.chance.choice([
            {"people": {person: self.values("people")}}, {"house": {name: None for name in self.values("house")}},
            {"house": self.values("house")}, {"outcome": "refused"}, {"people": {person: {"birth_year": 1950, "phone": None}}},
        ])  # fmt: skip
        if target["kind"] == "register":
            fields = {"people": {person: {"birth_year": 1955, "sex": "female"}}, "village": self.chance.choice(self.VILLAGES)}
        return {"event": target["id"], "fields": fields, "reason": "gõ nhầm"}

    def a_void(self, home):
        target = self.some_event(home, "visit", "correct", "void", "move", "merge", "review", "list")
        return target and {"event": target["id"], "reason": "nhầm"}

    def a_move(self, home):
        person, other = self.chance.choice(self.people[home]), self.other(home)
        newcomer = {"name": "Người mới", "birth_year": 1999, **self.values("people")}
        return self.chance.choice(
            [
                {"village": self.chance.choice(self.VILLAGES), "reason": "tách thôn"},
                {"person": person, "to": other, "reason": "lấy chồng"},
                {"person": person_id(self.chance.randbytes(10)), "from": other, "values": newcomer, "reason": ""},
            ]
        )

    def a_merge(self, home):
        other = self.other(home)
        if self.erased & {home, other}:
            return None  # held or not, that hangs on which comes first: a decision of the server's
        self.merged |= {home, other}
        theirs = [p for p in self.people[other] if self.chance.random() < 0.6]
        return {"other": other, "people": {p: self.chance.choice(self.people[home]) for p in theirs}, "reason": "ghi hai lần"}

    def a_review(self, home):
        target = self.some_event(home, "visit")
        if target is None or self.chance.random() < 0.5:
            return {"event": None, "outcome": "settled", "people": {self.chance.choice(self.people[home]): self.values("people")}}
        return {"event": target["id"], "outcome": self.chance.choice(["approved", "returned"]), "comment": "Xem lại"}

    def a_list(self, home):
        return {"poverty": self.chance.choice(["poor", "near_poor", "none"]), "list": "Hộ nghèo 2026"}

    def a_erase(self, home):
        if self.chance.random() < 0.5:
            return None
        person = self.chance.choice([*self.people[home], None])
        if person is None and home in self.merged:
            return None
        if person is None:
            self.erased.add(home)
        return {"person": person, "counted": self.chance.random() < 0.6, "reason": "yêu cầu"}
