"""Sixteen send the same five hundred events at the same time, each in an order of its own, while others read page by page: each event is in
the journal once and counts once, everybody gets their receipts, and no reader misses a household."""

import random
import socket
import threading
import urllib.request

import pytest

from fieldapp.browsing.site import Site
from fieldapp.survey.event import sha256_of
from tests.senders import a_visited_house, kept_hashes, phone_of, posting, working

CLIENTS, HOUSES, READERS = 16, 250, 4
LONGEST_BATCH, SHORTEST_PAGE, LONGEST_PAGE = 60, 1, 9


@pytest.fixture
def sites(communes, tmp_path):
    """Servers over the one database: three on PostgreSQL, one on SQLite, whose file belongs to one server."""
    sites = [Site(communes, tmp_path / f"server {number}") for number in range(1 if communes.dialect.name == "sqlite" else 3)]
    for site in sites:
        site.start()
    yield sites
    for site in sites:
        site.stop()


def test_the_same_events_from_sixteen_at_once_count_once_and_no_reader_misses_a_house(communes, sites, figure, sound):
    phone = phone_of(communes, "huong", lambda: sites[0].address, "sixteen")
    houses = {a_visited_house(phone) for _ in range(HOUSES)}
    texts = list(phone.outbox)
    receipts: list[dict[str, str]] = []

    def send(client: int) -> None:
        chance, post = random.Random(client), posting(lambda: sites[client % len(sites)].address)
        mine, waiting = [], chance.sample(texts, len(texts))
        twin = phone.__class__(post, client, phone.at, device=phone.device, token=phone.token)
        while waiting:
            batch = [waiting.pop() for _ in range(min(len(waiting), chance.randint(1, LONGEST_BATCH)))]
            status, answer = twin.call(batch, limit=1)
            assert status == 200, answer
            assert [receipt["sha256"] for receipt in answer["receipts"]] == [sha256_of(text) for text in batch]
            mine += answer["receipts"]
        receipts.extend(mine)

    readers = [phone_of(communes, "tuan", lambda each=each: sites[each].address, f"reader {each}") for each in range(len(sites))]
    all_sent = threading.Event()

    def read(reader) -> None:
        chance, last = random.Random(str(reader.seed)), False
        while not last:
            last = all_sent.is_set()  # and then once more to the end
            reader.sync(limit=chance.randint(SHORTEST_PAGE, LONGEST_PAGE))

    with working([lambda reader=reader: read(reader) for reader in readers]):
        try:
            with working([lambda client=client: send(client) for client in range(CLIENTS)]):
                pass
        finally:
            all_sent.set()

    assert sorted(kept_hashes(communes)) == sorted(sha256_of(text) for text in texts)
    outcomes = [receipt["outcome"] for receipt in receipts]
    # A visit that came before its house's register was held, and counted by itself with it.
    assert (len(outcomes) - outcomes.count("known"), outcomes.count("known")) == (2 * HOUSES, (CLIENTS - 1) * 2 * HOUSES)
    assert figure("dong-cho", "smartphone").yes == HOUSES and figure("dong-cho", "coverage").yes == HOUSES
    assert [set(reader.households) ^ houses for reader in readers] == [set()] * len(readers)
    assert all(house["visited"] for reader in readers for house in reader.households.values())
    sound()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_hundred_phones_that_keep_their_connection_keep_nobody_out(sites):
    host, _, port = sites[0].address.removeprefix("http://").partition(":")
    kept = [socket.create_connection((host, int(port))) for _ in range(150)]
    assert urllib.request.urlopen(f"{sites[0].address}/api/health", timeout=15).status == 200
    for each in kept:
        each.close()
