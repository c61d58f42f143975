"""A household opens by the card at its door: scanned by a camera, without a network, or by its code typed."""

import pytest
from playwright.sync_api import expect

from fieldapp.store import households
from fieldapp.store.engine import reading
from fieldapp.survey.codes import qr_of
from tests.conftest import HERE
from tests.journey.camera import film, seeing
from tests.journey.houses import ROSTER
from tests.journey.member import LIST, Member

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]
SCAN, HEAD = "Quét thẻ hộ", ROSTER[0]["people"][0]["name"]


@pytest.fixture
def house(communes, roster):
    with reading(communes) as connection:
        return households.by_id(connection, HERE, roster[HEAD])


def test_a_door_card_opens_its_household_without_a_network(house, site, browsers, link, tmp_path):
    context = browsers("phone", **seeing(film(tmp_path / "door.mjpeg", qr_of(house.line.token))))
    huong = Member(context.pages[0])
    huong.enrol(link("huong"))
    expect(huong.row(HEAD)).to_be_visible()
    huong.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    site.stop()
    context.set_offline(True)
    huong.press(SCAN)
    huong.heading(HEAD)
    huong.back()
    huong.heading(LIST)


def test_a_code_that_is_no_door_card_is_named(site, browsers, link, tmp_path):
    context = browsers("phone", **seeing(film(tmp_path / "shop.mjpeg", "https://vneid.gov.vn/")))
    huong = Member(context.pages[0])
    huong.enrol(link("huong"))
    huong.press(SCAN)
    expect(huong.page.get_by_text(huong.said("Mã này không phải thẻ hộ của Từng Nhà."))).to_be_visible()


def test_a_typed_code_opens_the_household_and_without_a_camera_says_what_to_do(house, huong):
    huong.press(SCAN)
    expect(huong.page.locator(".banner")).to_contain_text("gõ mã bên dưới")
    huong.write("Hoặc gõ mã hộ in trên thẻ", "9-9")
    huong.press("Mở hộ này")
    expect(huong.page.get_by_role("alert")).to_contain_text(huong.said("Hộ này không có trong máy."))
    _commune, village, serial = house.code.split("-")
    huong.write("Hoặc gõ mã hộ in trên thẻ", f"{int(village)} {int(serial)}")
    huong.press("Mở hộ này")
    huong.heading(HEAD)


def test_a_new_phone_scans_its_enrolment_card(site, browsers, link, tmp_path):
    context = browsers("phone", **seeing(film(tmp_path / "card.mjpeg", link("huong"))))
    huong = Member(context.pages[0])
    huong.page.goto(f"{site.address}/phone/")
    huong.press("Quét mã trên thẻ")
    expect(huong.page.get_by_label("Mã đăng ký")).not_to_have_value("")
    huong.press("Nhận máy này")
    huong.choose()
    huong.heading(LIST)
