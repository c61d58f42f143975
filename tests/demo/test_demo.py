"""The demo is a commune like any other: its journal is sound, everything that can happen has happened, and its links lead in."""

import re
import stat
import sys
from datetime import date

import pytest
from sqlalchemy import func, select

from fieldapp.cli import main
from fieldapp.config import Settings
from fieldapp.demo.weeks import live
from fieldapp.figures.coverage import places
from fieldapp.figures.overview import overview
from fieldapp.store import areas, backups
from fieldapp.store.engine import open_engine, reading
from fieldapp.store.migrate import upgrade
from fieldapp.store.rebuild import differences
from fieldapp.store.review_tables import flag
from fieldapp.store.tables import household, journal, person
from fieldapp.survey.day import day_of
from fieldapp.survey.event import KINDS, OUTCOMES
from fieldapp.web.server import utc_now
from tests.demo.conftest import CHEAP, HOUSEHOLDS

HERE, BESIDE = "thieu-trung", "thieu-quang"


@pytest.fixture(scope="module")
def connection(small_demo):
    engine = small_demo.engine()
    with reading(engine) as connection:
        yield connection
    engine.dispose()


def rows(connection, *columns, where=True):
    return [tuple(row) for row in connection.execute(select(*columns).where(where))]


@pytest.mark.parametrize("commune_id", [HERE, BESIDE])
def test_a_rebuild_of_the_demo_differs_in_nothing(connection, commune_id):
    assert differences(connection, commune_id) == []


def test_every_kind_of_event_has_happened(connection):
    assert {kind for (kind,) in rows(connection, journal.c.kind, where=journal.c.held.is_(None))} >= set(KINDS)


def test_one_visit_is_held_one_value_contested_one_clock_ahead(connection):
    assert rows(connection, journal.c.held, where=journal.c.held.is_not(None)) == [("foreign_village",)]
    assert rows(connection, household.c.contested, where=household.c.contested > 0) == [(1,)]
    assert rows(connection, flag.c.code, where=flag.c.code == "day_in_future") == [("day_in_future",)]


def test_the_commune_has_its_households_villages_and_neighbour(connection):
    # What an erasure took the text of is kept redacted.
    text = func.coalesce(journal.c.text, journal.c.redacted)
    registers = rows(connection, text, where=(journal.c.commune_id == HERE) & (journal.c.kind == "register"))
    assert sum('"source":"roster"' in text for (text,) in registers) == HOUSEHOLDS
    assert {village.number: village.name for village in areas.villages(connection, HERE)}[3] == "Đồng Chợ"
    assert len(areas.villages(connection, HERE)) == 8 and len(areas.villages(connection, BESIDE)) == 2
    assert [village.village_type for village in areas.villages(connection, HERE)].count("khu_pho") == 1


def test_the_overview_and_the_progress_page_say_the_same_coverage(connection):
    overviewed, progressed = overview(connection, HERE), places(connection, HERE, day_of(utc_now()))
    assert (overviewed.coverage.visited, overviewed.coverage.registered) == (progressed.all.surveyed, progressed.all.registered)
    assert progressed.all.registered < sum(progressed.all.standing.values())  # somebody moved away, or a house is vacant
    by_village = {each.of.village_id: (each.doors.surveyed, each.doors.registered) for each in progressed.villages}
    assert by_village == {each.village.village_id: (each.coverage.visited, each.coverage.registered) for each in overviewed.villages}


def test_visits_end_yesterday_and_coverage_grew_to_most_of_the_commune(connection):
    days = sorted(day for (day,) in rows(connection, household.c.day, where=household.c.day.is_not(None)))
    assert days[0] < days[-1] < day_of(utc_now())
    now, early = overview(connection, HERE).coverage, overview(connection, HERE, until=days[0]).coverage
    assert 0.5 < now.share < 0.9 and early.share < 0.2


def test_everything_came_in_on_its_day_and_in_order(connection):
    of_commune = select(journal.c.decision).where(journal.c.commune_id == HERE).order_by(journal.c.sequence)
    decisions = connection.execute(of_commune).scalars()
    received = [re.search(r'"received":"([^"]+)"', decision) for decision in decisions]
    moments = [found[1] for found in received if found]
    assert moments == sorted(moments) and len({each[:10] for each in moments}) > 20


def test_nobody_made_a_backup_up(connection):
    assert backups.last(connection, HERE) == (0, None)


def test_names_have_accents_of_all_kinds(connection):
    names = " ".join(name for (name,) in rows(connection, person.c.name, where=person.c.name.is_not(None)))
    assert {"Đ", "ễ", "ị", "ă", "ư"} <= set(names)


def test_the_same_seed_makes_the_same_people_and_visits(tmp_path):
    def told(folder, today):
        settings = Settings(data_folder=tmp_path / folder, argon2_rounds=1, argon2_memory_kib=8)
        settings.data_folder.mkdir()
        engine = open_engine(settings.database_address)
        upgrade(engine)
        live(settings, engine, today, 20, {"minh": "…", "lan": "…"})
        with reading(engine) as connection:
            columns = household.c.code, household.c.head, household.c.outcome, household.c.address
            found = sorted(map(str, rows(connection, *columns)))
        engine.dispose()
        return found

    assert told("one", date(2026, 11, 20)) == told("two", date(2026, 11, 20))


@pytest.mark.parametrize("today", [date(2026, 1, 9), date(2027, 3, 1), date(2030, 7, 30)])
def test_it_can_be_made_on_any_day(tmp_path, today):
    settings = Settings(data_folder=tmp_path, argon2_rounds=1, argon2_memory_kib=8)
    engine = open_engine(settings.database_address)
    upgrade(engine)
    live(settings, engine, today, 20, {"minh": "…", "lan": "…"})
    with reading(engine) as connection:
        assert differences(connection, HERE) == []
        found = {outcome for (outcome,) in rows(connection, household.c.outcome) if outcome}
    engine.dispose()
    assert found <= set(OUTCOMES) and "done" in found


def test_access_says_how_to_get_in(small_demo):
    access = small_demo.access
    assert set(access) == {"base_url", "officer", "enrolment", "printing", "other_officer", "province"}
    base = access["base_url"]
    assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+", base) and access["printing"] == f"{base}/enrolment"
    assert access["officer"]["username"] == "minh" and access["other_officer"]["username"] == "lan"
    assert len(set(access["enrolment"])) == 6
    for link in access["enrolment"]:
        assert re.fullmatch(re.escape(base) + r"/phone/#enrol=[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", link)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_may_read_the_passwords(small_demo):
    assert stat.S_IMODE((small_demo.folder / "access.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("key", ["officer", "other_officer", "province"])
def test_the_printed_password_signs_in(own_demo, key):
    browser = own_demo.app().test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/sign-in").text)[1]
    entered = browser.post("/sign-in", data={"csrf_token": token, **own_demo.access[key]})
    assert entered.status_code == 302 and browser.get("/", follow_redirects=True).status_code == 200


def test_the_first_link_enrols_huong(own_demo):
    code = own_demo.access["enrolment"][0].rpartition("=")[2]
    asked = {"protocol": 1, "code": code, "device": "01a12088-d200-765d-a712-cff7779c2be7", "clock": "2026-11-22T05:31:07.123Z"}
    answer = own_demo.app().test_client().post("/api/enrol", json=asked)
    assert answer.status_code == 200 and answer.json["member"]["id"] == "huong"


def test_a_demo_that_is_there_is_served_again_with_the_same_passwords_and_fresh_links(own_demo, monkeypatch, capsys):
    for variable, value in CHEAP.items():
        monkeypatch.setenv(variable, value)
    def codes(access):
        return {link.rpartition("=")[2] for link in access["enrolment"]}

    before = own_demo.access
    assert main(["demo", "--no-serve", "--port", "0", "--data", str(own_demo.folder)]) == 0
    after = own_demo.access
    assert after["officer"] == before["officer"] and after["other_officer"] == before["other_officer"]
    assert not codes(after) & codes(before)
    assert after["officer"]["password"] in capsys.readouterr().out


@pytest.mark.parametrize("held", [{"notes.txt": "mine"}, {"access.json": "{}", "tung-nha.sqlite": ""}, {"tung-nha.sqlite": "x"}])
def test_a_folder_with_something_else_is_left_alone(tmp_path, capsys, held):
    for name, text in held.items():
        (tmp_path / name).write_text(text)
    assert main(["demo", "--no-serve", "--port", "0", "--data", str(tmp_path)]) == 2
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == held
    assert str(tmp_path) in capsys.readouterr().err


def test_a_demo_that_was_interrupted_is_made_again(tmp_path, monkeypatch):
    for variable, value in CHEAP.items():
        monkeypatch.setenv(variable, value)
    (tmp_path / "being-made.sqlite").write_text("half")
    (tmp_path / "access.json").write_text("half")
    assert main(["demo", "--no-serve", "--port", "0", "--households", "20", "--data", str(tmp_path)]) == 0
    assert main(["check", "--data", str(tmp_path)]) == 0
