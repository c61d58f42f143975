"""The command: round after round Hường makes visits while something is killed; in the end nothing may be lost, double or different."""

import json as json_of
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from fieldapp.browsing.chromium import running
from fieldapp.browsing.site import Site
from fieldapp.kills import count
from fieldapp.kills.between import Between
from fieldapp.kills.commune import Commune, founded
from fieldapp.kills.phone import Phone
from fieldapp.kills.plan import Round, rounds
from fieldapp.store.engine import open_engine
from fieldapp.store.migrate import upgrade

ROUNDS, SEED = 200, 1
PATIENCE_S = 120
MOST_SHOWN = 500
KILLING = ("browser", "start", "both")


@dataclass
class Told:
    """What a run came to. kills: kind → rounds; visits: shown as saved; disturbed: answers that came cut or were a portal's; lost,
    double, differences: a line for each."""

    seed: int
    rounds: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    visits: int = 0
    disturbed: int = 0
    seconds: int = 0
    lost: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not (self.lost or self.double or self.differences)


def kills(rounds: int | None, seed: int | None, json: Path | None) -> int:
    """Plays the rounds over a commune in a folder that goes away, and tells what came of it; 0 when nothing is lost, double or different."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        engine = open_engine(f"sqlite:///{Path(made) / 'commune.sqlite'}")
        upgrade(engine)
        told = played(engine, Path(made), ROUNDS if rounds is None else rounds, SEED if seed is None else seed, _show)
        engine.dispose()
    for line in (*told.lost, *told.double, *told.differences):
        print(line[:MOST_SHOWN])
    by_kind = ", ".join(f"{kind} {times}" for kind, times in sorted(told.kills.items()))
    print(f"{told.rounds} vòng, {told.visits} lượt đến, {told.seconds} giây · rounds, visits, seconds; seed {told.seed}")
    print(f"{by_kind}; {told.disturbed} câu trả lời bị cắt hoặc bị thay · answers cut or replaced")
    print(f"lost {len(told.lost)}, double {len(told.double)}, differences {len(told.differences)}")
    if json is not None:
        json.write_text(json_of.dumps(asdict(told), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0 if told.sound else 1


def _show(round_: Round, visits: int, seconds: float) -> None:
    print(f"{round_.number}: {round_.kind}, {visits} lượt đến · visits, {seconds:.1f} s", flush=True)


def played(engine: Any, folder: Path, count_of_rounds: int, seed: int, show: Callable[[Round, int, float], None]) -> Told:
    """Play a run over a prepared and empty database; folder: for the server's data and the browser's profile."""
    began, told = time.monotonic(), Told(seed)
    commune = founded(engine, folder / "data")
    with stage(commune, folder) as world:
        phone = world.phone
        phone.enrol(commune.code())
        for round_ in rounds(seed, count_of_rounds, commune.houses):
            _play(round_, world)
            told.rounds += 1
            told.kills[round_.kind] = told.kills.get(round_.kind, 0) + 1
            show(round_, len(phone.saved), time.monotonic() - began)
        phone.close()
        _quiet(phone)
        told.lost, told.double = count.lost(commune, phone), count.double(commune, phone)
        told.differences = count.differences(commune, phone)
        told.visits, told.disturbed = len(phone.saved), world.between.disturbed
    told.seconds = round(time.monotonic() - began)
    return told


@dataclass(frozen=True)
class World:
    """The server, what stands before it, and the phone. folder: for all of them."""

    commune: Commune
    folder: Path
    site: Site
    between: Between
    phone: Phone


@contextmanager
def stage(commune: Commune, folder: Path) -> Iterator[World]:
    """A world that serves; all gone in the end."""
    site, between = Site(commune.engine, folder / "data"), Between()
    phone = Phone(folder / "profile", between.address)
    try:
        site.start()
        between.server_port = site.port
        yield World(commune, folder, site, between, phone)
    finally:
        if running(phone.profile):
            phone.kill()
        phone.gone()
        between.close()
        site.stop()


def _play(round_: Round, world: World) -> None:
    """One round: its visits, and what happens meanwhile. What was not shown as saved when the browser died is visited again."""
    phone = world.phone
    if round_.kind == "start":
        phone.close()
    fault = threading.Thread(target=_happen, args=(round_, world))
    if round_.kind != "start":
        phone.open()
    fault.start()
    try:
        phone.open()
        _visit(phone, round_)
    except Error:
        if round_.kind not in KILLING:
            raise
    fault.join()
    if round_.kind in KILLING:
        phone.gone()
        phone.open()
        left = [visit for visit in round_.visits if visit["number"] not in phone.saved.values()]
        phone.begin(left)
        phone.finish()


def _visit(phone: Phone, round_: Round) -> None:
    first, others = (round_.visits[:1], round_.visits[1:]) if round_.by_screens else ([], round_.visits)
    phone.begin(others)
    if round_.kind == "offline":
        phone.page.wait_for_timeout(round_.after_ms)
        phone.page.context.set_offline(True)
    phone.finish()
    for visit in first:
        phone.visit_by_screens(visit)
    if round_.kind == "offline":
        phone.page.context.set_offline(False)


def _happen(round_: Round, world: World) -> None:
    """In a thread of its own: the page is busy meanwhile, and nothing asks it."""
    site, between, phone = world.site, world.between, world.phone
    time.sleep(round_.after_ms / 1000)
    if round_.kind in KILLING:
        while running(phone.profile) is None:
            time.sleep(0.01)
    if round_.kind in ("server", "both"):
        site.stop()
    if round_.kind in KILLING:
        phone.kill()
    if round_.kind in ("page", "cut"):
        between.mode = round_.kind
    if round_.backup:
        world.commune.backed_up(world.folder / f"{round_.number}.tung-nha")
    time.sleep(round_.away_ms / 1000)
    between.mode = "through"
    if site.process is None:
        site.start()


def _quiet(phone: Phone) -> None:
    """Nothing happens any more: all gets through."""
    phone.open()
    until = time.monotonic() + PATIENCE_S
    while not (phone.sync() and phone.says_all_sent()) and time.monotonic() < until:
        phone.page.wait_for_timeout(200)
    assert phone.says_all_sent(), phone.page.get_by_test_id("sending").inner_text()
