"""What phones say of a household that is in no book: held where an officer sees it, and counted by itself once the household is there.

So it happens when a server was restored from a backup older than the household."""

import pytest

from fieldapp.demo import answers
from fieldapp.store import held
from fieldapp.store.engine import reading
from tests.conftest import HERE
from tests.intake.test_problems import a_person


@pytest.fixture
def waiting(communes):
    """How many texts wait for an officer, by reason."""

    def waiting():
        with reading(communes) as connection:
            return {reason: number for reason, _device, number in held.counts(connection, HERE)}

    return waiting


@pytest.fixture
def texts(huong):
    """A household that Hường found, and her first visit there, sealed and not sent: (register, visit, id)."""
    register = huong.seal("register", None, answers.register("dong-cho", [a_person("Lê Văn Đào")]))
    house = huong.outbox[0].partition('"household":"')[2][:36]
    visit = huong.seal("visit", house, answers.visit(people={"k3v9x2m7ap": {"phone": "smartphone"}}), base=[house])
    huong.outbox = []
    return register, visit, house


def test_what_comes_before_its_household_is_held_and_counts_once_that_is_there(huong, binh, texts, waiting, figure, journal_rows, sound):
    register, visit, house = texts
    other = binh.seal("visit", house, answers.visit(people={"k3v9x2m7ap": {"vneid": "level2"}}), base=[house])
    assert binh.sync()["receipts"][0]["reason"] == "unknown_household" and waiting() == {"unknown_household": 1}
    assert huong.sync(visit)["receipts"][0]["outcome"] == "held" and figure("dong-cho", "smartphone").eligible == 0
    huong.sync(register)
    assert waiting() == {} and figure("dong-cho", "smartphone").yes == 1 and figure("dong-cho", "vneid_level2").yes == 1
    assert huong.households[house]["visits"] == 2
    assert [len(journal_rows(text)) for text in (register, visit, other)] == [1, 1, 1]
    sound()


def test_what_an_officer_put_away_meanwhile_does_not_count_until_it_is_taken_back(huong, minh, texts, figure, journal_rows, sound):
    register, visit, house = texts
    sha256 = huong.sync(visit)["receipts"][0]["sha256"]
    review = minh("review", house, {"event": journal_rows(visit)[0].event_id, "sha256": sha256, "outcome": "not_ours", "comment": "nhầm"})
    huong.sync(register)
    assert figure("dong-cho", "smartphone").eligible == 0 or figure("dong-cho", "smartphone").yes == 0
    minh("void", house, {"event": review.id})
    assert figure("dong-cho", "smartphone").yes == 1
    sound()


def test_days_later_too_putting_away_and_taking_back_move_the_figures_of_the_visits_day(huong, minh, texts, journal_rows, clock, sound):
    register, visit, house = texts
    sha256 = huong.sync(visit)["receipts"][0]["sha256"]
    clock.tick(days=1)
    huong.at = clock.now
    later = huong.seal("visit", house, answers.visit(people={"k3v9x2m7ap": {"vneid": "level2"}}), base=[house])
    huong.outbox = []
    clock.tick(days=1)
    put_away = {"event": journal_rows(visit)[0].event_id, "sha256": sha256, "outcome": "not_ours", "comment": "nhầm"}
    review = minh("review", house, put_away)
    huong.sync(register, later)
    clock.tick(days=2)
    minh("void", house, {"event": review.id})
    sound()
    minh("review", house, put_away)  # an officer whose page was older than the register
    sound()


def test_a_household_and_its_visit_in_one_call_are_not_held(huong, texts, waiting):
    register, visit, _house = texts
    assert [each["outcome"] for each in huong.sync(register, visit)["receipts"]] == ["stored", "stored"] and waiting() == {}


def test_an_officer_may_speak_of_what_is_not_in_the_book_yet(huong, minh, texts):
    _register, visit, house = texts
    huong.sync(visit)
    assert minh("review", house, {"event": None, "outcome": "approved"}).outcome == "stored"
