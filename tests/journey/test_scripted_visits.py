"""The visits that the form is measured by take no more taps than promised, from the list to the list; `bench phone` makes the same ones."""

import json

import pytest
from playwright.sync_api import expect

from fieldapp.browsing.hand import VISITS, walked
from tests.journey.houses import DUNG, HOA
from tests.journey.visit import visit_the_four

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT = "Đã gửi hết"


@pytest.mark.parametrize("name", VISITS)
def test_a_scripted_visit_takes_no_more_taps_than_promised(huong, journal_rows, name):
    visit_the_four(huong)
    expect(huong.sending).to_contain_text(ALL_SENT)
    before = len(journal_rows())
    taps = walked(huong.page, VISITS[name], f'a.row:has-text("{DUNG["name"]}")', HOA["name"])
    print(f"{name}: {taps} taps")
    assert taps <= VISITS[name]["most_taps"]
    expect(huong.sending).to_contain_text(ALL_SENT)
    sent = journal_rows()[before:]
    if name == "new_household":
        people = json.loads(sent[0].text)["body"]["people"]
        assert [each["relation"] for each in people] == ["head", "spouse", "child", "parent"]
    assert [row.kind for row in sent] == (["register", "visit"] if name == "new_household" else ["visit"]) and not any(row.held for row in sent)
