"""A phone without a screen: numbers, seals and sends events just as static/phone does. The demo, the tests and the speed figures hold it."""

import gzip
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fieldapp.survey.day import instant, moment
from fieldapp.survey.event import dumps, sha256_of
from fieldapp.survey.ids import person_id, uuid7

# path, headers, body → status, body
Post = Callable[[str, dict[str, str], bytes], tuple[int, bytes]]

PROTOCOL = 2
MANIFEST = {"oldest": None, "quota": None, "used": None, "persisted": True, "version": "demo"}


@dataclass
class Phone:
    """One phone. post: how its calls reach the server; seed: makes its ids, so that a demo is the same every time; at: its clock;
    form: the newest questionnaire that it has, where it asks for newer ones."""

    post: Post
    seed: int | str
    at: str
    device: str = ""
    token: str = ""
    epoch: str | None = None
    member: str = ""
    commune: str = ""
    n: int = 0
    after: str | None = None
    outbox: list[str] = field(default_factory=list)
    cursors: dict[str, str] = field(default_factory=dict)
    households: dict[str, dict[str, Any]] = field(default_factory=dict)
    form: str | None = None

    def __post_init__(self) -> None:
        self.random = random.Random(f"phone {self.seed}")
        self.device = self.device or self.new_id()

    def new_id(self) -> str:
        return uuid7(int(instant(self.at).timestamp() * 1000), self.random.randbytes(10))

    def new_person(self) -> str:
        return person_id(self.random.randbytes(10))

    def wait(self, **time: float) -> None:
        """Let the phone's clock go on: minutes=2."""
        self.at = moment(instant(self.at) + timedelta(**time))

    def set_clock(self, now: datetime) -> None:
        self.at = moment(now)

    def enrol(self, code: str) -> dict[str, Any]:
        """Become the member's whose code it is; the server's answer comes back."""
        status, answer = self._call("/api/enrol", {"protocol": PROTOCOL, "code": code, "device": self.device, "clock": self.at, "version": "demo"})
        assert status == 200, answer
        self.token, self.epoch = answer["token"], answer["epoch"]
        self.member, self.commune = answer["member"]["id"], answer["commune"]["id"]
        self.n, self.after = max(self.n, answer["n"]), self.after or answer["after"]
        return answer

    def seal(self, kind: str, household: str | None, body: dict[str, Any], base: list[str] | None = None, **other: Any) -> str:
        """Make an event about a household (None: a new one) and put it in the outbox; its text comes back."""
        event_id = self.new_id()
        if base is None:
            base = self.households[household]["heads"] if household in self.households else []
        event = {
            "id": event_id, "kind": kind, "commune": self.commune, "household": household or event_id, "device": self.device,
            "n": self.n + 1, "after": self.after, "member": self.member, "at": self.at, "base": base,
            "questionnaire": "household-1", "campaign": None, "salt": self.random.randbytes(10).hex(), "body": body, **other,
        }  # fmt: skip
        text = dumps(event)
        self.n, self.after = self.n + 1, sha256_of(text)
        self.outbox.append(text)
        if event["household"] in self.households:
            self.households[event["household"]]["heads"] = [event_id]
        return text

    def sync(self, *texts: str, limit: int = 500) -> dict[str, Any]:
        """Send what waits (or just these texts) and take what changed, page after page; the last answer comes back with all receipts."""
        sending = list(texts) or list(self.outbox)
        receipts: list[dict[str, Any]] = []
        while True:
            status, answer = self.call(sending, limit)
            assert status == 200, answer
            receipts += answer["receipts"]
            self._take(answer)
            sending = []
            if not answer["more"]:
                return {**answer, "receipts": receipts}

    def call(self, texts: list[str], limit: int = 500, **more: Any) -> tuple[int, dict[str, Any]]:
        """One call, taken for what it is: status and answer. more: other fields of the request."""
        request = {
            "protocol": PROTOCOL, "device": self.device, "epoch": self.epoch, "clock": self.at, "cursors": self.cursors, "limit": limit,
            "events": texts, "phone": {**MANIFEST, "unsent": len(self.outbox), "last": self.n}, "form": self.form, **more,
        }  # fmt: skip
        return self._call("/api/sync", request, {"Authorization": f"Bearer {self.token}"})

    def _take(self, answer: dict[str, Any]) -> None:
        self.epoch = answer["epoch"]
        received = {receipt["sha256"] for receipt in answer["receipts"]}
        self.outbox = [text for text in self.outbox if sha256_of(text) not in received]
        for household in answer["households"]:
            self.households[household["id"]] = household
        for household_id in answer["forget"]:
            self.households.pop(household_id, None)
        self.cursors = answer["cursors"]

    def _call(self, path: str, request: dict[str, Any], headers: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
        body = gzip.compress(dumps(request).encode(), 6, mtime=0)
        status, answer = self.post(path, {"Content-Type": "application/json", "Content-Encoding": "gzip", **(headers or {})}, body)
        return status, json.loads(answer)
