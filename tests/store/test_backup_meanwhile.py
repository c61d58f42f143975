"""Backups made by the command while eight phones send to a real server: each is one moment of the journal and holds all that had a receipt
before it began; a phone is told that a text is confirmed only when two of them hold it."""

import subprocess
import time

import pytest
from sqlalchemy import select

from fieldapp.browsing.site import Site
from fieldapp.paper.restore import restore
from fieldapp.store import backups
from fieldapp.store.engine import open_engine, reading
from fieldapp.store.migrate import upgrade
from fieldapp.store.rebuild import differences
from fieldapp.store.tables import journal
from fieldapp.survey.event import sha256_of
from tests.conftest import HERE
from tests.senders import Sender, kept_hashes, phone_of, sending
from tests.store.test_backup import NOW, keys

__all__ = ["keys"]

PHONES, BACKUPS = 8, 4


@pytest.fixture
def site(communes, keys, tmp_path):
    site = Site(communes, tmp_path / "data")
    site.start()
    its_own_first_backup(communes)
    yield site
    site.stop()


def its_own_first_backup(engine):
    """Wait for the one that a server makes as soon as it runs: of a journal without a text, and not among those that are counted here."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with reading(engine) as connection:
            if backups.of_commune(connection, HERE):
                return
        time.sleep(0.05)
    raise AssertionError("no backup at the start")


def contents(made, keys, folder):
    """What a backup brings back: the hashes by sequence, and the digests of the chain."""
    engine = open_engine(f"sqlite:///{folder / made.stem}.sqlite")
    upgrade(engine)
    restore(engine, made, list(keys.values()), NOW)
    with reading(engine) as connection:
        assert differences(connection, HERE) == []
    hashes, links = kept_hashes(engine), chain(engine)
    engine.dispose()
    return hashes, links


def chain(engine):
    with reading(engine) as connection:
        return list(connection.execute(select(journal.c.chain).where(journal.c.commune_id == HERE).order_by(journal.c.sequence)).scalars())


def test_backups_beside_eight_sending_phones_are_each_one_moment_and_confirm_nothing_too_early(communes, keys, site, tmp_path, sound):
    senders = [Sender(phone_of(communes, "huong", lambda: site.address, f"phone {each}")) for each in range(PHONES)]
    files = [tmp_path / f"backup-{number}.tungnha" for number in range(BACKUPS)]
    begun, ended = [], []
    with sending(senders):
        for file in files:
            begun.append(time.monotonic())
            subprocess.run(site.command("backup", str(file)), env=site.environment, check=True, capture_output=True, timeout=120)
            ended.append(time.monotonic())
        time.sleep(0.5)
    assert all(sender.send() for sender in senders)

    whole, links = kept_hashes(communes), chain(communes)
    held = []
    for file, when in zip(files, begun, strict=True):
        hashes, theirs = contents(file, keys, tmp_path)
        assert theirs == links[: len(theirs)] and hashes == whole[: len(hashes)]
        assert {sha256 for sender in senders for moment, sha256 in sender.receipts if moment < when} <= set(hashes)
        held.append(set(hashes))
    assert held[0] < held[-1] < set(whole)

    for sender in senders:
        hashes = [sha256_of(text) for text in sender.texts]
        assert sender.confirmed[-1][1] > 0 and sender.refusals == []
        for moment, confirmed in sender.confirmed:
            # What may have been completed by then, the last of it left out: it alone is trusted by nobody.
            completed = [each for each, when in zip(held, begun, strict=True) if when < moment]
            assert confirmed == 0 if len(completed) < 2 else set(hashes[:confirmed]) <= completed[-2]
    sound()
