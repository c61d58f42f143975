"""Signing in: who may, how often one may try, and where it leads."""

import pytest

from fieldapp.store.engine import writing
from fieldapp.store.tables import account
from tests.conftest import PASSWORD


def test_a_stranger_is_asked_who_they_are(anybody):
    answer = anybody.get("/villages/dong-cho")
    assert answer.status_code == 302 and answer.headers["Location"] == "/sign-in?next=/villages/dong-cho"


def test_the_right_password_leads_where_one_was_going(anybody):
    answer = anybody.post("/sign-in?next=/villages/dong-cho", {"username": "minh", "password": PASSWORD})
    assert answer.headers["Location"] == "/villages/dong-cho"


FOREIGN = ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/%09/elsewhere.example"]


@pytest.mark.parametrize("target", FOREIGN)
def test_a_sign_in_never_leads_to_a_foreign_host(anybody, target):
    answer = anybody.post(f"/sign-in?next={target}", {"username": "minh", "password": PASSWORD})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("username, password", [("minh", "sai"), ("không có", PASSWORD), ("huong", PASSWORD), ("minh", "")])
def test_every_failure_says_the_same(anybody, username, password):
    answer = anybody.sign_in(username, password)
    assert answer.status_code == 422 and "Tên đăng nhập hoặc mật khẩu không đúng" in answer.text


def test_an_account_is_not_guessed_at_for_long(anybody):
    for _ in range(8):
        anybody.sign_in("minh", "sai")
    answer = anybody.sign_in("minh")
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 60 and "phút" in answer.text


def test_others_may_still_sign_in_from_the_same_office(anybody):
    for _ in range(9):
        anybody.sign_in("minh", "sai")
    assert anybody.sign_in("tuan").status_code == 302


def test_signing_in_often_is_no_offence(anybody):
    assert {anybody.sign_in("minh").status_code for _ in range(12)} == {302}


def test_a_form_without_its_token_changes_nothing(anybody):
    answer = anybody.client.post("/sign-in", data={"username": "minh", "password": PASSWORD})
    assert answer.status_code == 400 and "Biểu mẫu đã hết hiệu lực" in answer.text


def test_signing_out_ends_the_session(minh):
    minh.post("/sign-out", page="/")
    assert minh.get("/").status_code == 302


@pytest.mark.parametrize("change", [{"active": False}, {"password_hash": "another"}, {"role": "member"}])
def test_a_closed_account_or_a_new_password_ends_open_sessions(minh, communes, change):
    with writing(communes) as connection:
        connection.execute(account.update().where(account.c.account_id == "minh").values(**change))
    assert minh.get("/").status_code == 302
