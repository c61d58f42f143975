"""The cast at the desk: Minh, Tuấn and Lan signed in with a browser; households registered and visited through the real doors."""

import re

import pytest
from sqlalchemy import update

from fieldapp.intake import desk
from fieldapp.intake.form import bringing, tables
from fieldapp.store import accounts, areas, households, journal, questionnaires
from fieldapp.store.accounts import Account
from fieldapp.store.engine import reading, writing
from fieldapp.store.tables import account
from fieldapp.survey.questionnaire import NAMES
from fieldapp.web.accounts.passwords import hashed
from fieldapp.web.server import Server
from tests.conftest import HERE, PASSWORD

PERSON = "k3v9x2m7ap"
PROVINCE, ELSEWHERE = "tinh-thanh-hoa", "xa-nghe-an"


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
def desk_app(app, communes):
    """The application, with everybody's password set; Hường has one too, and it must not help her."""
    server: Server = app.extensions["fieldapp"]
    with writing(communes) as connection:
        of_all = {"password_hash": hashed(PASSWORD, server.settings), "username": account.c.account_id}
        connection.execute(update(account).values(of_all))
    return app


@pytest.fixture
def anybody(desk_app):
    return Browser(desk_app)


@pytest.fixture
def minh(desk_app):
    return signed_in(desk_app, "minh")


@pytest.fixture
def tuan(desk_app):
    return signed_in(desk_app, "tuan")


@pytest.fixture
def lan(desk_app):
    return signed_in(desk_app, "lan")


def signed_in(app, username):
    browser = Browser(app)
    assert browser.sign_in(username).status_code == 302
    return browser


@pytest.fixture
def register(communes, clock):
    """Puts a household of one person into the commune's book, as its officer does; gives its code."""

    def registered(village, name, officer=(HERE, "minh")):
        head = {"birth_year": 1960, "sex": "female", "relation": "head", "residence": "permanent"}
        body = {"village": village, "address": "Ngõ 3", "source": "roster", "people": [{"id": PERSON, "name": name, **head}]}
        with reading(communes) as connection:
            author = accounts.by_id(connection, *officer)
        (receipt,) = desk.record(communes, author, clock(), [("register", None, body)])
        assert receipt.outcome == "stored", receipt
        with reading(communes) as connection:
            return households.by_id(connection, officer[0], receipt.id).code

    return registered


@pytest.fixture
def visit(huong, communes):
    """Sends a visit from Hường's phone. people: what she found of the house's one person; house: of the house; base: what she had before her."""

    def visited(code, outcome="done", people=None, help=(), comment=None, base=None, return_on=None, house=None):
        with reading(communes) as connection:
            household = households.by_code(connection, HERE, code).household_id
        consent = {"given": True, "text": "consent-1", "sha256": "0" * 64, "purposes": ["survey"], "method": "spoken"}
        body = {"outcome": outcome, "help": list(help), "seconds": 74, "comment": comment, "return_on": return_on}
        if outcome in ("done", "partly"):
            body |= {"consent": consent, "respondent": PERSON, "people": {PERSON: people or {}}}
            body |= {"house": house} if house else {}
        huong.seal("visit", household, body, base=base)
        answer = huong.sync()
        assert answer["receipts"][0]["outcome"] == "stored", answer

    return visited


@pytest.fixture
def stored(communes):
    """stored(areas.villages), stored(teams.of_commune) …: what the store says of xã Thiệu Trung."""

    def stored(ask, *more):
        with reading(communes) as connection:
            return ask(connection, HERE, *more)

    return stored


@pytest.fixture
def mai(desk_app, communes):
    """Mai, of tỉnh Thanh Hóa; beside its communes one of another province."""
    with writing(communes) as connection:
        areas.found_commune(connection, areas.Commune(PROVINCE, "38", "Tỉnh Thanh Hóa", "Tỉnh Thanh Hóa", "e"), "2025-07-01")
        areas.found_commune(connection, areas.Commune(ELSEWHERE, "16681", "Xã Nghi Lộc", "Tỉnh Nghệ An", "e"), "2025-07-01")
        areas.found_village(connection, ELSEWHERE, areas.Village("v", "Vinh", "thon", False, 1, "2025-07-01"))
        password = hashed(PASSWORD, desk_app.extensions["fieldapp"].settings)
        accounts.add(connection, Account(PROVINCE, "mai", "Trần Thị Mai", "province", username="mai", password_hash=password))
    return signed_in(desk_app, "mai")


@pytest.fixture
def publish_form(communes):
    """Makes a form the commune's own; gives its name."""

    def publish_form(form):
        with writing(communes) as connection:
            journal.lock(connection, HERE)
            number, before = questionnaires.current(connection, HERE)
            brought = bringing.bring(tables.read(form.xlsx()), before.raw, NAMES[-1], number + 1)
            questionnaires.publish(connection, HERE, brought.form, brought.source, [], "minh", "2026-11-20T02:00:00.000Z")
            return brought.form["name"]

    return publish_form
