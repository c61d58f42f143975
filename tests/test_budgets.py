"""What travels to a phone stays small: the shell at most 60 KB as served, the first sync of 250 households at most 80 KB. The reader of QR
codes, kept offline too, is weighed apart with its screen; other languages' words come to those
who choose them.

Bodies as they leave the server, with what the browsers of our floor ask for. Chrome 90 and Safari 16.4 both ask for brotli over
HTTPS, and without HTTPS the gate lets nobody in; so whoever takes gzip alone is no phone of ours, and only has a looser bound.
The third budget, of a visit, needs the phone's own code and a real browser: tests/journey/test_visit_bytes.py."""

import re

import pytest

from fieldapp.bench import commune as bench
from fieldapp.demo.phone import Phone
from fieldapp.store import accounts, devices
from fieldapp.store.engine import writing
from fieldapp.survey.event import dumps
from fieldapp.web.phone.shell import SCANNER, first_visit

# One database is enough: what is measured is the same text from both.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

KB = 1000
CHROMIUM, SAFARI, NO_BROTLI = "gzip, deflate, br, zstd", "gzip, deflate, br", "gzip, deflate"
HOUSEHOLDS = 250
SCANNER_AT_MOST = 60 * KB


@pytest.mark.parametrize("accepts, most", [(CHROMIUM, 60 * KB), (SAFARI, 60 * KB), (NO_BROTLI, 72 * KB)])
def test_all_that_a_first_visit_fetches_is_at_most_60_kb(app, accepts, most):
    client = app.test_client()
    fetched = [*first_visit(client.get("/phone/sw.js").data), SCANNER]
    answers = {address: client.get(address, headers={"Accept-Encoding": accepts}) for address in fetched}
    sizes = {address: len(answer.data) for address, answer in answers.items()}
    assert sizes.pop(SCANNER) <= SCANNER_AT_MOST
    print(f"{accepts}: {len(sizes)} answers, {sum(sizes.values())} bytes")
    assert {answer.status_code for answer in answers.values()} == {200} and sum(sizes.values()) <= most, sizes


def test_everything_that_a_cold_start_asks_for_is_kept(app):
    """The page's own links: what is not on the list is asked of the network, in vain, at every door."""
    client = app.test_client()
    page, worker = client.get("/phone/").text, client.get("/phone/sw.js").text
    linked = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert linked and [address for address in linked if f'"{address}"' not in worker] == []


@pytest.mark.parametrize("accepts", [CHROMIUM, SAFARI, NO_BROTLI])
def test_the_first_sync_of_250_visited_households_is_at_most_80_kb(visited_commune, accepts):
    client, phone = visited_commune
    request = {"protocol": 1, "device": phone.device, "clock": phone.at, "events": []}
    headers = {"Authorization": f"Bearer {phone.token}", "Content-Type": "application/json", "Accept-Encoding": accepts}
    answer = client.post("/api/sync", data=dumps(request), headers=headers)
    whole = client.post("/api/sync", data=dumps(request), headers={**headers, "Accept-Encoding": "identity"}).json
    print(f"{accepts}: {len(answer.data)} bytes")
    assert len(whole["households"]) == HOUSEHOLDS and all(len(each["people"]) == 4 and each["visited"] for each in whole["households"])
    assert len(answer.data) <= 80 * KB


@pytest.fixture
def visited_commune(app, engine, post):
    """A client, and the phone of a member new to a village where every house of four answered everything, at random: nothing
    squeezes worse."""
    commune = bench.founded(engine, villages=1, households=HOUSEHOLDS)
    bench.visited(commune, post)
    with writing(engine) as connection:
        accounts.add(connection, accounts.Account(bench.COMMUNE, "newcomer", "Người mới", "member"))
        accounts.assign(connection, bench.COMMUNE, "newcomer", commune.villages[0], "2026-01-01")
        code = devices.new_code(connection, bench.COMMUNE, "newcomer", "2027-01-01T00:00:00.000Z")
    phone = Phone(post, "newcomer", bench.NOW)
    phone.enrol(code)
    return app.test_client(), phone
