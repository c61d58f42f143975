"""The cast of the desk: two communes with their officers, a leader, a member; signed-in browsers, a server with a clock."""

import re

import pytest

from fieldapp import create_app
from fieldapp.config import Settings
from fieldapp.intake import desk
from fieldapp.store import accounts, areas, households
from fieldapp.store.accounts import Account
from fieldapp.store.engine import open_engine, reading, writing
from fieldapp.store.migrate import upgrade
from fieldapp.web.passwords import hashed

NOW = "2026-11-22T05:31:07.123Z"
PASSWORD = "một con ngựa đỏ"


class Browser:
    """A person at the desk: sends the form token that the last page carried, as a browser does."""

    def __init__(self, app):
        self.client = app.test_client()

    def get(self, path, **options):
        return self.client.get(path, **options)

    def post(self, path, form=None, page="/sign-in"):
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(page, follow_redirects=True).text)
        return self.client.post(path, data={"csrf_token": token[1], **(form or {})})

    def sign_in(self, username, password=PASSWORD):
        return self.post("/sign-in", {"username": username, "password": password})


@pytest.fixture
def settings(tmp_path):
    return Settings(data_folder=tmp_path, argon2_rounds=1, argon2_memory_kib=8, secret="a secret of the tests")


@pytest.fixture
def engine(settings):
    opened = open_engine(settings.database_address)
    upgrade(opened)
    with writing(opened) as connection:
        _found(connection, settings, "thieu-trung", "15835", "xã Thiệu Trung", {"dong-cho": "Đồng Chợ", "noi-hung": "Nội Hưng"})
        _found(connection, settings, "thieu-quang", "15841", "xã Thiệu Quang", {"nguyen-thang": "Nguyên Thắng"})
        for commune_id, account_id, name, role in (
            ("thieu-trung", "minh", "Lê Văn Minh", "officer"),
            ("thieu-trung", "tuan", "Nguyễn Anh Tuấn", "leader"),
            ("thieu-trung", "huong", "Trịnh Thị Hường", "member"),
            ("thieu-quang", "lan", "Lê Thị Lan", "officer"),
        ):
            accounts.add(connection, Account(commune_id, account_id, name, role, account_id, hashed(PASSWORD, settings)))
        for account_id in ("tuan", "huong"):
            accounts.assign(connection, "thieu-trung", account_id, "dong-cho", "2026-01-01")
    yield opened
    opened.dispose()


def _found(connection, settings, commune_id, code, name, villages):
    areas.found_commune(connection, areas.Commune(commune_id, code, name, "Thanh Hóa", "first"), "2025-07-01")
    for number, (village_id, village) in enumerate(villages.items(), 1):
        areas.found_village(connection, commune_id, areas.Village(village_id, village, "thon", False, number, "2025-07-01"))


@pytest.fixture
def app(settings, engine):
    return create_app(settings, engine, lambda: NOW)


@pytest.fixture
def anybody(app):
    return Browser(app)


@pytest.fixture
def minh(app):
    return _signed_in(app, "minh")


@pytest.fixture
def tuan(app):
    return _signed_in(app, "tuan")


@pytest.fixture
def lan(app):
    return _signed_in(app, "lan")


def _signed_in(app, username):
    browser = Browser(app)
    assert browser.sign_in(username).status_code == 302
    return browser


@pytest.fixture
def register(engine):
    """Puts a household into the commune's book, as its officer does; gives its code."""

    def registered(village, name, officer=("thieu-trung", "minh")):
        head = {"birth_year": 1960, "sex": "female", "relation": "head", "residence": "permanent"}
        people = [{"id": "k3v9x2m7ap", "name": name, **head}]
        with reading(engine) as connection:
            author = accounts.by_id(connection, *officer)
        body = {"village": village, "address": "Ngõ 3", "source": "roster", "people": people}
        (receipt,) = desk.record(engine, author, NOW, [("register", None, body)])
        assert receipt.outcome == "stored", receipt
        with reading(engine) as connection:
            return households.by_id(connection, officer[0], receipt.id).code

    return registered
