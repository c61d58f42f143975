"""A report that counts by what the commune itself asks, and what an erasure takes of that."""

import pytest

from fieldapp.demo import answers
from fieldapp.figures import proof
from fieldapp.store import indicators, journal, ledger, recounting
from fieldapp.store.engine import writing
from fieldapp.survey.balance import Balance
from fieldapp.survey.indicator import OWN_FROM, Indicator
from tests.changed_form import published, with_pigs
from tests.conftest import HERE
from tests.figures.test_report import frozen, line, proven  # noqa: F401 (fixtures)
from tests.intake.test_sync import a_house

CODE = "xa_chu_noi"


@pytest.fixture
def braille(communes, clock):
    """An indicator over a question of the commune's own form."""
    form = published(communes, HERE, with_pigs(), clock.now)
    words = {"vi": "Biết chữ nổi", "en": "Reads braille"}
    rules = "${reads_braille} = 'yes'", "${reads_braille} = 'no'"
    own = Indicator(CODE, OWN_FROM, "2026-01-01", "society", "person", "Kế hoạch", words, words, *rules, form=form)
    with writing(communes) as connection:
        journal.lock(connection, HERE)
        indicators.publish(connection, HERE, [own], "minh", clock.now)
        while recounting.count_some(connection, HERE):
            pass
    return form


@pytest.fixture
def asked(huong, braille):
    """A house where somebody was asked it: (house, person)."""
    house, people = a_house(huong)
    answered = answers.visit(people={people[0]: {"phone": "smartphone", "reads_braille": "yes"}})
    huong.seal("visit", house, answered, base=[house], questionnaire=braille)
    huong.wait(minutes=1)
    huong.sync()
    return house, people[0]


def test_an_answer_to_a_question_of_the_communes_own_leaves_with_the_name(asked, frozen, proven, minh):  # noqa: F811
    """It may be words, so it goes even of who goes on being counted; what was counted by it can't be made again."""
    kept, (house, person) = frozen(), asked
    assert line(kept.text, CODE).figure.balance == Balance(1, 0, 1) and proven(kept.text).verdict == proof.SAME
    assert minh("erase", house, {"person": person, "counted": True, "reason": "Theo yêu cầu"}).outcome == "stored"
    assert proven(kept.text).verdict == proof.ERASED
    assert minh("erase", house, {"person": None, "counted": False, "reason": "Theo yêu cầu"}).outcome == "stored"
    assert proven(kept.text).verdict == proof.ERASED


def test_of_who_goes_on_being_counted_nothing_else_is_explained(asked, frozen, proven, minh, monkeypatch):  # noqa: F811
    real, (house, person) = ledger.parts, asked
    monkeypatch.setattr(ledger, "parts", lambda *args, **more: {
        place: each.plus((1, 0, 0)) if place == ("dong-cho", "smartphone:1") else each for place, each in real(*args, **more).items()})  # fmt: skip
    wrong = frozen()
    assert minh("erase", house, {"person": person, "counted": True, "reason": "Theo yêu cầu"}).outcome == "stored"
    assert proven(wrong.text).verdict == proof.UNLIKE
