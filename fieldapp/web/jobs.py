"""Work that takes longer than a page may: it runs beside the server, says how far it is, and can be told to stop.

huey keeps the queue in a file of its own in the data folder: ids only, never anybody's name. A job that was cut off by a stopped server is
not begun again by itself: what it was to do is one transaction, so nothing of it was done."""

import json
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from huey import SqliteHuey, crontab
from huey.consumer import Consumer

from fieldapp.config import Settings

FILE = "jobs.sqlite"
# What somebody sits and waits for comes first; then the figures that are made again, which keep a desk closed; then what is due by the clock.
AWAITED, SOON, BY_THE_CLOCK = 2, 1, 0


class Stopped(Exception):
    """Somebody asked the job to stop; raised inside it, so that its transaction is taken back."""


class _Beside(Consumer):
    def _set_signal_handlers(self) -> None:
        """The server ends by the signals itself, and the threads end with it."""


class Jobs:
    """The jobs of one application."""

    def __init__(self, settings: Settings) -> None:
        """Until `run_beside` is called a job runs while its request waits, and no file is made."""
        settings.data_folder.mkdir(parents=True, exist_ok=True)
        self._work: dict[str, Any] = {}
        self._once: dict[tuple[str, ...], int] = {}
        self._going: set[tuple[str, ...]] = set()
        self.huey = SqliteHuey("tung-nha", filename=str(settings.data_folder / FILE), immediate=True)
        self._hourly: list[Callable[[], Any]] = []

    def define(self, name: str, work: Callable[..., None]) -> None:
        """Say what the job of this name does; its arguments are plain values."""

        def begun(*arguments: str) -> None:
            self._once.pop((name, *arguments), None)
            try:
                work(*arguments)
            finally:
                self._going.discard((name, *arguments))

        self._work[name] = self.huey.task(name=name)(begun)

    def put(self, name: str, *arguments: str, urgency: int = AWAITED) -> None:
        """Put a job into the queue."""
        self._going.add((name, *arguments))
        try:
            self.huey.enqueue(self._work[name].s(*arguments, priority=urgency))
        except BaseException:
            self._going.discard((name, *arguments))
            raise

    def is_going(self, name: str, *arguments: str) -> bool:
        """Whether this job, which is put but once, waits or runs here. What it wrote of itself may be its last word for ever: on a full disk it
        can't even say that it ended."""
        return (name, *arguments) in self._going

    def put_once(self, name: str, *arguments: str, urgency: int = AWAITED) -> None:
        """As `put`, unless it waits there already, as urgent."""
        key = (name, *arguments)
        if self._once.get(key, -1) < urgency:
            self._once.pop(key, None)  # then it comes after those that are as urgent already
            self._once[key] = urgency
            self.put(name, *arguments, urgency=urgency)

    def ahead_of(self, name: str, *arguments: str) -> int:
        """How many of the jobs that were put once begin before this one."""
        waiting = list(self._once.items())
        mine = next((place for place, (key, _) in enumerate(waiting) if key == (name, *arguments)), None)
        if mine is None:
            return 0
        return sum(each > waiting[mine][1] or (each == waiting[mine][1] and place < mine) for place, (_, each) in enumerate(waiting))

    def every_hour(self, name: str, work: Callable[[], None]) -> None:
        """Do this work when the server starts and once an hour from then on: a machine may be switched on for less than an hour a day."""
        self._hourly.append(self.huey.periodic_task(crontab(minute="17"), name=name, priority=BY_THE_CLOCK)(work))

    def begin(self, key: str) -> None:
        """Forget what was said of an earlier job under this key."""
        for kind in ("progress", "stop"):
            self.huey.get(f"{kind}:{key}")

    def report(self, key: str, done: int, all: int) -> None:
        """Say how far the job is. Raises Stopped when somebody asked it to stop."""
        self.huey.put(f"progress:{key}", json.dumps([done, all]))
        if self.huey.get(f"stop:{key}", peek=True):
            raise Stopped(key)

    def progress(self, key: str) -> tuple[int, int] | None:
        """(done, of all) as the job last said; None when it has said nothing yet."""
        said = self.huey.get(f"progress:{key}", peek=True)
        return tuple(json.loads(said)) if said else None

    def stop(self, key: str) -> None:
        """Ask the job to stop at its next report."""
        self.huey.put(f"stop:{key}", "1")

    def run_beside(self) -> None:
        """Start doing what is in the queue, in threads of this process."""
        self.huey.immediate = False
        _Beside(self.huey, workers=1, max_delay=1.0).start()
        for task in self._hourly:
            task()


def install(app: Flask, settings: Settings) -> Jobs:
    """Gives the application its jobs; they run once `run_beside` is called."""
    app.extensions["jobs"] = made = Jobs(settings)
    return made


def jobs() -> Jobs:
    """The jobs of the present request's application."""
    found: Jobs = current_app.extensions["jobs"]
    return found
