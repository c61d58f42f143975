"""A server that loses its power at any moment: what a phone holds a receipt for is in the journal, and nothing counts twice."""

import os
import random
import signal
import subprocess
import time

import pytest

from fieldapp.browsing.site import READY, Site
from fieldapp.survey.event import sha256_of
from tests.senders import Sender, kept_hashes, phone_of, sending

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows forks no process")

ROUNDS, PHONES = 10, 6
LONGEST_SECONDS = 0.6

# A process that has loaded all there is to load makes a server of itself whenever it is told: twenty servers start in the time of two.
FORKING = """
import os, sys
import fieldapp.serving
for told in sys.stdin:
    server = os.fork()
    if not server:
        break
    print(server, flush=True)
    os.waitpid(server, 0)
else:
    sys.exit()
"""


class Forking(Site):
    """A site whose server starts at once."""

    def __init__(self, engine, folder):
        super().__init__(engine, folder, FORKING)
        first = Site(engine, folder)
        first.start()  # the port, and the folder's secret
        self.address, self.port = first.address, first.port
        first.stop()
        command = self.command("serve", "--port", str(self.port))
        self.process = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1
        )

    def start(self):
        self.process.stdin.write("now\n")
        self.server = int(self.process.stdout.readline())
        while READY not in self.process.stdout.readline():
            continue
        return self.address

    def kill(self):
        os.kill(self.server, signal.SIGKILL)

    def stop(self):
        self.kill()
        super().stop()


@pytest.fixture
def site(communes, tmp_path):
    site = Forking(communes, tmp_path / "data")
    site.start()
    yield site
    site.stop()


def test_a_receipt_given_before_the_power_went_is_true_after_it(communes, site, figure, sound):
    chance = random.Random(20)
    senders = [Sender(phone_of(communes, "huong", lambda: site.address, f"phone {each}")) for each in range(PHONES)]
    for _ in range(ROUNDS):
        with sending(senders):
            time.sleep(chance.uniform(0, LONGEST_SECONDS))
            site.kill()
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
