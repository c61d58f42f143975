"""Back-checks at the desk: drawn, given, made blindly, compared; called off while they wait; nobody but the officer and the checker knows."""

import json
import re

import pytest

from fieldapp.demo import answers
from fieldapp.store import back_checks, findings
from fieldapp.store.engine import reading, writing
from fieldapp.web.households import saying
from tests.conftest import HERE
from tests.intake.test_sync import a_house

FOUND = {"phone": "smartphone", "vneid": "level1", "epay": ["bank"], "esign": "no"}


@pytest.fixture
def visited(huong, binh, clock):
    """A house of thôn Đồng Chợ that Hường surveyed; (household, its first person, the visit)."""
    house, people = a_house(huong)
    huong.wait(hours=1)
    helped = [{"person": people[0], "service": "esign_register", "result": "done"}]
    body = answers.visit(house={"internet": "fixed"}, people={people[0]: FOUND}, help=helped)
    visit = json.loads(huong.seal("visit", house, body, base=[house]))["id"]
    clock.now = huong.at
    huong.sync()
    return house, people[0], visit


@pytest.fixture
def given(minh, visited, clock):
    """The draw, given to Bình; the check."""
    clock.tick(minutes=1)
    page = minh.get("/queue/checks?seed=abc&each=2").text
    form = dict(re.findall(r'name="(seed|month|each|share|drawn)" value="([^"]*)"', page.split('id="draw"')[1]))
    assert "Trần Bình" in page and "Rút được 1 lượt" in page
    assert minh.post("/queue/checks", form, page="/queue/checks").status_code == 303


def checks(communes):
    with reading(communes) as connection:
        return back_checks.of_month(connection, HERE, "2026-11")


@pytest.fixture
def checked(given, binh, visited, clock, communes):
    """Bình's blind visit, which finds other internet and no account."""
    (check,) = checks(communes)
    clock.tick(days=1)
    binh.at = clock.now
    binh.sync()
    house, person, _visit = visited
    said = {**FOUND, "epay": ["none"], "esign": "yes"}
    binh.seal("visit", house, answers.visit(house={"internet": "none"}, people={person: said}, back_check=check.review_id))
    binh.sync()
    clock.tick(minutes=5)


def test_a_draw_is_given_to_another_member_and_nobody_else_learns_of_it(given, minh, tuan, lan, communes, huong, sound):
    (check,) = checks(communes)
    assert (check.account_id, check.checker_id, check.done_by) == ("huong", "binh", None)
    assert "Đang chờ 1 lượt" in minh.get("/queue/checks").text
    assert tuan.get("/queue/checks").status_code == 404 and lan.get(f"/queue/checks/{check.review_id}").status_code == 404
    code = re.search(r"15835-[0-9-]+", minh.get("/queue/checks").text)[0]
    assert "Giao thăm kiểm tra" in minh.get(f"/households/{code}").text and "Giao thăm kiểm tra" not in tuan.get(f"/households/{code}").text
    assert "Không có nhà nào rút được" in minh.get("/queue/checks?seed=abc").text
    sound()


def test_what_was_seen_is_given_once_however_often_it_is_tapped(minh, visited, huong, clock, communes):
    house, people = a_house(huong)
    huong.wait(hours=1)
    huong.seal("visit", house, answers.visit(people={people[0]: FOUND}), base=[house])
    clock.now = huong.at
    huong.sync()
    page = minh.get("/queue/checks?seed=abc&each=1").text
    form = dict(re.findall(r'name="(seed|month|each|share|drawn)" value="([^"]*)"', page.split('id="draw"')[1]))
    for _tap in range(2):
        minh.post("/queue/checks", form, page="/queue/checks")
    assert len(checks(communes)) == 1
    assert "Những lượt vừa rút đã giao rồi" in minh.get("/queue/checks").text


def test_two_taps_at_the_same_moment_give_one_check(minh, visited, clock, communes, monkeypatch):
    clock.tick(minutes=1)
    page = minh.get("/queue/checks?seed=abc&each=1").text
    form = dict(re.findall(r'name="(seed|month|each|share|drawn)" value="([^"]*)"', page.split('id="draw"')[1]))
    say, taps = saying.say, []

    def after_the_other(said):
        if not taps:
            taps.append("the other")
            minh.post("/queue/checks", form, page="/queue/checks")
        return say(said)

    monkeypatch.setattr(saying, "say", after_the_other)
    minh.post("/queue/checks", form, page="/queue/checks")
    assert taps and len(checks(communes)) == 1


def test_both_visits_are_compared_as_left_by_question_and_by_member(checked, minh, communes, sound):
    (check,) = checks(communes)
    # The electronic signature that Hường helped with is no disagreement.
    assert (check.same, check.asked) == (3, 5) and {where.split(".")[-1] for where, *_ in check.differing} == {"internet", "epay"}
    page = minh.get("/queue/checks").text
    assert "trùng khớp 60% của 5 câu" in page and "3/5" in page and "Lê Thị Hường" in page
    page = minh.get(f"/queue/checks/{check.review_id}").text
    assert "Internet tại nhà" in page and "Cáp quang, Wi-Fi" in page
    sound()


def test_a_check_that_differs_much_waits_in_the_queue(checked, minh, communes, clock):
    def waiting(limit):
        with writing(communes) as connection:
            back_checks_limit = {"differing_answers": limit}
            findings.thresholds.keep(connection, HERE, back_checks_limit, "minh", clock.now)
        findings.refresh(communes, HERE, clock.now[:10])
        return minh.get("/queue").text

    assert "Thăm kiểm tra thấy khác" not in waiting(3)
    page = waiting(2)
    assert "Thăm kiểm tra thấy khác" in page and "khác 2 trong 5 câu" in page
    code = re.search(r"/queue/(15835[0-9-]+)", page)[1]
    assert "Xem hai lần khác nhau ở đâu" in minh.get(f"/queue/{code}").text


def test_a_correction_of_the_check_is_compared_anew_and_its_void_makes_it_wait_again(checked, minh, communes, clock, sound):
    (check,) = checks(communes)
    code = re.search(r"15835-[0-9-]+", minh.get("/queue/checks").text)[0]
    path = f"/households/{code}/correct/{check.done_by}"
    minh.post(path, {"house.internet": "fixed", "reason": "gõ nhầm"}, page=path)
    assert [(each.same, each.asked) for each in checks(communes)] == [(4, 5)]
    sound()
    clock.tick(minutes=5)
    path = f"/households/{code}/void/{check.done_by}"
    minh.post(path, {"reason": "nhầm nhà"}, page=path)
    assert [each.done_by for each in checks(communes)] == [None]
    sound()


def test_a_check_that_waits_is_called_off_and_one_that_was_made_is_not(given, minh, lan, communes, clock, sound):
    (check,) = checks(communes)
    assert lan.post(f"/queue/checks/{check.review_id}/call-off", page="/households").status_code == 404
    clock.tick(minutes=1)
    minh.post(f"/queue/checks/{check.review_id}/call-off", page="/queue/checks")
    assert checks(communes) == []
    sound()
