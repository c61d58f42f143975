"""Phones that send over a real network from threads of their own, while a test does harm to the server."""

import gzip
import http.client
import json
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select

from fieldapp.demo import answers
from fieldapp.demo.phone import Phone, Post
from fieldapp.store import devices
from fieldapp.store.engine import reading, writing
from fieldapp.store.tables import journal
from fieldapp.survey.day import moment
from fieldapp.survey.event import sha256_of
from tests.conftest import HERE

FAR_AWAY = "2100-01-01T00:00:00.000Z"
PATIENCE_SECONDS, PAUSE_SECONDS = 60, 0.05
MOST_WAITING = 40
NO_ANSWER = (OSError, http.client.HTTPException, EOFError)


def posting(address: Callable[[], str]) -> Post:
    """Calls over one connection that is opened anew when it broke. Raises one of NO_ANSWER where none of ours came whole."""
    kept: list[http.client.HTTPConnection] = []

    def post(path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        if not kept:
            kept.append(http.client.HTTPConnection(address().removeprefix("http://"), timeout=PATIENCE_SECONDS))
        try:
            kept[0].request("POST", path, body, {**headers, "Accept-Encoding": "gzip", "Accept-Language": "vi"})
            answer = kept[0].getresponse()
            sent = answer.read()
        except NO_ANSWER:
            kept.pop().close()
            raise
        if answer.headers.get("X-Tung-Nha") != "1":
            raise ConnectionError(f"not ours: {answer.status} {sent[:200]!r}")
        return answer.status, gzip.decompress(sent) if answer.headers.get("Content-Encoding") == "gzip" else sent

    return post


def phone_of(engine: Engine, account_id: str, address: Callable[[], str], seed: str) -> Phone:
    """An enrolled phone of a member of xã Thiệu Trung; its clock stands three days back."""
    with writing(engine) as connection:
        code = devices.new_code(connection, HERE, account_id, FAR_AWAY)
    phone = Phone(posting(address), seed, moment(datetime.now(UTC) - timedelta(days=3)))
    phone.enrol(code)
    return phone


def a_visited_house(phone: Phone) -> str:
    """A household found at the door and visited, both in the phone's outbox; its id."""
    people = [phone.new_person(), phone.new_person()]
    roster = [answers.person(people[0], "Lê Văn Đào"), answers.person(people[1], "Đỗ Thị Hoà")]
    household = json.loads(phone.seal("register", None, answers.register("dong-cho", roster)))["household"]
    phone.wait(seconds=20)
    phone.seal("visit", household, answers.visit(people={people[0]: {"phone": "smartphone"}}), base=[household])
    phone.wait(seconds=20)
    return household


class Sender:
    """A phone that goes on visiting and sending. receipts: (when it came, sha256); refusals: what it was told instead of receipts;
    confirmed: (when, up to which number)."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.texts: list[str] = []
        self.receipts: list[tuple[float, str]] = []
        self.refusals: list[tuple[int, dict[str, Any]]] = []
        self.confirmed: list[tuple[float, int]] = []

    def go_on(self, until: threading.Event) -> None:
        """Visit and send, visit and send; what got no receipt is sent again with the next."""
        while not until.is_set():
            if len(self.phone.outbox) < MOST_WAITING:
                self.visit()
            if not self.send():
                time.sleep(PAUSE_SECONDS)

    def visit(self) -> None:
        """Register and visit one household more."""
        a_visited_house(self.phone)
        self.texts += self.phone.outbox[-2:]

    def send(self) -> bool:
        """One call; whether it brought receipts."""
        try:
            status, answer = self.phone.call(self.phone.outbox, limit=5)
        except NO_ANSWER:
            return False
        now = time.monotonic()
        if status != 200:
            self.refusals.append((status, answer))
            return False
        self.receipts += [(now, receipt["sha256"]) for receipt in answer["receipts"]]
        self.confirmed.append((now, answer["confirmed"]))
        received = {receipt["sha256"] for receipt in answer["receipts"]}
        self.phone.outbox = [text for text in self.phone.outbox if sha256_of(text) not in received]
        self.phone.cursors = answer["cursors"]
        return True

    @property
    def promised(self) -> set[str]:
        """The hashes of which it has a receipt."""
        return {sha256 for _, sha256 in self.receipts}


@contextmanager
def sending(senders: Iterable[Sender]):
    """All of them at work while the block runs."""
    until = threading.Event()
    with working([lambda sender=sender: sender.go_on(until) for sender in senders]):
        try:
            yield
        finally:
            until.set()


@contextmanager
def working(works: Iterable[Callable[[], object]]):
    """Each in a thread of its own while the block runs; waits for all, and raises what the first of them stumbled over."""
    stumbled: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as why:
            stumbled.append(why)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()
    if stumbled:
        raise stumbled[0]


def kept_hashes(engine: Engine) -> list[str]:
    """Of each row of the journal of xã Thiệu Trung the hash, by sequence."""
    with reading(engine) as connection:
        return list(connection.execute(select(journal.c.sha256).where(journal.c.commune_id == HERE).order_by(journal.c.sequence)).scalars())
