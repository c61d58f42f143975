"""Xã Thiệu Trung served by a real server to a real browser, with the machine's own clock: phones and pages read that one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import update

from fieldapp.browsing.site import Site
from fieldapp.config import Settings
from fieldapp.store import devices
from fieldapp.store.engine import writing
from fieldapp.store.tables import account, assignment
from fieldapp.survey.day import instant, moment
from fieldapp.web.accounts.passwords import hashed
from fieldapp.web.server import utc_now
from tests.browser import launch
from tests.conftest import HERE, PASSWORD
from tests.journey.houses import ROSTER
from tests.journey.member import SCREEN, Member

LONG_AGO = "2020-01-01"
# Two cores carry server, database and browser, and other tests beside: what is shown at last was shown.
expect.set_options(timeout=20_000)


@pytest.fixture
def clock(clock):
    """Three days ago: what the tests put into the book was there before the phone came."""
    clock.now = moment(instant(utc_now()) - timedelta(days=3))
    return clock


@pytest.fixture
def communes(communes):
    """Everybody assigned since long ago, and able to sign in."""
    cheap = replace(Settings(), argon2_rounds=1, argon2_memory_kib=8)
    with writing(communes) as connection:
        connection.execute(update(assignment).values(since=LONG_AGO))
        connection.execute(update(account).where(account.c.username.is_not(None)).values(password_hash=hashed(PASSWORD, cheap)))
    return communes


@pytest.fixture
def roster(minh) -> dict[str, str]:
    """The households of the commune's list, in the book: name of the head → id."""
    return {body["people"][0]["name"]: minh("register", None, body).id for body in ROSTER}


@pytest.fixture
def site(communes, roster, tmp_path) -> Iterator[Site]:
    site = Site(communes, tmp_path / "data")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def link(communes, site):
    """The link of a new enrolment card: link("huong")."""

    def link(account_id: str) -> str:
        with writing(communes) as connection:
            code = devices.new_code(connection, HERE, account_id, "2099-01-01T00:00:00.000Z")
        return f"{site.address}/phone/#enrol={code[:4]}-{code[4:]}"

    return link


@pytest.fixture
def browsers(tmp_path):
    """Opens browsers by the name of their profile, all closed in the end: browsers("phone")."""
    opened: list[BrowserContext] = []

    def browsers(name: str, **options) -> BrowserContext:
        context = launch(tmp_path / name, **{"viewport": SCREEN, **options})
        context.set_default_timeout(20_000)
        opened.append(context)
        return context

    yield browsers
    for context in opened:
        context.close()


@pytest.fixture
def huong(browsers, link) -> Member:
    """Hường with her own phone, just enrolled, the list in front of her."""
    member = Member(browsers("phone").pages[0])
    member.enrol(link("huong"))
    return member
