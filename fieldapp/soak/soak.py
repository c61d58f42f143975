"""The command: rounds of faults and quiet until the time is over, and what they brought to light.

All that is drawn is drawn from the seed, round by round: the same seed makes the same rounds, with the same faults in them."""

import json
import logging
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from fieldapp.soak.checks import Findings
from fieldapp.soak.commune import NewEngine, SqliteFiles
from fieldapp.soak.world import World

STEPS = 100  # of faults, before it is quiet
ROUNDS_A_WORLD = 3  # then another commune begins: a killed browser's modules stay in memory
MOST_TOLD = 20


@dataclass
class Report:
    """What the rounds came to. trail: the steps that led to the first finding, the last of them last."""

    seed: int
    rounds: int = 0
    saved: int = 0
    events: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    found: Findings = field(default_factory=Findings)
    trail: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.found.all

    def row(self) -> dict[str, Any]:
        """The report as a file has it."""
        return {
            "seed": self.seed, "rounds": self.rounds, "saved": self.saved, "events": dict(sorted(self.events.items())),
            "faults": dict(sorted(self.faults.items())), "lost": len(self.found.lost), "double": len(self.found.double),
            "differences": len(self.found.differences), "found": self.found.all,
        }  # fmt: skip


def soak(minutes: int | None, seed: int | None, rounds: int | None, json: Path | None) -> int:
    """Runs rounds until the minutes are over (one when nothing is said) or all rounds are done; 0 when nothing was found."""
    report = run(1 if seed is None else seed, rounds=rounds, seconds=None if rounds and not minutes else 60 * (minutes or 1))
    print(shown(report))
    if json is not None:
        json.write_text(_written(report), encoding="utf-8")
    return 0 if report.holds else 1


def run(seed: int, rounds: int | None = None, seconds: float | None = None, new_engine: NewEngine | None = None, steps: int | None = None) -> Report:
    """Rounds until one is found wanting, or all are done, or the time is over. new_engine: gives empty databases; None: SQLite files."""
    report, began = Report(seed), time.monotonic()
    # The server says at length what the soak does to it.
    logging.disable(logging.CRITICAL)
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            made = new_engine or SqliteFiles(Path(folder))
            while report.holds and not _is_over(report, rounds, seconds, began):
                _live(report, made, Path(folder), rounds, seconds, began, steps or STEPS)
    finally:
        logging.disable(logging.NOTSET)
    return report


def _live(report: Report, made: NewEngine, folder: Path, rounds: int | None, seconds: float | None, began: float, steps: int) -> None:
    """One commune's rounds."""
    name = f"{report.seed} {report.rounds}"
    with closing(World(made, Path(tempfile.mkdtemp(dir=folder)), name)) as world:
        for number in range(ROUNDS_A_WORLD):
            try:
                for step in range(steps):
                    world.step(Random(f"{name} {number} {step}"))
                report.found.add(world.quiet())
            except Exception as problem:  # of the product or of the soak: either way somebody has to look
                report.found.differences.append(f"{type(problem).__name__}: {str(problem)[:300]}")
            report.rounds += 1
            if not report.holds:
                report.trail = world.trail
            if not report.holds or _is_over(report, rounds, seconds, began):
                break
        report.saved += len(world.saved)
        report.events += world.events
        report.faults += world.faults


def _is_over(report: Report, rounds: int | None, seconds: float | None, began: float) -> bool:
    return (rounds is not None and report.rounds >= rounds) or (seconds is not None and time.monotonic() - began >= seconds)


def shown(report: Report) -> str:
    """The report in words and figures."""
    row = report.row()
    lines = [*report.trail, *report.found.all[:MOST_TOLD]]
    lines += [f"vòng / rounds {report.rounds}", f"phiếu đã lưu / saved {report.saved}"]
    for words, counts in (("việc / events", report.events), ("sự cố / faults", report.faults)):
        lines.append(f"{words} {sum(counts.values())}: " + ", ".join(f"{name} {number}" for name, number in sorted(counts.items())))
    return "\n".join([*lines, *(f"{name} {row[name]}" for name in ("lost", "double", "differences"))])


def _written(report: Report) -> str:
    return json.dumps(report.row(), ensure_ascii=False, indent=1) + "\n"
