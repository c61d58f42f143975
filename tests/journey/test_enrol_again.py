"""A phone that the server no longer knows: it asks to be enrolled again, and keeps its id, its numbers and its visits."""

import json

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from fieldapp.store.engine import writing
from fieldapp.store.tables import device
from tests.journey.houses import DUNG, ROSTER
from tests.journey.member import ENROL, LIST
from tests.journey.visit import nobody_home

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT, AGAIN = "Đã gửi hết", "Máy cần đăng ký lại"


def test_a_phone_that_is_known_no_more_loses_nothing_and_goes_on_counting(huong, communes, link, journal_rows, sound):
    nobody_home(huong, DUNG["name"])
    expect(huong.sending).to_contain_text(ALL_SENT)
    with writing(communes) as connection:
        connection.execute(update(device).values(token_hash="of nobody"))
    nobody_home(huong, ROSTER[1]["people"][0]["name"])
    expect(huong.sending).to_contain_text(AGAIN)
    nobody_home(huong, ROSTER[2]["people"][0]["name"])
    huong.sending.click()
    expect(huong.page.get_by_test_id("waiting")).to_have_text("2")
    huong.page.goto(link("huong"))
    huong.press(ENROL)
    huong.heading(LIST)
    expect(huong.sending).to_contain_text(ALL_SENT)
    mine = [json.loads(row.text) for row in journal_rows() if row.device_id]
    assert [event["n"] for event in mine] == [1, 2, 3] and len({event["device"] for event in mine}) == 1
    assert [row.held for row in journal_rows() if row.device_id] == [None, None, None]
    sound()
