"""A new server: one page founds the commune, with the code of the terminal; its key is shown once; then the page is gone."""

import re

import pytest

from fieldapp import create_app
from fieldapp.config import Settings
from fieldapp.store import accounts, areas, commune_keys, sealing
from fieldapp.store.engine import reading
from fieldapp.web.office import founding
from tests.conftest import HERE
from tests.web.conftest import Browser

OFFICER = {"name": "Hoàng  Minh", "username": "minh.thieutrung", "password": "tre xanh bóng mát", "again": "tre xanh bóng mát"}


@pytest.fixture
def empty(engine, clock, tmp_path):
    """A browser before an empty server, and the code that its terminal shows."""
    settings = Settings(data_folder=tmp_path / "data", secret="tests only", argon2_rounds=1, argon2_memory_kib=8)
    browser = Browser(create_app(settings, engine, clock))
    browser.code = founding.new_code(settings.data_folder)
    return browser


def found(browser, **typed):
    return browser.post("/setup", {**OFFICER, "commune": "15835", "code": browser.code.lower(), **typed}, page="/setup")


def test_every_way_leads_to_the_setting_up(empty):
    for path in ("/", "/sign-in", "/households"):
        assert "Lập xã trên máy chủ mới" in empty.get(path, follow_redirects=True).text


@pytest.mark.parametrize("asked", ["thieu trung", "Thiệu Trung", "thieeuj trung", "trung thanh hoa", "15835"])
def test_a_commune_is_found_without_accents(empty, asked):
    page = empty.get("/setup", query_string={"q": asked}).text
    assert 'value="15835"' in page and "Xã Thiệu Trung" in page


def test_the_commune_stands_and_its_officer_is_at_the_desk(empty, engine):
    sheet = found(empty).text
    with reading(engine) as connection:
        (commune_id,) = areas.commune_ids(connection)
        commune, public = areas.commune(connection, commune_id), commune_keys.of_commune(connection, commune_id)
        (officer,) = accounts.of_commune(connection, commune_id)
    assert (commune.code, commune.name, commune.province) == ("15835", "Xã Thiệu Trung", "Tỉnh Thanh Hóa")
    assert (officer.name, officer.role, officer.username) == ("Hoàng Minh", "officer", "minh.thieutrung")
    printed = " ".join(re.findall(r"<span>([0-9A-Z]{5})</span>", sheet))
    assert sealing.public_text(sealing.read_private(printed)) == public
    assert "Những ngày đầu" in empty.get("/office").text
    assert 'class="button button-main" href="/office"' in empty.get("/").text, "the first page after signing in leads on"


def test_once_it_stands_the_page_is_gone(empty):
    found(empty)
    assert empty.get("/setup").status_code == 404 and empty.client.post("/setup", data={}).status_code == 400


def test_pressed_twice_it_founds_one_commune_and_tells_the_way_to_another_sheet(empty, engine):
    form = {**OFFICER, "commune": "15835", "code": empty.code}
    empty.get("/setup")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', empty.get("/setup").text)[1]
    empty.client.post("/setup", data={"csrf_token": token, **form})
    again = empty.client.post("/setup", data={"csrf_token": token, **form}, follow_redirects=True)
    assert "Nếu chưa kịp in phiếu khôi phục" in again.text and "Làm phiếu mới" in again.text
    with reading(engine) as connection:
        (commune_id,) = areas.commune_ids(connection)
        assert len(accounts.of_commune(connection, commune_id)) == 1


def test_of_two_who_set_up_at_once_one_does(empty, engine, tmp_path):
    assert founding.use_up(tmp_path / "data") and not founding.use_up(tmp_path / "data")
    assert found(empty).status_code == 422
    with reading(engine) as connection:
        assert areas.commune_ids(connection) == []


def test_a_new_sheet_is_made_once_however_often_the_form_is_sent(minh, clock, communes):
    page = minh.get("/office/key").text
    form = {"replaces": re.search(r'name="replaces" value="([^"]*)"', page)[1]}
    sheet = minh.post("/office/key", form, page="/office/key").text
    printed = " ".join(re.findall(r"<span>([0-9A-Z]{5})</span>", sheet))
    clock.tick(minutes=1)
    assert ">Làm phiếu khôi phục<" in page and "Phiếu chỉ hiện một lần" in page  # nothing is said of one that was lost
    assert "Làm phiếu mới" in minh.get("/office/key").text
    again = minh.post("/office/key", form, page="/office/key")
    assert again.status_code == 303 and "đang được dùng" in minh.get(again.location).text
    with reading(communes) as connection:
        assert commune_keys.of_commune(connection, HERE) == sealing.public_text(sealing.read_private(printed))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": "AAAA-AAAA"}, "Mã này không đúng"), ({"commune": "99999"}, "chọn xã"), ({"password": "ngan", "again": "ngan"}, "ít nhất 10"),
        ({"again": "khác hẳn nhau"}, "chưa giống nhau"), ({"username": "Hoàng Minh"}, "3 đến 40"), ({"name": "  "}, "ghi họ và tên"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(empty, engine, wrong, said):
    answer = found(empty, **wrong)
    assert answer.status_code == 422 and said in answer.text
    if "username" not in wrong:
        assert 'value="minh.thieutrung"' in answer.text
    with reading(engine) as connection:
        assert areas.commune_ids(connection) == []


def test_the_code_of_an_earlier_start_fits_no_more(empty, tmp_path):
    earlier = empty.code
    founding.new_code(tmp_path / "data")
    assert found(empty, code=earlier).status_code == 422


def test_a_misread_key_is_told_from_the_right_one():
    printed, public = sealing.new_key()
    assert sealing.public_text(sealing.read_private(printed.lower().replace("0", "o").replace(" ", "-"))) == public
    for misread in (printed[:-1], printed.replace(printed[0], "Z" if printed[0] != "Z" else "Y"), "", "xin chào"):
        with pytest.raises(sealing.WrongKey):
            sealing.read_private(misread)
