"""Bench: a hundred phones that come for their villages in the same moment, 250 visited households each, as on a campaign's first morning; beside
the same bytes served raw."""

import gzip
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from fieldapp.bench.commune import founded, phone_of, visited
from fieldapp.bench.row import Row
from fieldapp.bench.served import posting, serving, serving_raw
from fieldapp.demo.phone import Phone
from fieldapp.store.engine import open_engine
from fieldapp.store.migrate import upgrade

PHONES, HOUSEHOLDS, VILLAGES = 100, 250, 4
# Times the floor, which reads no database and squeezes nothing.
GOAL_ALL, GOAL_P95 = 80, 120


def run() -> list[Row]:
    """Seconds until the last phone has all, p95 of the calls, and how many failed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'commune.sqlite'}"
        engine = open_engine(url)
        upgrade(engine)
        commune = founded(engine, VILLAGES, VILLAGES * HOUSEHOLDS)
        with serving(folder, url) as port:
            visited(commune, posting(port))
            phones = [phone_of(commune, commune.villages[each % VILLAGES], posting(port), f"phone-{each}") for each in range(PHONES)]
            took, seconds, wrong = _at_once([_all_of(phone) for phone in phones])
            body = _answer_to(phones[0])
        (folder / "answer").write_bytes(body)
        with serving_raw(folder / "answer") as port:
            raw = [posting(port) for _ in phones]
            least, floor, _ = _at_once([lambda post=post: post("/", {}, b"{}")[0] == 200 for post in raw])  # type: ignore[misc]
        engine.dispose()
    return [
        Row("sync", "100 first syncs at once, the last has all", seconds, "s", floor, f"at most {GOAL_ALL} × floor", seconds <= GOAL_ALL * floor),
        Row("sync", "100 first syncs at once, p95 of the calls", _p95(took), "ms", _p95(least), f"at most {GOAL_P95} × floor",
            _p95(took) <= GOAL_P95 * _p95(least)),
        Row("sync", "100 first syncs at once, errors", wrong, "errors", None, "0", wrong == 0),
    ]  # fmt: skip


def _all_of(phone: Phone) -> Callable[[], bool]:
    def taken() -> bool:
        phone.sync()
        return len(phone.households) == HOUSEHOLDS

    return taken


def _answer_to(phone: Phone) -> bytes:
    """The bytes of a first sync, as they go over the wire."""
    phone.cursors = {}
    kept: list[bytes] = []
    post = phone.post

    def keeping(path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        status, answer = post(path, headers, body)
        kept.append(gzip.compress(answer, 6))
        return status, answer

    phone.post = keeping
    phone.call([])
    return kept[0]


def _at_once(calls: list[Callable[[], bool]]) -> tuple[list[float], float, int]:
    """Seconds of each call, seconds until the last was done, how many went wrong."""
    took: list[float] = []
    wrong: list[object] = []
    start = threading.Barrier(len(calls) + 1)

    def run(call: Callable[[], bool]) -> None:
        start.wait()
        begun = time.perf_counter()
        try:
            right = call()
        except Exception:
            right = False
        took.append(time.perf_counter() - begun)
        if not right:
            wrong.append(call)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return took, time.perf_counter() - begun, len(wrong)


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100, method="inclusive")[94] * 1000
