"""Boards, reported values with their files and public places: in every backup, whole, and proven after it came back."""

import os
from dataclasses import replace
from fractions import Fraction

from fieldapp.paper.backup import backup
from fieldapp.paper.restore import restore
from fieldapp.store import boards, commune_keys, points, reported, sealing, snapshot
from fieldapp.store.board_tables import attachment
from fieldapp.store.engine import open_engine, reading, writing
from fieldapp.store.migrate import upgrade
from fieldapp.store.reported import Entry, File
from fieldapp.survey.criteria import BOARDS, Value
from fieldapp.survey.points import Point
from tests.conftest import BESIDE, HERE

NOW = "2026-11-20T02:00:00.000Z"


def test_what_was_reported_comes_back_with_its_files_from_a_backup(communes, tmp_path):
    board = replace(BOARDS["nong-cong-2024"], decision="KH 12", in_all=5)
    hall = Point("p1", "2026-01-01", "village_hall", "Nhà văn hóa", "dong-cho", {"wifi": "yes"})
    printed, public = sealing.new_key()
    files = [os.urandom(5_000_000) for _ in range(snapshot.FILES_AT_ONCE + 1)]
    with writing(communes) as connection:
        for commune_id in (HERE, BESIDE):
            commune_keys.keep(connection, commune_id, public, NOW)
        boards.publish(connection, HERE, board, board.date, "minh", NOW)
        boards.follow(connection, HERE, ["nong-cong-2024"], "minh")
        points.keep(connection, HERE, [hall], "minh", NOW)
        for place, content in enumerate(files):
            file = File(f"f{place}", "x.pdf", "pdf", content, reported.hashed(content))
            entry = Entry(f"e{place}", "b", "1", f"2026-11-0{place + 1}", Value("percent", Fraction(50), 5, 10), "sổ", f"f{place}", NOW, "minh")
            reported.enter(connection, HERE, entry, file)
        reported.withdraw(connection, HERE, "b", "1", "e4", "minh", NOW)
    made = backup(communes, tmp_path / "all.tungnha", NOW)
    empty = open_engine(f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    upgrade(empty)
    restore(empty, made.path, [sealing.read_private(printed)], NOW)
    with reading(empty) as there, reading(communes) as here:
        for ask in (boards.of_commune, boards.followed, points.rows):
            assert ask(there, HERE) == ask(here, HERE)
        assert reported.of_line(there, HERE, "b", "1") == reported.of_line(here, HERE, "b", "1")
        assert reported.standing(there, HERE, "b", "2026-11-30")["1"].entry_id == "e3"
        assert [reported.file(there, HERE, f"f{place}").content for place in range(len(files))] == files
        assert list(reported.unlike_noted(there, HERE)) == [] and reported.size_of_files(there, HERE) == sum(map(len, files))
    empty.dispose()


def test_another_communes_files_are_not_there(communes):
    with writing(communes) as connection:
        connection.execute(attachment.insert().values(
            commune_id=BESIDE, file_id="f", name="x", kind="pdf", size_bytes=1, sha256="0" * 64, content=b"x"
        ))  # fmt: skip
    with reading(communes) as connection:
        assert reported.file(connection, HERE, "f") is None and reported.size_of_files(connection, HERE) == 0
