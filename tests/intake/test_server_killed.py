"""A server that loses its power at any moment: what a phone holds a receipt for is in the journal, and nothing counts twice."""

import random
import time

import pytest

from fieldapp.browsing.site import Site
from fieldapp.survey.event import sha256_of
from tests.senders import Sender, kept_hashes, phone_of, sending

ROUNDS, PHONES = 10, 6
LONGEST_SECONDS = 0.6


@pytest.fixture
def site(communes, tmp_path):
    site = Site(communes, tmp_path / "data")
    site.start()
    yield site
    site.stop()


def test_a_receipt_given_before_the_power_went_is_true_after_it(communes, site, figure, sound):
    chance = random.Random(20)
    senders = [Sender(phone_of(communes, "huong", lambda: site.address, f"phone {each}")) for each in range(PHONES)]
    for _ in range(ROUNDS):
        with sending(senders):
            time.sleep(chance.uniform(0, LONGEST_SECONDS))
            site.stop()
        kept = kept_hashes(communes)
        assert len(kept) == len(set(kept))
        assert {sha256 for sender in senders for sha256 in sender.promised} <= set(kept)
        site.start()
    assert all(sender.send() or sender.send() for sender in senders)  # the first may find its connection gone with the server before
    texts = [text for sender in senders for text in sender.texts]
    assert sorted(kept_hashes(communes)) == sorted(map(sha256_of, texts)) and len(texts) > 2 * ROUNDS
    assert figure("dong-cho", "coverage").yes == len(texts) // 2
    assert [refusal for sender in senders for refusal in sender.refusals] == []
    sound()
