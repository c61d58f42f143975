"""PostgreSQL struck down under a server that goes on: one of its processes, all of them, or a table that another session locks. What a phone
holds a receipt for is in the journal; the server finds its database again by itself."""

import random
import time

import psutil
import psycopg
import pytest

from fieldapp.browsing.site import Site
from fieldapp.store.engine import open_engine
from fieldapp.survey.event import sha256_of
from tests import postgres
from tests.senders import Sender, kept_hashes, phone_of, sending

pytestmark = pytest.mark.postgres

ROUNDS, PHONES = 6, 6
LONGEST_SECONDS = 0.6
IMPATIENT = "from fieldapp.store import engine\nengine.BUSY_TIMEOUT_S = 1"


@pytest.fixture
def cluster():
    with postgres.start() as cluster:
        yield cluster


@pytest.fixture
def engine(cluster, postgres_template, request):
    """An empty database in its newest shape, on a cluster that belongs to this test alone."""
    from fieldapp.store.migrate import upgrade

    engine = open_engine(cluster.new_database())
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def site(communes, tmp_path):
    site = Site(communes, tmp_path / "data", IMPATIENT)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def senders(communes, site):
    return [Sender(phone_of(communes, "huong", lambda: site.address, f"phone {each}")) for each in range(PHONES)]


def backends(cluster) -> tuple[psutil.Process, list[psutil.Process]]:
    """The cluster's first process, and those of it that serve somebody's connection."""
    postmaster = psutil.Process(int((cluster.folder / "data/postmaster.pid").read_text().split()[0]))
    return postmaster, [each for each in postmaster.children() if "postgres: postgres" in " ".join(each.cmdline())]


def kill_one(cluster, chance) -> None:
    """Its first process takes that for a broken memory: it ends all the others and recovers from the log."""
    _, serving = backends(cluster)
    chance.choice(serving).kill()


def kill_all(cluster, chance) -> None:
    postmaster, _ = backends(cluster)
    processes = [postmaster, *postmaster.children()]
    for each in processes:
        each.kill()
    psutil.wait_procs(processes, timeout=30)
    cluster.pg_ctl("start")


@pytest.mark.parametrize("strike", [kill_one, kill_all])
def test_receipts_are_true_and_the_server_finds_its_database_again(communes, cluster, senders, figure, sound, strike):
    chance = random.Random(6)
    for _ in range(ROUNDS):
        with sending(senders):
            time.sleep(chance.uniform(0.1, LONGEST_SECONDS))
            strike(cluster, chance)
        communes.dispose()
        until_it_answers(communes)
        kept = kept_hashes(communes)
        assert len(kept) == len(set(kept))
        assert {sha256 for sender in senders for sha256 in sender.promised} <= set(kept)
    for sender in senders:
        while not sender.send():
            time.sleep(0.2)
    texts = [text for sender in senders for text in sender.texts]
    assert sorted(kept_hashes(communes)) == sorted(map(sha256_of, texts)) and len(texts) > 2 * ROUNDS
    assert figure("dong-cho", "coverage").yes == len(texts) // 2
    told = {(status, answer["problem"]["code"]) for sender in senders for status, answer in sender.refusals}
    assert told <= {(503, "not_written")}
    sound()


def until_it_answers(engine) -> None:
    address = engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    for _ in range(100):
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.2)
    raise AssertionError("the cluster did not come back")


@pytest.mark.parametrize("lock", ["LOCK TABLE journal IN EXCLUSIVE MODE", "SELECT 1 FROM commune FOR UPDATE"])
def test_what_another_session_locks_is_told_in_time_and_taken_later(communes, senders, figure, sound, lock):
    sender = senders[0]
    for _ in range(3):
        sender.visit()
    with psycopg.connect(communes.url.render_as_string(hide_password=False).replace("+psycopg", "")) as other:
        other.execute(lock)
        for _ in range(2):
            assert not sender.send()
            status, answer = sender.refusals[-1]
            assert (status, answer["problem"]["code"]) == (503, "not_written")
        other.rollback()
    assert sender.send()
    assert kept_hashes(communes) == [sha256_of(text) for text in sender.texts]
    assert figure("dong-cho", "coverage").yes == 3
    sound()
