"""Backups at the desk: one now, the daily one, files kept no longer than they may be, and nobody else's."""

import os
import re
from dataclasses import replace
from typing import NamedTuple

import pytest

from fieldapp.config import Settings, WrongSetting, from_environment
from fieldapp.paper import erasures
from fieldapp.paper.backup import backup
from fieldapp.paper.daily import NO_PLACE, Daily
from fieldapp.store import backups, commune_keys, sealing
from fieldapp.store.engine import reading, writing
from tests.conftest import BESIDE, HERE, Clock


class Here(NamedTuple):
    settings: Settings
    backups: Daily
    clock: Clock

    def hourly(self):
        self.backups.hourly(self.clock())


@pytest.fixture
def sealed(communes, clock):
    with writing(communes) as connection:
        for commune_id in (HERE, BESIDE):
            commune_keys.keep(connection, commune_id, sealing.new_key()[1], clock())


@pytest.fixture
def here(desk_app, clock) -> Here:
    return Here(desk_app.extensions["fieldapp"].settings, desk_app.extensions["daily_backups"], clock)


def files(here):
    return sorted(path.name for path in here.settings.backups.glob("*.tungnha"))


def test_an_officer_makes_one_now_and_carries_it_away(minh, lan, sealed, here):
    assert "Chưa có bản sao lưu nào" in minh.get("/office/backups").text
    assert minh.post("/office/backups", page="/office/backups").status_code == 303
    link = re.search(r"/office/backups/[0-9a-f-]{36}", minh.get("/office/backups").text)[0]
    carried = minh.get(link)
    assert carried.data == (here.settings.backups / files(here)[0]).read_bytes() and b'"commune":"thieu-quang"' not in carried.data
    assert lan.get(link).status_code == 404


def test_without_a_key_it_says_where_to_make_one(minh):
    answer = minh.client.post("/office/backups", data={"csrf_token": token(minh)}, follow_redirects=True)
    assert "làm phiếu khôi phục trước" in answer.text


def token(browser):
    return re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/office/backups").text)[1]


def test_the_daily_one_comes_by_itself_once_a_day(sealed, here, clock):
    here.hourly()
    here.hourly()
    assert len(files(here)) == 2  # one of each commune
    clock.tick(hours=21)
    here.hourly()
    assert len(files(here)) == 4


def test_a_new_sheet_has_a_backup_within_the_hour_for_nobody_may_open_those_before(sealed, here, clock, communes):
    here.hourly()
    clock.tick(hours=1)
    with writing(communes) as connection:
        commune_keys.keep(connection, HERE, sealing.new_key()[1], clock())
        commune_keys.keep(connection, BESIDE, sealing.new_key()[1], "2030-01-01T00:00:00.000Z")  # while the clock was wrong
    clock.tick(minutes=1)
    here.hourly()
    here.hourly()
    assert len(files(here)) == 3


def test_files_past_their_days_go_and_the_newest_stays(sealed, here, clock, communes):
    here.hourly()
    clock.tick(days=15)
    here.hourly()
    assert len(files(here)) == 2
    with reading(communes) as connection:
        rows = backups.of_commune(connection, HERE)
    assert [each.file is None for each in rows] == [False, True]
    clock.tick(days=30)
    here.backups.let_go(HERE, clock())
    assert len(files(here)) == 2


def test_the_desk_says_since_when_there_is_none(minh, sealed, here, clock):
    here.hourly()
    assert "chưa có bản sao lưu mới" not in minh.get("/").text
    clock.tick(days=4)
    minh.sign_in("minh")
    assert "Đã 4 ngày chưa có bản sao lưu mới" in minh.get("/").text and "Đã 4 ngày" in minh.get("/office/backups").text


def test_no_setting_keeps_backups_longer_than_the_law(tmp_path):
    assert from_environment({"FIELDAPP_BACKUP_DAYS": "20"}).backup_days == 20
    for days in ("21", "0"):
        with pytest.raises(WrongSetting):
            from_environment({"FIELDAPP_BACKUP_DAYS": days})
    assert Settings(data_folder=tmp_path).backups == tmp_path / "backups"


def test_of_two_with_nothing_new_between_the_later_one_counts(sealed, here, clock):
    for _hour in range(4):
        here.hourly()
        clock.tick(hours=21)
    here.hourly()
    here.hourly()
    assert len(files(here)) == 10


def test_a_clock_that_is_put_back_neither_stops_backups_nor_makes_one_every_hour(minh, sealed, here, clock, communes):
    clock.tick(days=400)
    here.hourly()
    clock.tick(days=-400)
    for _hour in range(3):
        here.hourly()
        clock.tick(hours=1)
    assert len(files(here)) == 4  # of each commune one of the wrong day and one of today
    clock.tick(days=4)
    assert "Đã 4 ngày chưa có bản sao lưu mới" in minh.get("/office/backups").text


def test_of_the_files_past_their_days_the_newest_whole_one_stays(sealed, here, clock):
    here.hourly()
    clock.tick(days=1)
    for moment in ("20270101-020000", clock()[:10].replace("-", "") + "-010000"):
        (here.settings.backups / f"15835-{moment}.tungnha").touch()
    kept = next(name for name in files(here) if (here.settings.backups / name).stat().st_size and name.startswith("15835"))
    clock.tick(days=21)
    here.backups.let_go(HERE, clock())
    assert kept in files(here)


def test_pressing_twice_within_a_second_makes_one(sealed, here, clock):
    assert here.backups.make(HERE, clock()) == here.backups.make(HERE, clock())
    assert len(files(here)) == 1


def test_files_that_nobody_remembers_have_their_days_too(sealed, here, clock, communes):
    here.settings.backups.mkdir(parents=True)
    forgotten = here.settings.backups / "15835-20261101-020000.tungnha"
    half, stranger = here.settings.backups / "15835-20261101-020000.tungnha.0ab1c2d3.part", here.settings.backups / "letter.pdf.part"
    for path in (forgotten, half, stranger):
        path.write_bytes(b"sealed")
        os.utime(path, (0, 0))
    here.hourly()
    assert not forgotten.exists() and not half.exists() and stranger.exists() and len(files(here)) == 2


def test_a_disk_that_is_not_plugged_in_is_told_and_tried_again(minh, sealed, here, clock, tmp_path):
    usb = tmp_path / "usb"
    here.backups.settings = replace(here.settings, backup_folder=str(usb))
    here.hourly()
    assert not usb.exists() and here.backups.failed[HERE][1] == NO_PLACE
    assert "không ghi được" in minh.get("/office/backups").text
    assert "Chưa sao lưu được" in minh.client.post("/office/backups", data={"csrf_token": token(minh)}, follow_redirects=True).text
    usb.mkdir()
    here.hourly()
    assert len(list(usb.glob("*.tungnha"))) == 2 and "không ghi được" not in minh.get("/office/backups").text


def test_a_file_of_all_communes_is_nobodys_to_carry_away(minh, sealed, here, communes, clock):
    backup(communes, here.backups.folder() / "all.tungnha", clock())
    assert "/office/backups/" not in minh.get("/office/backups").text
    with reading(communes) as connection:
        assert backups.last(connection, HERE)[1] == clock()


def test_another_file_of_the_same_name_is_not_given_out(minh, sealed, here, clock):
    here.backups.make(HERE, clock())
    link = re.search(r"/office/backups/[0-9a-f-]{36}", minh.get("/office/backups").text)[0]
    path = here.settings.backups / files(here)[0]
    path.write_bytes(path.read_bytes() + b"more")
    assert minh.get(link).status_code == 404


def test_an_erasure_stands_on_the_list_at_once(minh, register, sealed, here):
    code = register("dong-cho", "Lê Thị Mai")
    path = f"/households/{code}/erase"
    assert minh.post(path, {"typed": code, "counted": "1", "reason": "Theo đơn"}, page=path).status_code == 303
    assert len(erasures.listed([here.settings.backups])) == 1
