"""A server that comes to a version which keeps its communes otherwise: it serves at once, makes them again beside its work, and one that lost its
power in the middle goes on where it was."""

import time
import urllib.request

import pytest

from fieldapp.browsing.site import Site
from fieldapp.store import shape
from fieldapp.store.engine import reading, writing
from tests.conftest import HERE
from tests.intake.test_sync import a_visit
from tests.senders import Sender, phone_of

HOUSEHOLDS = 80
# Many small slices: the power is to go between two of them.
SLOWLY = "from fieldapp.store import recounting\nrecounting.count_some.__defaults__ = (2,)"
PATIENCE_SECONDS = 60


@pytest.fixture
def site(communes, tmp_path):
    site = Site(communes, tmp_path / "served", before=SLOWLY)
    yield site
    site.stop()


def made_to(engine):
    with reading(engine) as connection:
        return shape.made_to(connection, HERE)


def until(reached):
    ends = time.monotonic() + PATIENCE_SECONDS
    while not reached():
        assert time.monotonic() < ends, "it did not come so far"
        time.sleep(0.005)


def test_it_serves_at_once_and_goes_on_where_its_power_went(huong, communes, site, figure, sound):
    for _ in range(HOUSEHOLDS):
        a_visit(huong)
    huong.sync()
    with writing(communes) as connection:
        shape.age(connection, HERE)
    site.start()
    assert urllib.request.urlopen(f"{site.address}/api/health", timeout=20).status == 200
    until(lambda: made_to(communes) not in (None, shape.NONE))
    site.stop()
    halfway = made_to(communes)
    assert halfway not in (None, shape.NONE)
    site.start()
    sender = Sender(phone_of(communes, "huong", lambda: site.address, "another phone"))
    sender.visit()
    assert sender.send() and len(sender.promised) == 2
    until(lambda: made_to(communes) is None)
    assert figure("dong-cho", "coverage").yes == HOUSEHOLDS + 1
    sound()
