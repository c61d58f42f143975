"""A disk without space, a database that another program locks: the phone hears in words that nothing was taken, keeps its texts, and all is
taken once there is room again; nobody has to start the server anew."""

import resource
import sqlite3
import urllib.request
from pathlib import Path

import psutil
import pytest

from fieldapp.browsing.site import Site
from fieldapp.survey.event import sha256_of
from tests.senders import Sender, kept_hashes, phone_of

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

# The pages that SQLite may use, read anew before each transaction from a file that stands for the disk's space.
FEW_PAGES = """
from pathlib import Path
from sqlalchemy import event
from fieldapp.store import engine as store
prepare = store.prepare
def limited(engine):
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {{Path({pages!r}).read_text()}}"))
    return prepare(engine)
store.prepare = limited
"""
IMPATIENT = "from fieldapp.store import engine\nengine.BUSY_TIMEOUT_S = 1"
PLENTY = "1000000000"


@pytest.fixture
def database(communes, tmp_path) -> Path:
    return Path(communes.url.database)


@pytest.fixture
def served(communes, tmp_path):
    """served(before): a server of which a process runs this Python first, and a phone of Hường's."""
    sites = []

    def served(before: str = ""):
        site = Site(communes, tmp_path / "data", before)
        sites.append(site)
        site.start()
        return site, Sender(phone_of(communes, "huong", lambda: site.address, "full"))

    yield served
    for site in sites:
        site.stop()


def nothing_is_taken(sender: Sender, site: Site, before: list[str], communes) -> None:
    """The phone is told so by ours, in words; pages are shown all the same."""
    assert not sender.send()
    status, answer = sender.refusals[-1]
    assert (status, answer["problem"]["code"]) == (503, "not_written") and "chưa được nhận" in answer["message"]
    assert kept_hashes(communes) == before
    assert urllib.request.urlopen(f"{site.address}/api/health", timeout=20).status == 200


def all_is_taken(sender: Sender, communes, figure, sound, houses: int) -> None:
    assert sender.send(), sender.refusals[-1:]
    assert kept_hashes(communes) == [sha256_of(text) for text in sender.texts]
    assert figure("dong-cho", "coverage").yes == houses
    sound()


def visits(sender: Sender, houses: int) -> None:
    for _ in range(houses):
        sender.visit()


def test_a_disk_that_takes_no_more_bytes(communes, served, database, figure, sound):
    site, sender = served()
    visits(sender, 3)
    assert sender.send()
    before = kept_hashes(communes)
    log = database.with_name(f"{database.name}-wal")
    process = psutil.Process(site.process.pid)
    whole = process.rlimit(psutil.RLIMIT_FSIZE)
    for room in (0, 100, 4096, 20_000):
        process.rlimit(psutil.RLIMIT_FSIZE, (log.stat().st_size + room, whole[1]))
        visits(sender, 30)
        nothing_is_taken(sender, site, before, communes)
        nothing_is_taken(sender, site, before, communes)
    process.rlimit(psutil.RLIMIT_FSIZE, (resource.RLIM_INFINITY, whole[1]))
    all_is_taken(sender, communes, figure, sound, 123)


def test_a_database_that_may_not_grow(communes, served, database, tmp_path, figure, sound):
    pages = tmp_path / "pages"
    pages.write_text(PLENTY)
    site, sender = served(FEW_PAGES.format(pages=str(pages)))
    visits(sender, 3)
    assert sender.send()
    before = kept_hashes(communes)
    pages.write_text("1")  # SQLite reads it as: not one page more
    visits(sender, 100)
    nothing_is_taken(sender, site, before, communes)
    nothing_is_taken(sender, site, before, communes)
    pages.write_text(PLENTY)
    all_is_taken(sender, communes, figure, sound, 103)


def test_a_database_that_another_program_locks(communes, served, database, figure, sound):
    site, sender = served(IMPATIENT)
    visits(sender, 3)
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    nothing_is_taken(sender, site, [], communes)
    nothing_is_taken(sender, site, [], communes)
    other.execute("COMMIT")
    other.close()
    all_is_taken(sender, communes, figure, sound, 3)
