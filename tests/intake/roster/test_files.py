"""Rosters of many shapes come in without anybody touching code; what is wrong is told by its line; nothing is taken twice or half."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fieldapp.intake.roster import columns, reading, sheets, taking
from fieldapp.store import accounts, areas, households, journal
from fieldapp.store.engine import reading as reading_of
from fieldapp.survey.problems import Refused
from tests.conftest import HERE
from tests.intake.roster import files
from tests.intake.roster.files import FILES, HEADS, HOUSES

NOW = "2026-11-21T02:00:00.000Z"
ROOT = Path(__file__).resolve().parents[3]


def villages(engine):
    with reading_of(engine) as connection:
        return areas.villages(connection, HERE)


def read(engine, content):
    sheet = sheets.sheets(content)[0]
    return reading.read(sheet, columns.guess(sheet, villages(engine)), villages(engine), 2026)


def taken(engine, content, report=lambda done, all: None, now=NOW):
    with reading_of(engine) as connection:
        officer = accounts.by_id(connection, HERE, "minh")
    return taking.import_roster(engine, officer, read(engine, content), "danh-sach.xlsx", now, report)


def book(engine):
    with reading_of(engine) as connection:
        return households.of_villages(connection, HERE, [each.village_id for each in areas.villages(connection, HERE)])


@pytest.mark.parametrize("name", FILES)
def test_each_shape_gives_the_same_households(communes, name, sound):
    found = read(communes, FILES[name])
    assert [problem for problem in found.problems if problem.fatal] == []
    assert taken(communes, FILES[name]).new == 4
    there = sorted(book(communes), key=lambda each: each.line.head)
    known = sorted(HOUSES, key=lambda house: house[2][0][0])
    for each, (village, _number, people, address, poverty) in zip(there, known, strict=True):
        head = next(person for person in each.state["people"].values() if person["relation"] == "head")
        assert (head["name"], head["birth_year"], head["sex"]) == (people[0][0], people[0][2], {"Nam": "male", "Nữ": "female"}[people[0][3]])
        assert each.village_id == {"Đồng Chợ": "dong-cho", "Phú Văn": "phu-van"}[village] and each.line.address == address
        assert (each.line.poverty or "none") == {"": "none", "Hộ nghèo": "poor", "Cận nghèo": "near_poor"}[poverty]
    sound()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["xls", "ods", "xlsx, two-line header, a line a person"])
def test_a_line_a_person_gives_everybody(communes, name):
    taken(communes, FILES[name])
    people = {person["name"] for each in book(communes) for person in each.state["people"].values()}
    assert people == {name for house in HOUSES for name, *_ in house[2]}


def test_the_same_file_again_adds_nothing(communes, journal_rows):
    taken(communes, FILES["xls"])
    before = len(journal_rows())
    again = taken(communes, FILES["csv with commas"])
    assert (again.new, again.changed, again.same) == (0, 0, 4) and len(journal_rows()) == before


def test_a_newer_file_shows_and_writes_the_difference(communes, sound):
    taken(communes, files.csv(files.by_person()))
    rows = files.by_person()
    rows[1][7] = "Ngõ 4"
    rows.append([3, "Lê Thị Mới", "01/01/2020", "Nữ", "Cháu", 4, "Phú Văn", "Số 9", "Hộ nghèo"])
    outcome = taken(communes, files.csv(rows))
    assert (outcome.new, outcome.changed, outcome.same) == (0, 2, 2)
    there = {each.line.head: each for each in book(communes)}
    assert there["Lê Văn Đào"].line.address == "Ngõ 4"
    assert "Lê Thị Mới" in {person["name"] for person in there["Đặng Ưng"].state["people"].values()}
    sound()


def test_who_shares_a_name_is_told_apart_by_birth_year(communes):
    header = ["Thôn", "Họ tên chủ hộ", "Năm sinh", "Địa chỉ"]
    rows = [header, ["Đồng Chợ", "Lê Văn An", 1950, "Ngõ 1"], ["Đồng Chợ", "Lê Văn An", 1980, "Ngõ 1"], ["Đồng Chợ", "Lê Văn An", 1980, "Ngõ 2"]]
    assert taken(communes, files.csv(rows)).new == 3
    again = taken(communes, files.csv([header, *reversed(rows[1:])]))
    assert (again.new, again.changed, again.same) == (0, 0, 3)


BROKEN = [
    ("no_name", ["Đồng Chợ", "", 1950, "Nam", "Chủ hộ"], True),
    ("village_unknown", ["Làng Xa", "Lê Văn An", 1950, "Nam", "Chủ hộ"], True),
    ("birth_not_understood", ["Đồng Chợ", "Lê Văn An", "năm Dần", "Nam", "Chủ hộ"], True),
    ("birth_impossible", ["Đồng Chợ", "Lê Văn An", 2350, "Nam", "Chủ hộ"], True),
    ("birth_impossible", ["Đồng Chợ", "Lê Văn An", 1850, "Nam", "Chủ hộ"], True),
    ("sex_not_understood", ["Đồng Chợ", "Lê Văn An", 1950, "12", "Chủ hộ"], True),
    ("no_household_yet", ["Đồng Chợ", "Lê Văn An", 1950, "Nam", "Con"], True),
    ("relation_not_understood", ["Đồng Chợ", "Lê Văn An", 1950, "Nam", "???hàng xóm"], False),
    ("name_too_long", ["Đồng Chợ", "Lê " * 50, 1950, "Nam", "Chủ hộ"], True),
]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("code", "row", "fatal"), BROKEN, ids=[f"{code} {row[2]}" for code, row, _ in BROKEN])
def test_what_is_wrong_is_told_by_its_line(communes, code, row, fatal):
    header = ["Thôn", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ"]
    good = ["Đồng Chợ", "Đỗ Thị Tốt", 1990, "Nữ", "Chủ hộ"]
    first = [] if code in ("no_household_yet",) else [["Đồng Chợ", "Vũ Đầu", 1970, "Nam", "Chủ hộ"]]
    found = read(communes, files.csv([header, *first, row, good]))
    told = [problem for problem in found.problems if problem.code == code]
    assert [problem.line for problem in told] == [2 + len(first)] and told[0].fatal == fatal
    assert "Đỗ Thị Tốt" in {each.people[0]["name"] for each in found.households}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_household_that_stands_twice_is_told_with_the_other_line(communes):
    rows = [["Thôn", "Họ tên chủ hộ", "Năm sinh"], ["Đồng Chợ", "Lê Văn An", 1950], ["Đồng Chợ", "Lê Văn An", 1950]]
    (problem,) = read(communes, files.csv(rows)).problems
    assert (problem.line, problem.code, problem.text) == (3, "household_twice", "2")


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("roster_unreadable", b""), ("roster_unreadable", b"\x00\x01\x02" * 50), ("roster_unreadable", b"PK\x03\x04 not a zip"),
        ("roster_empty", files.xlsx([])), ("roster_empty", b"\xef\xbb\xbf;;;\r\n;;\r\n"),
        ("roster_old_font", files.csv([["TT", "Hä vµ tªn"], *[[n, "NguyÔn V¨n §øc"] for n in range(20)]])),
    ],
)  # fmt: skip
def test_a_file_that_can_t_be_read_says_why(code, content):
    with pytest.raises(Refused) as refused:
        sheets.sheets(content)
    assert refused.value.problem.code == code


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_village_named_only_in_the_title_or_on_the_tab_is_found(communes):
    rows = [["Họ tên chủ hộ", "Năm sinh"], ["Lê Văn An", 1950]]
    for content in (files.xlsx([["DANH SÁCH HỘ THÔN PHÚ VĂN"], *rows]), files.xlsx(rows, name="Thôn Phú Văn"), files.xlsx([["Phú Văn"], *rows])):
        assert [each.village_id for each in read(communes, content).households] == ["phu-van"]


def test_what_is_stopped_wrote_nothing(communes, journal_rows, sound):
    class Enough(Exception):
        pass

    def report(done, all):
        if done:
            raise Enough

    with pytest.raises(Enough):
        taken(communes, FILES["ods"], report)
    assert journal_rows() == [] and book(communes) == []
    sound()


KILLED = """
import sys, time
from tests.intake.roster import test_files as here
from fieldapp.store.engine import open_engine
def report(done, all):
    if done: print("written", done, flush=True); time.sleep(60)
here.taken(open_engine(sys.argv[1]), here.FILES["ods"], report)
"""


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_killed_import_left_nothing_half(communes, engine, sound):
    address = engine.url.render_as_string(hide_password=False)
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
    importing = subprocess.Popen([sys.executable, "-c", KILLED, address], cwd=ROOT, env=around, stdout=subprocess.PIPE)
    assert importing.stdout.readline().startswith(b"written")
    importing.send_signal(signal.SIGKILL)
    importing.wait(20)
    importing.stdout.close()
    time.sleep(0.1)
    with reading_of(engine) as connection:
        assert journal.head(connection, HERE)[0] == 0
    assert taken(communes, FILES["ods"]).new == 4
    assert {each.line.head for each in book(communes)} == {head[0] for head in HEADS}
    sound()
