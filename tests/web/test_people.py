"""Who may sign in: invited by a single-use code, given a new password, closed; an auditor sees no resident."""

import re

from fieldapp.store import accounts, devices
from fieldapp.store.engine import reading, writing
from fieldapp.web.accounts import people
from tests.conftest import HERE
from tests.web.conftest import Browser

PASSWORD = "đò dọc sông Mã"
HA = {"name": "Lê Thu Hà", "new": "h0th0h0th0"}


def code_of(page):
    return re.search(r'class="card-code">([^<]+)<', page)[1]


def accept(app, code, username="thu.ha", **typed):
    browser = Browser(app)
    return browser, browser.post("/invited", {"code": code, "username": username, "password": PASSWORD, "again": PASSWORD, **typed}, page="/invited")


def auditor(minh, app):
    return accept(app, code_of(minh.post("/office/people", {**HA, "role": "auditor"}, page="/office/people").text))[0]


def test_somebody_invited_chooses_a_password_and_is_at_the_desk(minh, desk_app):
    card = minh.post("/office/people", {**HA, "role": "officer"}, page="/office/people").text
    browser, answer = accept(desk_app, code_of(card).lower())
    assert answer.status_code == 303 and "Lê Thu Hà" in browser.get("/").text
    assert Browser(desk_app).sign_in("thu.ha", PASSWORD).status_code == 302


def test_a_code_is_used_once_and_only_the_newest_counts(minh, desk_app):
    first = code_of(minh.post("/office/people", {**HA, "role": "officer"}, page="/office/people").text)
    account_id = re.search(r"/office/people/([0-9a-z]{10})/invite", minh.get("/office/people").text)[1]
    second = code_of(minh.post(f"/office/people/{account_id}/invite", page="/office/people").text)
    assert "Mã này không dùng được" in accept(desk_app, first)[1].text
    assert accept(desk_app, second)[1].status_code == 303
    assert "Mã này không dùng được" in accept(desk_app, second)[1].text


def test_an_old_invitation_is_worth_nothing(minh, desk_app, clock):
    code = code_of(minh.post("/office/people", {**HA, "role": "officer"}, page="/office/people").text)
    clock.tick(days=8)
    assert accept(desk_app, code)[1].status_code == 422


def test_a_username_is_nobody_elses(minh, desk_app):
    code = code_of(minh.post("/office/people", {**HA, "role": "officer"}, page="/office/people").text)
    assert "đã có người dùng" in accept(desk_app, code, "minh")[1].text


def test_a_closed_account_is_out_at_once_and_nobody_closes_their_own(minh, tuan, desk_app, communes):
    minh.post("/office/people/tuan/active", {"active": "0"}, page="/office/people")
    assert tuan.get("/").status_code == 302 and Browser(desk_app).sign_in("tuan").status_code == 422
    assert minh.post("/office/people/minh/active", {"active": "0"}, page="/office/people").status_code == 404
    minh.post("/office/people/tuan/active", {"active": "1"}, page="/office/people")
    assert Browser(desk_app).sign_in("tuan").status_code == 302


def test_a_new_password_ends_other_sessions(minh, desk_app):
    other = Browser(desk_app)
    other.sign_in("minh")
    answer = minh.post("/password", {"old": "tre-xanh-bong-mat", "password": PASSWORD, "again": PASSWORD}, page="/password")
    assert answer.status_code == 303 and minh.get("/").status_code == 200 and other.get("/").status_code == 302
    assert minh.post("/password", {"old": "sai", "password": PASSWORD, "again": PASSWORD}, page="/password").status_code == 422


def test_foreign_accounts_do_not_exist(minh, lan, communes):
    for path in ("/office/people/minh/invite", "/office/people/tuan/active", "/office/people/huong/invite"):
        assert lan.post(path, {"active": "0"}, page="/office/people").status_code == 404
    assert minh.post("/office/people/huong/invite", page="/office/people").status_code == 404
    with reading(communes) as connection:
        assert accounts.by_id(connection, HERE, "tuan").active


def test_an_auditor_sees_figures_and_the_log_and_no_resident(minh, desk_app, register, visit):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"})
    minh.get(f"/households/{code}")
    ha = auditor(minh, desk_app)
    for path in ("/", "/indicators/smartphone", "/readings", "/journal"):
        page = ha.get(path)
        assert page.status_code == 200 and "Trịnh Thị Hoa" not in page.text, path
    for path in (f"/households/{code}", "/households", "/villages/dong-cho", "/progress", "/office", "/teams"):
        assert ha.get(path).status_code == 404, path
    link = re.search(r"/readings/[0-9a-f-]{36}", ha.get("/readings").text)[0]
    assert code in ha.get(link).text and f'href="/households/{code}"' not in ha.get(link).text


def test_a_form_sent_twice_invites_one_person_and_the_card_shown_last_counts(minh, desk_app):
    first, last = (code_of(minh.post("/office/people", {**HA, "role": "officer"}, page="/office/people").text) for _each in range(2))
    assert minh.get("/office/people").text.count("Lê Thu Hà") == 1
    assert accept(desk_app, first)[1].status_code == 422 and accept(desk_app, last)[1].status_code == 303
    assert minh.post("/office/people", {**HA, "role": "officer"}, page="/office/people").status_code == 404
    assert minh.post("/office/people", {**HA, "new": "minh", "role": "officer"}, page="/office/people").status_code == 400


def test_a_closed_account_keeps_no_invitation_and_no_phone(minh, desk_app, communes, huong):
    code = code_of(minh.post("/office/people", {**HA, "role": "officer"}, page="/office/people").text)
    minh.post(f"/office/people/{HA['new']}/active", {"active": "0"}, page="/office/people")
    minh.post(f"/office/people/{HA['new']}/active", {"active": "1"}, page="/office/people")
    assert accept(desk_app, code)[1].status_code == 422
    with writing(communes) as connection:
        devices.enrol(connection, HERE, "tuan-phone", "tuan", "2026-11-20T03:00:00.000Z")
    minh.post("/office/people/tuan/active", {"active": "0"}, page="/office/people")
    with reading(communes) as connection:
        assert devices.by_id(connection, HERE, "tuan-phone").revoked_at


def test_who_was_closed_while_pressing_the_button_closes_nobody(minh, communes, monkeypatch):
    """Two officers close each other at the same moment: one of them is left."""
    theirs = people._theirs

    def closed_meanwhile(account_id):
        with writing(communes) as connection:
            accounts.set_active(connection, HERE, "minh", False)
        return theirs(account_id)

    monkeypatch.setattr(people, "_theirs", closed_meanwhile)
    assert minh.post("/office/people/tuan/active", {"active": "0"}, page="/office/people").status_code == 404
    with reading(communes) as connection:
        assert accounts.by_id(connection, HERE, "tuan").active


def test_the_password_of_an_open_browser_is_not_guessed_at_for_long(minh):
    form = {"old": "sai", "password": PASSWORD, "again": PASSWORD}
    assert [minh.post("/password", form, page="/password").status_code for _each in range(9)] == [422] * 8 + [429]


def test_a_username_is_the_same_in_capitals(minh, desk_app):
    code = code_of(minh.post("/office/people", {**HA, "role": "officer"}, page="/office/people").text)
    assert accept(desk_app, code, " Thu.Ha ")[1].status_code == 303
    assert Browser(desk_app).sign_in("THU.HA", PASSWORD).status_code == 302


def test_everybody_of_the_desk_finds_where_the_password_is_changed(minh, tuan, desk_app):
    for browser, page in ((minh, "/"), (tuan, "/households"), (auditor(minh, desk_app), "/readings")):
        assert 'href="/password"' in browser.get(page).text and browser.get("/password").status_code == 200
