"""Bench: a roster of 10,000 households, a line a person, from the file's bytes to the book, in a process of its own whose memory is told.

It stands beside the same events put raw into tables of the same shape. What is promised: a commune's whole roster in a minute, on a machine
as small as a commune's."""

import io
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

from fieldapp.bench.commune import COMMUNE, FAMILY, GIVEN, founded
from fieldapp.bench.row import Row
from fieldapp.store import journal
from fieldapp.store.engine import Engine, open_engine, reading
from fieldapp.store.migrate import upgrade
from fieldapp.store.rebuild import differences
from fieldapp.survey.event import sha256_of

HOUSEHOLDS, VILLAGES = 10_000, 40
SIZES = (1, 2, 3, 4, 4, 4, 5, 7)  # people of a household: 3.75 on average
RELATIONS = ("Chủ hộ", "Vợ", "Con", "Con", "Cháu", "Mẹ", "Khác")
HEADER = ("STT", "Thôn", "Số thứ tự hộ", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "Giới tính", "Địa chỉ", "Hộ nghèo/cận nghèo")
MOST_SECONDS, MOST_MB = 60, 300

IMPORT = """
import json, resource, sys, time
from pathlib import Path
from fieldapp.bench.commune import COMMUNE, NOW
from fieldapp.intake.roster import columns, reading, sheets, taking
from fieldapp.store import accounts, areas
from fieldapp.store.engine import open_engine, reading as reading_of
engine = open_engine(sys.argv[1])
with reading_of(engine) as connection:
    officer, villages = accounts.by_id(connection, COMMUNE, "officer"), areas.villages(connection, COMMUNE)
started = time.perf_counter()
sheet = sheets.sheets(Path(sys.argv[2]).read_bytes())[0]
read = reading.read(sheet, columns.guess(sheet, villages), villages, 2026)
cells = time.perf_counter() - started
outcome = taking.import_roster(engine, officer, read, "roster", NOW, lambda done, all: None)
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
print(json.dumps({"seconds": seconds, "cells": cells, "peak_mb": peak, "new": outcome.new, "same": outcome.same, "problems": len(read.problems)}))
"""


def run() -> list[Row]:
    """The rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        return _measured(Path(folder))


def _measured(folder: Path) -> list[Row]:
    url = f"sqlite:///{folder / 'commune.sqlite'}"
    engine = open_engine(url)
    upgrade(engine)
    founded(engine, VILLAGES, 0)
    file = folder / "roster.xlsx"
    people = _write(file)
    first, again = _imported(url, file), _imported(url, file)
    assert first["new"] == again["same"] == HOUSEHOLDS and not first["problems"], (first, again)
    with reading(engine) as connection:
        wrong = differences(connection, COMMUNE)
    floor = _raw(folder / "floor.sqlite", engine)
    return [
        Row("roster", f"{HOUSEHOLDS:,} households, {people:,} people", first["seconds"], "s", floor, f"at most {MOST_SECONDS} s",
            first["seconds"] <= MOST_SECONDS),
        Row("roster", "of it the file alone", first["cells"], "s"),
        Row("roster", "the same file again", again["seconds"], "s"),
        Row("roster", "peak memory", max(first["peak_mb"], again["peak_mb"]), "MB", None, f"under {MOST_MB} MB",
            max(first["peak_mb"], again["peak_mb"]) < MOST_MB),
        Row("roster", "differences after a rebuild", len(wrong), "differences", None, "0", not wrong),
    ]  # fmt: skip


def _write(file: Path) -> int:
    """Make the file; the number of its people comes back."""
    chance, people = random.Random(1), 0
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("Danh sách")
    sheet.write_row(2, 0, HEADER)
    for household in range(HOUSEHOLDS):
        size, poverty = chance.choice(SIZES), chance.choice(("", "", "", "", "", "", "", "", "Hộ nghèo", "Cận nghèo"))
        for place in range(size):
            people += 1
            name = f"{chance.choice(FAMILY)} {chance.choice(('Thị', 'Văn', 'Đức', 'Ngọc'))} {chance.choice(GIVEN)}"
            born, sex = chance.randint(1940, 2022), chance.choice(("Nam", "Nữ"))
            row = (people, f"Thôn {household % VILLAGES + 1}", household + 1, name, RELATIONS[place], born, sex, f"Số {household}, ngõ 3", poverty)
            sheet.write_row(people + 2, 0, row)
    book.close()
    file.write_bytes(made.getvalue())
    return people


def _imported(url: str, file: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", IMPORT, url, str(file)], stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _raw(path: Path, engine: Engine) -> float:
    """Seconds to put the same events raw into tables of the same shape, in one transaction: a journal row, its household's and its people's."""
    with reading(engine) as connection:
        texts = [(event_id, text) for kind in ("register", "list") for event_id, text in journal.of_kind(connection, COMMUNE, kind) if text]
    bodies = [json.loads(text)["body"] for _, text in texts]
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE journal (sequence INTEGER PRIMARY KEY, id TEXT, sha256 TEXT, text TEXT, UNIQUE (id, sha256));"
        "CREATE TABLE household (id TEXT PRIMARY KEY, state TEXT);"
        "CREATE TABLE person (household TEXT, id TEXT, name TEXT, PRIMARY KEY (household, id))"
    )
    started = time.perf_counter()
    database.execute("BEGIN IMMEDIATE")
    database.executemany("INSERT INTO journal VALUES (?, ?, ?, ?)", [(i, id, sha256_of(text), text) for i, (id, text) in enumerate(texts)])
    database.executemany("INSERT INTO household VALUES (?, ?)", [(id, text) for id, text in texts])
    people = [(id, each["id"], each["name"]) for (id, _), body in zip(texts, bodies, strict=True) for each in body.get("people", ())]
    database.executemany("INSERT INTO person VALUES (?, ?, ?)", people)
    database.execute("COMMIT")
    seconds = time.perf_counter() - started
    database.close()
    return seconds
