"""`verify-report` at the command line: what it says of a frozen report's file, and by which exit code."""

import sqlite3

import pytest

from fieldapp.cli import main
from fieldapp.demo.commune import HERE
from fieldapp.figures.reporting import drawn_up, freeze, new_id
from fieldapp.store import accounts
from fieldapp.store.engine import writing
from fieldapp.survey.day import day_of
from fieldapp.survey.period import whole
from fieldapp.web.server import utc_now


@pytest.fixture
def file(own_demo):
    """The file of the report that Minh freezes today, on this month."""
    engine, now = own_demo.engine(), utc_now()
    with writing(engine) as connection:
        officer = accounts.by_id(connection, HERE.commune_id, HERE.officer[0])
        document = drawn_up(connection, HERE.commune_id, whole("month", int(day_of(now)[:4]), int(day_of(now)[5:7])), day_of(now))
        kept = freeze(connection, officer, document, new_id(now), now)
    engine.dispose()
    path = own_demo.folder / "bao-cao.json"
    path.write_bytes(kept.text.encode())
    return path


def said(own_demo, capsys, *command):
    code = main([*command, "--data", str(own_demo.folder)])
    return code, capsys.readouterr().out


def test_a_frozen_report_of_a_whole_commune_is_right(own_demo, file, capsys):
    code, words = said(own_demo, capsys, "verify-report", str(file))
    assert code == 0 and "ĐÚNG." in words and "RIGHT." in words and "Xã Thiệu Trung" in words


def test_a_changed_file_is_wrong(own_demo, file, capsys):
    file.write_bytes(file.read_bytes().replace(b'"as_of"', b'"as_0f"', 1))
    code, words = said(own_demo, capsys, "verify-report", str(file))
    assert code == 1 and "SAI." in words and "WRONG." in words


def test_what_is_no_report_is_said_plainly(own_demo, capsys):
    for named in (str(own_demo.folder / "access.json"), str(own_demo.folder / "nowhere.json")):
        assert main(["verify-report", named, "--data", str(own_demo.folder)]) == 2
        assert "Traceback" not in capsys.readouterr().err


def test_check_lists_frozen_reports_and_tells_a_changed_one(own_demo, file, capsys):
    code, words = said(own_demo, capsys, "check")
    assert code == 0 and "báo cáo đã chốt / frozen report month." in words
    connection = sqlite3.connect(own_demo.folder / "tung-nha.sqlite", isolation_level=None)
    connection.execute("UPDATE report SET text = replace(text, 'Minh', 'Mình')")
    connection.close()
    code, words = said(own_demo, capsys, "check")
    assert code == 1 and "is not the one that was frozen" in words
