"""Backups at the desk: one now, the daily one, files kept no longer than they may be, and nobody else's."""

import re

import pytest

from fieldapp.config import Settings, WrongSetting, from_environment
from fieldapp.store import backups, commune_keys, sealing
from fieldapp.store.engine import reading, writing
from fieldapp.web import backup
from tests.conftest import BESIDE, HERE


@pytest.fixture
def sealed(communes, clock):
    with writing(communes) as connection:
        for commune_id in (HERE, BESIDE):
            commune_keys.keep(connection, commune_id, sealing.new_key()[1], clock())


@pytest.fixture
def here(desk_app) -> backup.Server:
    return desk_app.extensions["fieldapp"]


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
    backup.daily(here)
    backup.daily(here)
    assert len(files(here)) == 2  # one of each commune
    clock.tick(hours=21)
    backup.daily(here)
    assert len(files(here)) == 4


def test_files_past_their_days_go_and_the_newest_stays(sealed, here, clock, communes):
    backup.daily(here)
    clock.tick(days=15)
    backup.daily(here)
    assert len(files(here)) == 2
    with reading(communes) as connection:
        rows = backups.of_commune(connection, HERE)
    assert [each.file is None for each in rows] == [False, True]
    clock.tick(days=30)
    backup._let_go(here, HERE)
    assert len(files(here)) == 2


def test_the_desk_says_since_when_there_is_none(minh, sealed, here, clock):
    backup.daily(here)
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
