"""Comparing many visits: what stands out is found, waits in the queue with what is usual beside it, and is answered like a flag. Thresholds are
the commune's own, within bounds."""

import re
from itertools import count

import pytest

from fieldapp.demo import answers
from fieldapp.store import duplicates, findings, thresholds
from fieldapp.store.engine import reading, writing
from tests.conftest import HERE
from tests.intake.test_sync import a_house

SAME = {"phone": "smartphone", "network_4g": "yes", "vneid": "level1", "epay": ["bank"], "esign": "no", "health_record": "no"}


@pytest.fixture
def compare(communes, clock):
    """Compares all visits as the server does once an hour; gives the codes found, with whose they are."""

    def compared(**limits):
        with writing(communes) as connection:
            thresholds.keep(connection, HERE, limits, "minh", clock.now)
        findings.refresh(communes, HERE, clock.now[:10])
        with reading(communes) as connection:
            return sorted((each.code, each.account_id) for each in connection.execute(findings.finding.select()))

    return compared


@pytest.fixture
def went(clock):
    """went(huong, ["done", "refused"]): visits new houses, one after the other; people: what each said of the first person."""

    named = count()

    def visited(phone, outcomes, people=lambda number: {"phone": "basic"}, **more):
        for number, outcome in enumerate(outcomes):
            house, (one, *_rest) = a_house(phone, names=(f"Lê Văn {chr(ord('a') + next(named))}",))
            phone.wait(minutes=5)
            body = answers.visit(people={one: people(number)}, **more) if outcome == "done" else {"outcome": outcome, "seconds": 30}
            phone.seal("visit", house, body, base=[house])
            phone.wait(minutes=5)
        clock.now = max(clock.now, phone.at)
        phone.sync()

    return visited


def test_houses_in_a_row_that_all_answered_the_same_stand_out(huong, binh, went, compare, minh):
    went(huong, ["done"] * 4, lambda _number: SAME, house={"internet": "fixed"})
    went(binh, ["done"] * 4, lambda number: {**SAME, "esign": "yes" if number % 2 else "no"}, house={"internet": "fixed"})
    assert compare() == [("alike_houses", "huong")]
    assert "4 nhà liền nhau trả lời y hệt" in minh.get("/queue?flag=alike_houses").text
    assert compare(alike=5) == []


def test_a_member_who_finds_far_more_refusals_than_others_there_stands_out(huong, binh, went, compare):
    went(huong, ["done"] * 6 + ["refused"] * 6)
    assert compare() == [("many_refused", "huong")]
    went(binh, ["done"] * 14)
    assert compare() == [("many_refused", "huong")]
    assert compare(refused_share=60) == []


def test_where_others_find_the_same_nobody_stands_out(huong, binh, went, compare):
    went(huong, ["done"] * 6 + ["refused"] * 6)
    went(binh, ["done"] * 6 + ["refused"] * 7)
    assert compare() == []


def test_a_members_month_is_answered_like_a_flag_and_waits_again_when_that_is_taken_back(huong, binh, went, compare, minh, lan, clock, sound):
    went(huong, ["done"] * 6 + ["refused"] * 6)
    went(binh, ["done"] * 14)
    compare()
    page = minh.get("/queue?kind=flagged").text
    assert "6 trong 12 (50%)" in page and "người khác ở đó thường 0%" in page and "Lê Thị Hường" in page
    line = re.search(r'class="row" href="([^"]+/members/[^"]+)"', page)[1].replace("&amp;", "&").split("#")[0]
    assert minh.get(line).text.count("Từ chối") >= 6 and lan.get(line).status_code == 404
    event = re.search(r'name="event" value="([^"]+)"', minh.get(line).text)[1]
    clock.tick(minutes=1)
    assert minh.post("/queue/approve?queue=kind%3Dflagged", {"event": event, "comment": "thôn khó"}, page=line).location == "/queue?kind=flagged"
    compare()
    assert "6 trong 12" not in minh.get("/queue?kind=flagged").text
    page = minh.get("/queue").text
    assert "6 trong 12" not in page
    sound()


def test_an_answer_about_a_members_month_is_undone(huong, went, compare, minh, clock, sound):
    went(huong, ["done"] * 6 + ["refused"] * 6)
    compare()
    event = re.search(r'name="event" value="([^"]+)"', minh.get("/queue?kind=flagged").text)[1]
    clock.tick(minutes=1)
    minh.post("/queue/approve", {"event": event}, page="/queue")
    reviews = re.findall(r'name="review" value="([^"]+)"', minh.get("/queue").text)
    clock.tick(minutes=1)
    minh.post("/queue/undo", {"review": reviews}, page="/queue")
    assert "6 trong 12" in minh.get("/queue?kind=flagged").text
    sound()


@pytest.fixture
def registered(huong, clock):
    """registered(2, [("Lê Văn Đào", 1958)]): so many new houses, in each somebody of each of these names and years."""

    def in_houses(count, family):
        for number in range(count):
            people = [answers.person(huong.new_person(), name, born) for name, born in family]
            huong.seal("register", None, answers.register("dong-cho", people, address=f"Ngõ {number}"), base=[])
            huong.wait(seconds=5)
        huong.sync()
        clock.now = huong.at

    return in_houses


def test_one_family_in_two_households_may_be_one_household(registered, compare, minh):
    registered(2, [("Lê Văn Đào", 1958), ("Đỗ Thị Hoà", 1962)])
    assert compare() == [("duplicate_household", None)]
    assert "2 người cùng tên, cùng năm sinh với hộ 15835-03-0001" in minh.get("/queue").text
    assert compare(shared_people=3) == [("duplicate_person", None)]


def test_a_name_and_year_that_very_many_bear_says_nothing_of_who_they_are(registered, compare):
    registered(duplicates.MOST_OF_A_NAME, [("Lê Văn Đào", 1958)])
    assert len(compare()) == duplicates.MOST_OF_A_NAME - 1
    registered(1, [("Lê Văn Đào", 1958)])
    assert compare() == []
    registered(1, [("Lê Văn Đào", 1958), ("Đỗ Thị Hoà", 1962)])
    registered(1, [("Lê Văn Đào", 1958), ("Đỗ Thị Hoà", 1962)])
    assert compare() == [("duplicate_household", None)]  # a name that few bear leads there, and then every name counts


def test_a_phone_is_answered_while_visits_are_compared(huong, went, registered, communes, clock, monkeypatch):
    registered(2, [("Lê Văn Đào", 1958)])
    look, sent = duplicates.findings, []

    def meanwhile(*asked):
        went(huong, ["done"])
        sent.append(len(huong.outbox))
        return look(*asked)

    monkeypatch.setattr(duplicates, "findings", meanwhile)
    assert findings.refresh(communes, HERE, clock.now[:10]) == 1 and sent == [0]


def test_a_visit_that_is_too_fast_says_what_is_usual(huong, went, compare, minh):
    went(huong, ["done"] * 10, seconds=200)
    went(huong, ["done"], seconds=9)
    page = minh.get("/queue").text
    assert "Khảo sát lần đầu: 9 giây; người này thường 3 phút" in page and "cả thôn thường" not in page
    code = re.search(r"/queue/(15835[0-9-]+)", page)[1]
    assert "cả thôn thường 3 phút" in minh.get(f"/queue/{code}").text


def test_thresholds_are_set_within_bounds_and_hold_from_then_on(huong, went, minh, tuan, communes):
    assert tuan.get("/queue/rules").status_code == 404
    page = minh.get("/queue/rules").text
    assert "Khảo sát lần đầu: nhanh hơn" in page and 'id="fast_new"' in page
    answer = minh.post("/queue/rules", {"fast_new": "4"}, page="/queue/rules")
    assert answer.status_code == 422 and 'value="4"' in answer.text
    assert minh.post("/queue/rules", {"fast_new": "nhanh"}, page="/queue/rules").status_code == 422
    minh.post("/queue/rules", {"fast_new": "240", "oldest": "115"}, page="/queue/rules")
    with reading(communes) as connection:
        assert thresholds.theirs(connection, HERE).keys() == {"fast_new"}
    assert "Hoàng Minh đặt ngày 20/11/2026" in minh.get("/queue/rules").text
    went(huong, ["done"], seconds=200)
    assert "Lượt đến quá nhanh" in minh.get("/queue").text
    minh.post("/queue/rules", {"fast_new": "20"}, page="/queue/rules")
    with reading(communes) as connection:
        assert thresholds.theirs(connection, HERE) == {}
