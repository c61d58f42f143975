"""What waits for an officer: two sides of one value, and flags; each leaves when it is answered, and a rebuild knows it too."""

import re

import pytest

from fieldapp.store import households, listing, review_queue
from fieldapp.store.engine import reading
from tests.conftest import HERE
from tests.web.conftest import PERSON


@pytest.fixture
def disputed(register, visit, clock):
    """A household whose phone two visits tell differently, neither knowing of the other."""
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"}, base=[])
    visit(code, people={"phone": "basic"}, base=[])
    clock.tick(hours=1)
    return code


def state(communes, code):
    with reading(communes) as connection:
        return households.by_code(connection, HERE, code).state


def settle(minh, code, **form):
    return minh.post(f"/queue/{code}/settle", {"where": f"people.{PERSON}.phone", **form}, page=f"/queue/{code}")


def test_both_sides_are_shown_and_the_chosen_one_stands(minh, lan, disputed, communes, sound):
    assert disputed in minh.get("/queue").text and "Có hai ý kiến" in minh.get("/queue?kind=contested").text
    page = minh.get(f"/queue/{disputed}").text
    sides = re.findall(r'name="side" value="([0-9a-f-]{36})"><span><b>([^<]+)</b>', page)
    assert {words for _, words in sides} == {"Thông minh", "Phím bấm (2G)"} and page.count("Lê Thị Hường") == 2
    assert "Trịnh Thị Hoa" not in lan.get("/queue").text and lan.get(f"/queue/{disputed}").status_code == 404
    settle(minh, disputed, side=next(event for event, words in sides if words == "Thông minh"))
    assert state(communes, disputed)["people"][PERSON]["phone"] == "smartphone" and state(communes, disputed)["contested"] == []
    assert disputed not in minh.get("/queue").text
    sound()


def test_another_value_can_be_typed_and_a_wrong_one_changes_nothing(minh, lan, disputed, communes, sound):
    for wrong in ({}, {"side": "other"}, {"side": "other", "other": "telegraph"}, {"side": "x"}):
        assert "Chưa có gì thay đổi" in minh.get(settle(minh, disputed, **wrong).location).text
    assert lan.post(f"/queue/{disputed}/settle", {"where": f"people.{PERSON}.phone"}, page="/households").status_code == 404
    assert state(communes, disputed)["contested"]
    settle(minh, disputed, side="other", other="none")
    assert state(communes, disputed)["people"][PERSON]["phone"] == "none" and not state(communes, disputed)["contested"]
    assert "đã có người trả lời" in minh.get(settle(minh, disputed, side="other", other="basic").location).text
    sound()


@pytest.fixture
def flagged(communes):
    """How many events wait with each flag; how many households the list says need a look."""

    def counted():
        with reading(communes) as connection:
            counts = review_queue.flag_counts(connection, HERE, review_queue.Asked())
            return counts, listing.counts(connection, HERE, listing.Asked("2026-11-20"))["flagged"]

    return counted


def test_an_answered_flag_leaves_the_queue_and_the_list_and_comes_back_when_the_answer_is_voided(
    minh, lan, register, flagged, journal_rows, clock, sound
):
    code = register("dong-cho", "Hoa")
    assert flagged() == ({"name_one_word": 1}, 1)
    page = minh.get("/queue").text
    assert "Họ tên chỉ có một chữ" in page and code in page
    clock.tick(minutes=1)
    event = re.search(r'name="event" value="([^"]+)"', page)[1]
    lan.post("/queue/approve", {"event": event}, page="/households")
    assert flagged() == ({"name_one_word": 1}, 1)
    assert "Chưa chọn mục nào" in minh.get(minh.post("/queue/approve", {}, page="/queue").location).text
    minh.post("/queue/approve", {"event": event}, page="/queue")
    assert flagged() == ({}, 0) and "Không còn gì phải xem" in minh.get("/queue").text
    assert "đã xem" in minh.get(f"/households/{code}").text
    sound()
    clock.tick(minutes=1)
    path = f"/households/{code}/void/{journal_rows()[-1].event_id}"
    minh.post(path, {"reason": "chưa xem kỹ"}, page=path)
    assert flagged() == ({"name_one_word": 1}, 1)
    sound()


def test_a_voided_event_needs_no_look(minh, register, visit, flagged, journal_rows, clock, sound):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"birth_year": 1901})
    assert "age_over_115" in flagged()[0]
    clock.tick(minutes=1)
    event = [row.event_id for row in journal_rows() if row.kind == "visit"][-1]
    minh.post(f"/households/{code}/void/{event}", {"reason": "nhầm"}, page=f"/households/{code}/void/{event}")
    assert flagged() == ({}, 0)
    sound()


def test_the_queue_of_a_quiet_commune_says_what_comes_here(minh):
    assert "Không còn gì phải xem" in minh.get("/queue").text


@pytest.fixture
def many(huong, clock, communes):
    """Sixty households found at the door, each head's name of one word, each a second after the one before; the queue's page size is fifty."""
    for number in range(60):
        person = {"id": huong.new_person(), "name": "Hoa", "birth_year": 1960, "sex": "female", "relation": "head", "residence": "permanent"}
        huong.seal("register", None, {"village": "dong-cho", "source": "door", "people": [person], "address": f"Ngõ {number}"}, base=[])
        huong.wait(seconds=1)
    huong.sync()
    clock.tick(days=1)


def events_on(page):
    return re.findall(r'name="event" value="([^"]+)"', page)


def test_the_queue_goes_page_by_page_and_shows_each_thing_once(minh, many):
    first = minh.get("/queue").text
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = minh.get(following).text
    assert len(events_on(first)) == 50 and len(events_on(second)) == 10 and not set(events_on(first)) & set(events_on(second))
    assert 'rel="next"' not in second and re.search(r'Đáng ngờ <b class="number">60<', first)


def test_chosen_rows_are_approved_at_once_and_taken_back_at_once_from_the_same_place(minh, many, flagged, clock, sound):
    place = "/queue?kind=flagged&village=dong-cho"
    chosen = events_on(minh.get(place).text)[:3]
    clock.tick(minutes=1)
    answer = minh.post("/queue/approve?queue=kind%3Dflagged%26village%3Ddong-cho", {"event": chosen, "comment": "đã gọi hỏi"}, page=place)
    assert answer.location == place and flagged()[0] == {"name_one_word": 57}
    page = minh.get(place).text
    reviews = re.findall(r'name="review" value="([^"]+)"', page)
    assert len(reviews) == 3 and "Hoàn tác" in page and "Hoàn tác" not in minh.get(place).text
    sound()
    clock.tick(minutes=1)
    minh.post("/queue/undo", {"review": reviews}, page=place)
    assert flagged()[0] == {"name_one_word": 60}
    sound()


def test_the_queue_is_narrowed_by_kind_village_member_and_days(minh, many, disputed, register, visit, clock):
    assert events_on(minh.get("/queue?kind=contested").text) == [] and disputed in minh.get("/queue?kind=contested").text
    assert events_on(minh.get("/queue?village=dong-thanh").text) == []
    assert len(events_on(minh.get("/queue?kind=flagged&member=huong&village=dong-cho").text)) == 50
    assert events_on(minh.get("/queue?member=binh").text) == []
    clock.tick(days=20)
    assert "Không có gì như vậy" in minh.get("/queue?days=7").text and disputed in minh.get("/queue?kind=contested&days=30").text


def test_an_act_on_a_row_leads_back_to_the_place_in_the_queue(minh, register, visit, journal_rows, clock):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"birth_year": 1901})
    clock.tick(minutes=1)
    line = re.search(r'class="row" href="([^"]+)"', minh.get("/queue?kind=flagged&days=7").text)[1].replace("&amp;", "&").split("#")[0]
    page = minh.get(line).text
    act = re.search(r'href="([^"]+/correct/[^"]+)"', page)[1].replace("&amp;", "&")
    assert "queue=kind%3Dflagged%26days%3D7" in act
    answer = minh.post(act, {f"people.{PERSON}.birth_year": "1961", "reason": "ghi nhầm"}, page=act)
    assert answer.status_code in (303, 422)
    clock.tick(minutes=1)
    give_back = re.search(r'href="([^"]+/review/[^"]+)"', page)[1].replace("&amp;", "&")
    answer = minh.post(give_back, {"outcome": "returned", "comment": "hỏi lại năm sinh"}, page=give_back)
    assert answer.location == "/queue?kind=flagged&days=7"
    assert "hỏi lại năm sinh" in minh.get("/queue?kind=returned").text


def test_a_held_text_stands_in_the_queue_and_is_settled_on_a_page_of_its_own(minh, lan, huong, register, communes, clock, sound):
    code = register("dong-thanh", "Trịnh Thị Hoa")
    with reading(communes) as connection:
        household = households.by_code(connection, HERE, code).household_id
    huong.seal("visit", household, {"outcome": "absent"}, base=[])
    huong.sync()
    clock.tick(minutes=1)
    assert code in minh.get("/queue?kind=held&village=dong-thanh").text and code not in minh.get("/queue?kind=held&village=dong-cho").text
    line = re.search(r'class="row" href="([^"]+)"', minh.get("/queue?kind=held").text)[1].replace("&amp;", "&").split("#")[0]
    assert lan.get(line).status_code == 404
    form = dict(re.findall(r'name="(sha256)" value="([^"]+)"', minh.get(line).text))
    answer = minh.post("/held/answer?queue=kind%3Dheld", {**form, "outcome": "replayed"}, page=line)
    assert answer.location == "/queue?kind=held" and "Không có gì như vậy" in minh.get("/queue?kind=held").text
    assert "đã có người trả lời" in minh.get(line, follow_redirects=True).text
    sound()
