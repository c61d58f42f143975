"""Two officers change one campaign at once: whoever comes second is shown the first one's work, and nothing is written over unseen."""

import pytest

from fieldapp.store import accounts, campaigns
from fieldapp.store.accounts import Account
from fieldapp.store.engine import writing
from fieldapp.web.accounts.passwords import hashed
from tests.conftest import HERE, PASSWORD
from tests.web.conftest import signed_in
from tests.web.test_campaigns import FORM, changing, named  # noqa: F401 (fixture)


@pytest.fixture
def yen(desk_app, communes):
    """Yến, the commune's other officer."""
    with writing(communes) as connection:
        password = hashed(PASSWORD, desk_app.extensions["fieldapp"].settings)
        accounts.add(connection, Account(HERE, "yen", "Phạm Thị Yến", "officer", username="yen", password_hash=password))
    return signed_in(desk_app, "yen")


@pytest.fixture
def address(named):  # noqa: F811
    return named()


@pytest.fixture
def campaign(address):
    return address.rpartition("/")[2]


def said(stored, campaign):
    return [(each.campaign.name, each.campaign.last, each.campaign.withdrawn) for each in stored(campaigns.versions, campaign)]


def test_whoever_writes_second_is_shown_what_the_first_wrote_and_may_write_again(minh, yen, campaign, stored):
    page = f"/campaigns/{campaign}/change"
    mine, theirs = changing(minh, campaign), changing(yen, campaign)
    assert yen.post("/campaigns/keep", {**FORM, **theirs, "name": "Tên của Yến", "last": "2026-11-28", "goal": "90"}, page=page).status_code == 303
    late = minh.post("/campaigns/keep", {**FORM, **mine, "name": "Tên của Minh"}, page=page)
    assert late.status_code == 409 and len(said(stored, campaign)) == 2
    for shown in ("Phạm Thị Yến vừa sửa đợt này lúc", "<b>Tên của Yến</b>", "28/11/2026", "mục tiêu 90% số hộ"):
        assert shown in late.text
    assert 'value="Tên của Minh"' in late.text and 'name="seen" value="2"' in late.text
    assert minh.post("/campaigns/keep", {**FORM, **mine, "seen": "2", "name": "Tên của Minh"}, page=page).status_code == 303
    assert [name for name, *_ in said(stored, campaign)] == ["Ngày chuyển đổi số", "Tên của Yến", "Tên của Minh"]


def test_a_form_that_was_filled_in_wrongly_keeps_what_its_page_had_shown(minh, yen, campaign, stored):
    page = f"/campaigns/{campaign}/change"
    mine = changing(minh, campaign)
    yen.post("/campaigns/keep", {**FORM, **changing(yen, campaign), "name": "Tên của Yến"}, page=page)
    wrong = minh.post("/campaigns/keep", {**FORM, **mine, "name": ""}, page=page)
    assert wrong.status_code == 422 and 'name="seen" value="1"' in wrong.text


@pytest.mark.parametrize("act, more", [("end", {}), ("withdraw", {}), ("back", {"number": "1"})])
def test_a_button_of_a_page_that_is_not_the_newest_does_nothing_yet(act, more, minh, yen, campaign, address, stored):
    yen.post("/campaigns/keep", {**FORM, **changing(yen, campaign), "name": "Tên của Yến"}, page=f"{address}/change")
    late = minh.post(f"{address}/{act}", {"seen": "1", **more}, page=address)
    assert late.status_code == 409 and "cán bộ khác vừa sửa đợt này" in late.text and len(said(stored, campaign)) == 2
    assert minh.post(f"{address}/{act}", {"seen": "2", **more}, page=address).status_code == 303 and len(said(stored, campaign)) == 3


def test_a_button_that_was_pressed_twice_is_no_second_officer(minh, address, campaign, stored):
    answers = [minh.post(f"{address}/end", {"seen": "1"}, page=address).status_code for _ in range(2)]
    assert answers == [303, 303] and len(said(stored, campaign)) == 2
