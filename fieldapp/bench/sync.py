"""Bench: household visits a second through HTTP, durable, all derived work done, beside the same bytes put raw into tables of the same shape.

Eight phones of one commune send batches of fifty visits to households of four at the same time, each taking back what changed, as phones do."""

import gzip
import json
import random
import sqlite3
import tempfile
import threading
import time
from pathlib import Path

import msgspec

from fieldapp.bench import first_sync, one_visit
from fieldapp.bench.commune import COMMUNE, Commune, founded, phone_of, visit
from fieldapp.bench.row import Row
from fieldapp.bench.served import posting, serving
from fieldapp.demo.phone import Phone, Post
from fieldapp.store.engine import open_engine, reading
from fieldapp.store.migrate import upgrade
from fieldapp.store.rebuild import differences
from fieldapp.survey.event import sha256_of

PHONES, BATCH, BATCHES = 8, 50, 16
GOAL_PER_S = 1_270

def run() -> list[Row]:
    """The rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_measured(Path(folder)), *one_visit.run(), *first_sync.run()]


def _measured(folder: Path) -> list[Row]:
    url = f"sqlite:///{folder / 'commune.sqlite'}"
    engine = open_engine(url)
    upgrade(engine)
    commune = founded(engine, PHONES, PHONES * BATCH * BATCHES)
    with serving(folder, url) as port:
        batches = _sealed(commune, posting(port))
        seconds = _sent(port, batches)
    visits = PHONES * BATCH * BATCHES
    with reading(engine) as connection:
        wrong = differences(connection, COMMUNE)
    texts = [text for _, phone_batches in batches for batch in phone_batches for text in batch]
    floor = visits / _raw(folder / "floor.sqlite", texts)
    return [
        Row("sync", "household visits a second", visits / seconds, "visits/s", floor, f"at least {GOAL_PER_S}", visits / seconds >= GOAL_PER_S),
        Row("sync", "differences after a rebuild", len(wrong), "differences", None, "0", not wrong),
    ]


def _sealed(commune: Commune, post: Post) -> list[tuple[Phone, list[list[str]]]]:
    """Every phone's batches, sealed beforehand: the phones' own work is not the server's."""
    found = []
    for village_id in commune.villages:
        phone, chance = phone_of(commune, village_id, post), random.Random(village_id)
        _take_all(phone)
        households = commune.households[village_id]
        texts = [visit(phone, chance, *household) for household in households]
        found.append((phone, [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]))
    return found


def _take_all(phone: Phone) -> None:
    while phone.call([])[1]["more"]:
        phone.sync(limit=500)
    phone.sync()


class Answer(msgspec.Struct):
    """What the sender needs of an answer; the rest is read past: a phone's own work is not the server's."""

    receipts: list[dict[str, str | None]]
    cursors: dict[str, str]


def _sent(port: int, batches: list[tuple[Phone, list[list[str]]]]) -> float:
    """Seconds until the last phone has its last receipt."""
    failures: list[str] = []
    decoder = msgspec.json.Decoder(Answer)

    def send(phone: Phone, phone_batches: list[list[str]]) -> None:
        post, cursors = posting(port), phone.cursors
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip", "Authorization": f"Bearer {phone.token}"}
        for texts in phone_batches:
            request = {"protocol": 1, "device": phone.device, "clock": phone.at, "cursors": cursors, "events": texts}
            status, answer = post("/api/sync", headers, gzip.compress(msgspec.json.encode(request), 1))
            told = decoder.decode(answer)
            cursors = told.cursors
            if status != 200 or any(receipt["outcome"] != "stored" for receipt in told.receipts):
                failures.append(str(answer[:300]))

    threads = [threading.Thread(target=send, args=each) for each in batches]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    assert not failures, failures[0]
    return seconds


def _raw(path: Path, texts: list[str]) -> float:
    """Seconds to put the same texts raw into tables of the same shape, durable by batches: a journal row, its household's and its people's."""
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE journal (commune TEXT, sequence INTEGER, id TEXT, sha256 TEXT, text TEXT,"
        " PRIMARY KEY (commune, sequence), UNIQUE (commune, id, sha256));"
        "CREATE TABLE household (commune TEXT, id TEXT, state TEXT, PRIMARY KEY (commune, id));"
        "CREATE TABLE balance (commune TEXT, village TEXT, indicator TEXT, yes INTEGER, PRIMARY KEY (commune, village, indicator))"
    )
    events = [(json.loads(text), text) for text in texts]
    rows = [("c", i, event["id"], sha256_of(text), text) for i, (event, text) in enumerate(events)]
    states = [("c", event["household"], json.dumps(event["body"], ensure_ascii=False)) for event, _ in events]
    started = time.perf_counter()
    for start in range(0, len(rows), BATCH):
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?)", rows[start : start + BATCH])
        database.executemany("INSERT INTO household VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state", states[start : start + BATCH])
        database.executemany(
            "INSERT INTO balance VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET yes = yes + 1", [("c", "v", str(i)) for i in range(24)]
        )
        database.execute("COMMIT")
    seconds = time.perf_counter() - started
    database.close()
    return seconds
