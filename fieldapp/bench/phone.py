"""Bench: the phone itself, a real Chromium made six times slower, 360×740, with 3,000 households and 12,000 people on it, without a network.

What is timed begins as a finger lifts, ends with a paint (fieldapp/browsing/paint.py) and stands beside the same tap on a bare page of the
same browser. Taps are those of tests/vectors/scripted_visits.json, from the list to the list."""

import re
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
from playwright.sync_api import Page, expect

from fieldapp.bench.full_phone import HELPED, HOUSEHOLDS, SIZES, full
from fieldapp.bench.row import Row
from fieldapp.bench.served import posting, serving
from fieldapp.browsing.chromium import launch
from fieldapp.browsing.hand import VISITS, walked
from fieldapp.browsing.paint import Stopwatch
from fieldapp.store.engine import open_engine
from fieldapp.store.migrate import upgrade
from fieldapp.web.phone.shell import ONCE_SPOKEN, SCANNER, first_visit, listed

SCREEN = {"width": 360, "height": 740}
PIN = "258036"
KB = 1000
SHELL_KB, START_MS, ANSWER_MS, SEARCH_MS = 60, 700, 50, 100
STARTS, OPENINGS, TAPS = 5, 10, 40
BETWEEN_TAPS_MS = 200  # nobody reads a question and answers it in less
QUERIES = ("nguyen van", "le thi da", "hoang duc m")
BARE = """<!doctype html><meta name="viewport" content="width=device-width"><style>label { display: block; padding: 16px }</style>
<label class="a"><input type="radio" name="one"> a</label><label class="b"><input type="radio" name="one"> b</label>"""
Timed = Callable[[], list[float]]


def run() -> list[Row]:
    """Bytes of the shell, times in milliseconds, taps."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder = Path(made)
        url = f"sqlite:///{folder / 'commune.sqlite'}"
        engine = open_engine(url)
        upgrade(engine)
        with serving(folder, url) as port:
            address = f"http://127.0.0.1:{port}"
            code, houses = full(engine, lambda: posting(port))
            rows = [*_shell(address)]
            with _phone(folder, "about:blank") as (page, watch):
                rows += _first_sync(page, watch, f"{address}/phone/#enrol={code[:4]}-{code[4:]}")
        engine.dispose()
        return rows + _without_network(folder, f"{address}/phone/", houses)


def _without_network(folder: Path, address: str, houses: dict[str, str]) -> list[Row]:
    """The server is gone: each start is a cold one, of a browser that was closed."""
    starts = [_started(folder, address) for _ in range(STARTS)]
    with _phone(folder, address) as (page, watch):
        floor = _bare(page, watch)
        page.goto(address)
        _unlock(page)
        rows = [*_start_rows(starts, floor), *_open_rows(page, watch, floor)]
        for name in SIZES:
            rows.append(_answers(page, watch, floor, houses[name], SIZES[name]))
        rows += [_search(page, watch, floor), _saving(page, watch, floor)]
        return rows + [_taps(page, name) for name in VISITS]


@contextmanager
def _phone(folder: Path, address: str) -> Iterator[tuple[Page, Stopwatch]]:
    context = launch(folder / "phone", viewport=SCREEN)
    context.set_default_timeout(120_000)
    expect.set_options(timeout=120_000)
    try:
        page = context.pages[0]
        watch = Stopwatch(page)
        page.goto(address)
        yield page, watch
    finally:
        context.close()


def _shell(address: str) -> Iterator[Row]:
    """What a first visit fetches; the scanner and what it would be file by file are told apart."""

    def served(path: str) -> bytes:
        with urllib.request.urlopen(address + path) as answer:
            return bytes(answer.read())

    def weight(path: str) -> int:
        return len(brotli.compress(served(path), quality=11))

    worker = served("/phone/sw.js")
    first = sum(map(weight, first_visit(worker)))
    yield Row("phone", "shell as served, without the scanner", first / KB, "KB", None, f"at most {SHELL_KB} KB", first <= SHELL_KB * KB)
    yield Row("phone", "the scanner", weight(SCANNER) / KB, "KB")
    words = sum(weight(path) for path in listed(worker)[1] if path.startswith(ONCE_SPOKEN))
    yield Row("phone", "words of another language, when chosen", words / KB, "KB")


def _first_sync(page: Page, watch: Stopwatch, link: str) -> Iterator[Row]:
    pages: list[str] = []
    page.on("requestfinished", lambda request: pages.append(request.url) if request.url.endswith("/api/sync") else None)
    page.goto(link)
    page.reload()
    page.get_by_role("button", name="Nhận máy này").click()
    for done in ("Tiếp", "Dùng mã này"):
        _type(page)
        page.get_by_role("button", name=done, exact=True).click()
    began = time.perf_counter()
    watch.first("rows", "a.row")
    watch.told("rows")
    first_rows = time.perf_counter() - began
    expect(page.get_by_test_id("sending")).to_contain_text("Đã gửi hết")
    yield Row("phone", f"first sync of {HOUSEHOLDS:,} households, all there", time.perf_counter() - began, "s")
    yield Row("phone", "first sync, the first households on the list", first_rows, "s")
    yield Row("phone", "first sync, requests", len(pages), "requests")


def _type(page: Page) -> None:
    for digit in PIN:
        page.get_by_role("button", name=digit, exact=True).click()


def _unlock(page: Page) -> None:
    expect(page.get_by_role("heading", name="Nhập mã PIN")).to_be_visible()
    _type(page)
    page.get_by_role("button", name="Mở khóa").click()
    expect(page.locator("a.row").first).to_be_visible()


def _started(folder: Path, address: str) -> tuple[float, float]:
    """Milliseconds from the navigation to the PIN, and from the accepted PIN to the list."""
    with _phone(folder, address) as (page, watch):
        lock = watch.told("lock")
        watch.first("list", "a.row")
        _unlock(page)
        return lock, watch.told("list") - watch.marked("pin accepted")


def _start_rows(starts: list[tuple[float, float]], floor: float) -> Iterator[Row]:
    lock, listed = (statistics.median(times) for times in zip(*starts, strict=True))
    yield Row("phone", "cold start offline, to the PIN", lock, "ms", floor)
    yield Row("phone", "cold start offline, accepted PIN to list", listed, "ms", floor, f"at most {START_MS} ms", listed <= START_MS)


def _bare(page: Page, watch: Stopwatch) -> float:
    """The least that a tap costs here: two radio buttons on a page without a script."""
    page.set_content(BARE)
    took = []
    for number in range(TAPS):
        look = ".ab"[1 + number % 2]
        took.append(watch.tapped(f".{look} input:checked", page.locator(f".{look} input")))
        page.wait_for_timeout(BETWEEN_TAPS_MS)
    return _p95(took)


def _open_rows(page: Page, watch: Stopwatch, floor: float) -> Iterator[Row]:
    took = []
    for number in range(OPENINGS):
        took.append(watch.tapped("ul.people li", page.locator("a.row").nth(number)))
        page.get_by_role("button", name="Quay lại").click()
        expect(page.locator("a.row").first).to_be_visible()
    yield Row("phone", "a household opened, p95", _p95(took), "ms", floor)


def _answers(page: Page, watch: Stopwatch, floor: float, household: str, size: int) -> Row:
    """Taps on the answers of one person of a house of this size, there and back."""
    page.evaluate("(id) => { location.hash = `#/household/${id}`; }", household)
    page.get_by_role("button", name="Bắt đầu lượt đến").click()
    page.locator('input[name="consent"][value="yes"]').click()
    page.get_by_role("button", name="Tiếp: người trong nhà").click()
    page.locator("li.card button.who").first.click()
    choices = [(question, choice) for question in ("phone", "vneid", "health_record") for choice in ("none", "unknown")]
    choices = [(question, "no" if (question, choice) == ("health_record", "none") else choice) for question, choice in choices]
    took = []
    for number in range(TAPS):
        question, choice = choices[number % len(choices)]
        target = f'[data-question="{question}"] .choices:not(.part *) .choice'
        took.append(watch.tapped(f'{target}.checked input[value="{choice}"]', page.locator(f'{target} input[value="{choice}"]')))
        page.wait_for_timeout(BETWEEN_TAPS_MS)
    page.evaluate("location.hash = '#/list'")
    expect(page.locator("a.row").first).to_be_visible()
    goal, holds = (f"at most {ANSWER_MS} ms", _p95(took) <= ANSWER_MS) if size == max(SIZES.values()) else ("", None)
    return Row("phone", f"answer to next paint, p95, {size} in the house", _p95(took), "ms", floor, goal, holds)


def _search(page: Page, watch: Stopwatch, floor: float) -> Row:
    """Each key of a few names; what each brings is the list with that text in the field."""
    field = page.get_by_label("Tìm hộ")
    took = []
    for query in QUERIES:
        field.fill("")
        field.focus()
        for letter in query:
            took.append(watch.after("input", ".filters", lambda letter=letter: page.keyboard.press(letter)))  # type: ignore[misc]
    field.fill("")
    return Row("phone", "search key to results, p95", _p95(took), "ms", floor, f"at most {SEARCH_MS} ms", _p95(took) <= SEARCH_MS)


def _saving(page: Page, watch: Stopwatch, floor: float) -> Row:
    page.get_by_role("button", name=re.compile("^Đã đến")).click()
    took = []
    for number in range(OPENINGS):
        page.locator("a.row").nth(number).click()
        page.get_by_role("button", name="Không có gì thay đổi").click()
        took.append(watch.tapped("section.notice ~ *, ul.rows", page.get_by_role("button", name="Lưu lượt đến")))
        page.get_by_role("button", name=re.compile("^Đã đến")).click()
    return Row("phone", "finish to saved and back on the list, p95", _p95(took), "ms", floor)


def _taps(page: Page, name: str) -> Row:
    visit = VISITS[name]
    page.get_by_label("Tìm hộ").fill(HELPED if name == "vneid" else "")
    page.get_by_role("button", name=re.compile("^Tất cả" if name == "vneid" else "^Đã đến")).click()
    taps = walked(page, visit, person=HELPED)
    return Row("phone", f"taps: {visit['shown']}", taps, "taps", None, f"at most {visit['most_taps']}", taps <= visit["most_taps"])


def _p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=100, method="inclusive")[94]
