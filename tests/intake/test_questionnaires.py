"""Versions of a commune's questionnaire: phones get the newest, and visits made under any that there ever was are taken and counted."""

import pytest

from fieldapp.demo import answers
from fieldapp.intake import holding
from fieldapp.paper.backup import backup
from fieldapp.paper.restore import restore
from fieldapp.store import held, households, questionnaires, sealing
from fieldapp.store.engine import open_engine, reading
from fieldapp.store.migrate import upgrade
from fieldapp.survey.questionnaire import NAMES, load
from tests.changed_form import ChangedForm, published, with_pigs
from tests.conftest import BESIDE, HERE
from tests.intake.test_sync import a_house


@pytest.fixture
def visit(huong):
    """A visit to a new house under a form, with something said of the house; gives its receipt and household."""

    def visit(form, **house):
        household, people = a_house(huong)
        huong.wait(minutes=1)
        body = answers.visit(people={people[0]: {"phone": "smartphone"}})
        huong.seal("visit", household, {**body, "house": house}, base=[household], questionnaire=form)
        huong.wait(minutes=5)
        return huong.sync()["receipts"][-1], household

    return visit


def test_a_visit_under_any_version_that_there_ever_was_is_taken_folded_and_counted(visit, communes, clock, figure, sound):
    second = published(communes, HERE, with_pigs(), clock())
    third = published(communes, HERE, ChangedForm(), clock())  # the pigs are no longer asked of
    for form, house in (("household-1", {}), (second, {"business": "yes", "pigs": 3}), (third, {"business": "no"}), (third, {"pigs": 4})):
        receipt, household = visit(form, **house)
        assert receipt["outcome"] == "stored", receipt
        with reading(communes) as connection:
            state = households.by_id(connection, HERE, household).state
        assert state["house"] == house
    assert figure("dong-cho", "smartphone").yes == 4
    sound()


def test_a_phone_gets_the_form_in_use_once_and_only_when_it_asks(huong, communes, clock):
    name = published(communes, HERE, with_pigs(), clock())
    assert "form" not in huong.sync()
    huong.form = "household-1"
    came = huong.sync()["form"]
    assert came["name"] == name and "pigs" in [question["name"] for question in came["questions"]]
    huong.form = name
    assert "form" not in huong.sync()


def test_a_form_of_no_version_is_held(visit):
    receipt, _household = visit("household-1-000000000000", pigs=3)
    assert (receipt["outcome"], receipt["reason"]) == ("held", "unknown_questionnaire")


def test_another_communes_form_is_not_ours(visit, communes, clock):
    name = published(communes, BESIDE, with_pigs(), clock(), by="lan")
    assert visit(name, pigs=3)[0]["reason"] == "unknown_questionnaire"


def test_an_answer_that_its_form_does_not_take_is_held(visit, communes, clock):
    name = published(communes, HERE, with_pigs(), clock())
    assert visit(name, pigs="three")[0]["reason"] == "wrong_type"
    assert visit("household-1", pigs=3)[0]["reason"] == "unknown_question"


def test_one_content_has_one_name_wherever_it_is_published(communes, clock):
    names = {published(communes, commune, with_pigs(), clock(), by) for commune, by in ((HERE, "minh"), (BESIDE, "lan"))}
    assert len(names) == 1
    with reading(communes) as connection:
        assert questionnaires.forms(connection, HERE).newest.name in names


def test_questionnaires_come_back_from_a_backup(communes, clock, sheet, tmp_path):
    name = published(communes, HERE, with_pigs(), clock())
    made = backup(communes, tmp_path / "one.tungnha", clock(), [HERE])
    elsewhere = open_engine(f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    upgrade(elsewhere)
    restore(elsewhere, made.path, [sealing.read_private(sheet[0])], clock())
    with reading(elsewhere) as connection:
        assert questionnaires.forms(connection, HERE).newest.name == name
        assert [each.number for each in questionnaires.versions(connection, HERE)] == [2]
    elsewhere.dispose()


def test_a_communes_own_answers_leave_with_the_person_and_their_words_with_anybody(huong, minh, communes, clock, sound):
    form = published(communes, HERE, ChangedForm(with_pigs().add("camera", type="text", name="crops", vi="Trồng gì").sheets), clock())
    household, people = a_house(huong)
    huong.wait(minutes=1)
    said = {people[0]: {"phone": "smartphone", "reads_braille": "yes"}, people[1]: {"reads_braille": "no"}}
    house = {"business": "yes", "pigs": 2, "crops": "Lúa của bà Đào"}
    huong.seal("visit", household, {**answers.visit(people=said), "house": house}, base=[household], questionnaire=form)
    huong.sync()
    clock.tick(days=1)
    assert minh("erase", household, {"person": people[0], "counted": True, "reason": "Theo yêu cầu"}).outcome == "stored"
    with reading(communes) as connection:
        state = households.by_id(connection, HERE, household).state
    assert state["house"] == {"business": "yes", "pigs": 2}
    assert "reads_braille" not in state["people"][people[0]] and state["people"][people[0]]["phone"] == "smartphone"
    assert state["people"][people[1]]["reads_braille"] == "no"
    sound()


def test_a_held_visit_of_a_form_that_was_lost_counts_once_the_form_is_published_again(visit, communes, clock):
    name = with_pigs().against(load(NAMES[-1]).raw).form["name"]
    receipt, _household = visit(name, pigs=3)
    assert receipt["outcome"] == "held"
    published(communes, HERE, with_pigs(), clock())
    with reading(communes) as connection:
        (row,) = held.waiting(connection, HERE)
        text = held.texts(connection, HERE, [row.sequence])[row.sequence]
        assert holding.case(connection, HERE, row, text).way == holding.COUNT
