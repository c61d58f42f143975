"""A hand-over file at the desk: looked at, opened by the recovery sheet's key, taken in; the key is kept nowhere."""

import io
import logging
import re

import pytest

from fieldapp.store import access, devices, sealing
from fieldapp.store.engine import reading, writing
from fieldapp.web.teams import handover
from tests.conftest import HERE
from tests.intake.phone_file import bytes_of, handed_over
from tests.web.doors import contents

PATH = "/phones/handover"


@pytest.fixture
def file(huong, register, sheet):
    """A file of Hường's phone: a visit to Hoa, and one to her that was only begun."""
    register("dong-cho", "Lê Thị Hoa")
    huong.sync()
    (household,) = huong.households
    text = huong.seal("visit", household, {"outcome": "absent", "help": [], "seconds": 9})
    return handed_over(huong, [text], sheet[1], drafts=[household])


def looked_at(browser, file):
    return browser.post(PATH, {"file": (io.BytesIO(bytes_of(file)), "tung-nha-le-thi-huong-2026-11-20.json")}, page=PATH)


def opened(browser, page, key):
    carried = re.search(r'name="carried" value="([^"]+)"', page.text)[1]
    return browser.post(PATH, {"carried": carried, "key": key}, page=PATH)


def figures(page):
    return [int(number) for number in re.findall(r"<dd>(\d+)</dd>", page.text)]


def test_a_file_is_looked_at_and_then_taken_in(minh, file, sheet, communes, sound):
    page = looked_at(minh, file)
    assert "Tệp từ máy của Lê Thị Hường" in page.text and figures(page) == [1, 1, 0, 1]
    assert "đang dùng, lập lúc 20/11/2026 09:00" in page.text and " ".join(re.findall("....", sealing.fingerprint(sheet[1]))) in page.text
    assert "no-store" in page.headers["Cache-Control"]
    page = opened(minh, page, sheet[0].lower().replace(" ", "-"))
    assert page.status_code == 200 and figures(page) == [1, 0, 0, 1] and "Phiếu ghi từ 20/11/2026 09:00" in page.text
    assert "Dở, chưa lưu: 1 hộ" in page.text and "/households/15835-03-0001" in page.text
    assert figures(looked_at(minh, file)) == [1, 0, 1, 1] and figures(opened(minh, looked_at(minh, file), sheet[0])) == [0, 1, 0, 1]
    sound()


def test_looking_writes_nothing(minh, file, communes):
    before = contents(communes, HERE)
    assert looked_at(minh, file).status_code == 200 and contents(communes, HERE) == before


def test_a_wrong_key_is_said_beside_it_and_the_file_need_not_be_chosen_again(minh, file, sheet):
    page = looked_at(minh, file)
    mistyped = opened(minh, page, sheet[0][:-1])
    assert mistyped.status_code == 422 and "có chữ sai, thiếu hoặc thừa" in mistyped.text and sheet[0][:-1] in mistyped.text
    printed, public = sealing.new_key()
    other = opened(minh, mistyped, printed)
    assert other.status_code == 422 and "Phiếu vừa gõ có mã " + sealing.fingerprint(public)[:4] in other.text and printed not in other.text
    assert figures(opened(minh, other, sheet[0])) == [1, 0, 0, 1]


def test_the_key_is_kept_and_logged_nowhere(minh, file, sheet, communes, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    page = opened(minh, looked_at(minh, file), sheet[0])
    ways = [sheet[0], sheet[0].replace(" ", "")]
    kept = "".join(map(str, contents(communes, HERE).values())) + caplog.text + page.text
    kept += "".join(each.read_bytes().decode("latin-1") for each in tmp_path.rglob("*") if each.is_file())
    assert not [way for way in ways if way in kept]


def test_taking_in_is_a_reading(minh, file, sheet, communes):
    opened(minh, looked_at(minh, file), sheet[0])
    with reading(communes) as connection:
        (noted,), _more = access.readings(connection, HERE, page="handover")
        assert (noted.account_id, noted.shown) == ("minh", 1) and access.households_of(connection, HERE, noted.reading_id)


def test_what_was_held_and_what_was_damaged_is_said(minh, huong, file, sheet, communes, clock):
    with writing(communes) as connection:
        devices.revoke(connection, HERE, huong.device, clock.now, "Mất máy")
    file["events"].append(file["events"][0] | {"n": 7})
    page = looked_at(minh, file)
    assert "Máy này đã thu hồi lúc" in page.text
    page = opened(minh, page, sheet[0])
    assert figures(page) == [0, 0, 1, 1] and "Điện thoại đã bị thu hồi" in page.text and "số 7" in page.text


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": "tung-nha-handover"'])
def test_what_is_no_file_of_ours_says_so(minh, content):
    page = minh.post(PATH, {"file": (io.BytesIO(content), "x.json")}, page=PATH)
    assert page.status_code == 422 and 'class="wrong"' in page.text
    for carried in ("%", "thử", "AAAA"):
        assert minh.post(PATH, {"carried": carried}, page=PATH).status_code == 422


def test_a_file_too_large_for_the_page_names_the_command(minh, file, monkeypatch):
    monkeypatch.setattr(handover, "ROOM_BYTES", 8 * 1024**2)
    page = looked_at(minh, file)
    assert page.status_code == 422 and "take-in" in page.text
    file["events"] = ["x" * 9 * 1024**2]
    assert looked_at(minh, file).status_code == 413 and "take-in" in minh.get(PATH).text


def test_leaders_and_other_communes_take_nothing_in(tuan, lan, file, sheet):
    assert tuan.get(PATH).status_code == 404
    assert "Tệp này là của xã khác" in looked_at(lan, file).text


def test_the_ways_lead_there(minh, huong):
    for path in ("/phones", f"/phones/{huong.device}", "/held"):
        assert f'href="{PATH}"' in minh.get(path).text, path
