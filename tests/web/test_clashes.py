"""Acts that meet each other: on what is voided, merged, moved or erased already. None breaks the book; each page says what happened."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from fieldapp.demo import answers
from fieldapp.intake import desk
from fieldapp.store import accounts, households
from fieldapp.store.engine import reading
from tests.conftest import HERE
from tests.web.conftest import PERSON, signed_in

IDS = ("d5f7h9k2mn", "p0r4s8t2ve", "q1w2e3r4t5")


@pytest.fixture
def state(communes):
    def of(code):
        with reading(communes) as connection:
            return households.by_code(connection, HERE, code).state

    return of


@pytest.fixture
def act(minh, clock):
    def done(path, expected=303, **form):
        clock.tick(minutes=1)
        answer = minh.post(path, {"reason": "ghi nhầm", **form}, page=path)
        assert answer.status_code == expected, answer.text
        return minh.get(answer.location).text if expected == 303 else answer.text

    return done


@pytest.fixture
def event(journal_rows):
    return lambda kind, which=-1: [row.event_id for row in journal_rows() if row.kind == kind][which]


@pytest.fixture
def house(communes, clock):
    def made(number, village="dong-cho", name="Đỗ Văn Lực"):
        person = {"id": IDS[number], "name": name, "birth_year": 1990, "sex": "male", "relation": "head", "residence": "permanent"}
        with reading(communes) as connection:
            officer = accounts.by_id(connection, HERE, "minh")
        (receipt,) = desk.record(communes, officer, clock(), [("register", None, answers.register(village, [person], "roster", "Ngõ 7"))])
        with reading(communes) as connection:
            return households.by_id(connection, HERE, receipt.id).code

    return made


@pytest.fixture(autouse=True)
def whole(sound, minh, journal_rows):
    yield
    sound()
    held = [(row.kind, row.held) for row in journal_rows() if row.held]
    assert not [each for each in held if each[1] == "unforeseen"], held
    for code in set(re.findall(r"/households/([0-9-]{13})", minh.get("/households").text)):
        for path in (f"/households/{code}", f"/households/{code}/history"):
            assert minh.get(path).status_code == 200, path


def test_a_house_merged_into_another_is_acted_on_there(act, house, state, journal_rows):
    one, two = house(0), house(1)
    act(f"/households/{one}/merge?other={two}", other=two)
    before = len(journal_rows())
    for path, form in ((f"merge?other={one}", {"other": one}), ("move", {"village": "dong-thanh"}), (f"people/{IDS[1]}/move", {"to": one})):
        page = act(f"/households/{two}/{path}", **form)
        assert f"Hộ {two} đã gộp vào hộ này" in page
    assert len(journal_rows()) == before and state(two)["merged_into"] and not state(one)["merged_into"]


def test_a_chain_of_merges_is_parted_in_any_order(act, house, state, event):
    one, two, three = house(0), house(1), house(2)
    act(f"/households/{two}/merge?other={three}", other=three, **{f"person.{IDS[2]}": IDS[1]})
    act(f"/households/{one}/merge?other={two}", other=two, **{f"person.{IDS[1]}": IDS[0]})
    assert list(state(one)["people"]) == [IDS[0]]
    act(f"/households/{one}/void/{event('merge', 0)}")
    assert (state(three)["status"], list(state(three)["people"])) == ("active", [IDS[2]])
    act(f"/households/{one}/void/{event('void')}")
    assert state(three)["status"] == "merged" and list(state(one)["people"]) == [IDS[0]]


def homes(state, *codes):
    return [state(code)["people"][IDS[0]]["residence"] for code in codes]


def test_a_person_moves_on_and_comes_back_and_never_lives_in_two_houses(act, house, state, event, journal_rows):
    one, two, three = house(0), house(1), house(2)
    for here, to in ((one, two), (two, three), (three, one)):
        act(f"/households/{here}/people/{IDS[0]}/move", to=to, relation="child", residence="permanent")
    assert homes(state, one, two, three) == ["permanent", "left", "left"]
    act(f"/households/{one}/void/{event('move')}")
    assert homes(state, one, two, three) == ["left", "left", "permanent"]
    before = len(journal_rows())
    page = act(f"/households/{one}/people/{IDS[0]}/move", 422, to=two, relation="child", residence="permanent")
    assert f"đang ở hộ {three}" in page and len(journal_rows()) == before


@pytest.mark.parametrize("person", [IDS[0], None])
def test_an_erasure_reaches_every_house_that_knew_the_person(act, house, minh, person, journal_rows):
    one, two = house(0), house(1, name="Trần Thị Mận")
    act(f"/households/{one}/people/{IDS[0]}/move", to=two, relation="child", residence="permanent")
    path = f"/households/{two}/erase" + (f"?person={person}" if person else "")
    assert one in minh.get(path).text
    act(path, typed=two, counted="1", **({"person": person} if person else {}))
    assert not [row.kind for row in journal_rows() if "Lực" in (row.text or row.redacted or "")]


def test_who_moved_away_stays_when_the_old_house_is_erased(act, house, state):
    one, two = house(0), house(1, name="Trần Thị Mận")
    act(f"/households/{one}/people/{IDS[0]}/move", to=two, relation="child", residence="permanent")
    act(f"/households/{one}/erase", typed=one, counted="1")
    assert state(two)["people"][IDS[0]]["name"] == "Đỗ Văn Lực"


def test_nothing_is_said_of_who_was_erased(act, house, event, journal_rows):
    one, two = house(0), house(1)
    act(f"/households/{one}/erase", person=IDS[0], typed=one, counted="1")
    assert "Chưa có gì thay đổi" in act(f"/households/{one}/correct/{event('register', 0)}", 422, **{f"people.{IDS[0]}.name": "Đỗ Văn Lực"})
    act(f"/households/{two}/erase", typed=two, counted="1")
    before = len(journal_rows())
    for path in (f"correct/{event('register')}", "move", "merge", f"people/{IDS[1]}/move"):
        assert "đã được xóa theo yêu cầu, không làm việc này" in act(f"/households/{two}/{path}", address="Nhà ông Lực")
    assert len(journal_rows()) == before


def test_a_register_taken_out_says_so_and_a_visit_that_comes_late_waits_for_its_return(act, register, visit, event, state, minh, figure):
    code = register("dong-cho", "Hoa Thị Mai")
    act(f"/households/{code}/void/{event('register')}")
    visit(code, people={"phone": "smartphone"})
    assert "đã ra khỏi sổ của xã" in minh.get(f"/households/{code}").text and figure("dong-cho", "smartphone").yes == 0
    act(f"/households/{code}/void/{event('void')}")
    assert "đã ra khỏi sổ" not in minh.get(f"/households/{code}").text and figure("dong-cho", "smartphone").yes == 1
    act(f"/households/{code}/void/{event('void')}")
    assert state(code)["village"] is None


def test_a_page_opened_before_a_colleagues_correction_does_not_take_it_back(act, register, visit, event, state, minh):
    code = register("dong-cho", "Hoa Thị Mai")
    visit(code, people={"phone": "smartphone", "vneid": "level1"})
    path = f"/households/{code}/correct/{event('visit')}"
    heads = re.search(r'name="heads" value="([^"]*)"', minh.get(path).text)[1]
    act(path, heads=heads, **{f"people.{PERSON}.phone": "basic"})
    late = {f"people.{PERSON}.phone": "smartphone", f"people.{PERSON}.vneid": "level2"}
    assert "vừa có ghi chép mới" in act(path, 422, heads=heads, **late)
    assert state(code)["people"][PERSON]["phone"] == "basic"


def test_a_third_value_that_came_meanwhile_is_shown_before_one_is_chosen(register, visit, minh, clock, state):
    code = register("dong-cho", "Trịnh Thị Hoa")
    for phone in ("smartphone", "basic"):
        visit(code, people={"phone": phone}, base=[])
    clock.tick(hours=1)
    form = dict(re.findall(r'name="(side|heads|where)" value="([^"]+)"', minh.get(f"/queue/{code}").text))
    visit(code, people={"phone": "none"}, base=[])
    assert "vừa có ghi chép mới" in minh.get(minh.post(f"/queue/{code}/settle", form, page=f"/queue/{code}").location).text
    assert state(code)["contested"]


def test_of_four_taps_at_once_one_counts(desk_app, register, visit, event, journal_rows, clock):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"})
    clock.tick(minutes=1)
    path, before = f"/households/{code}/void/{event('visit')}", len(journal_rows())
    browsers = [signed_in(desk_app, "minh") for _ in range(4)]
    tokens = [re.search(r'name="csrf_token"[^>]*value="([^"]+)"', each.get(path).text)[1] for each in browsers]
    with ThreadPoolExecutor(4) as pool:
        for _answer in pool.map(lambda each, token: each.client.post(path, data={"csrf_token": token, "reason": "nhầm"}), browsers, tokens):
            pass
    assert len(journal_rows()) == before + 1


def test_names_and_reasons_are_text_however_long(act, house, event, minh):
    one = house(0)
    page = act(f"/households/{one}/correct/{event('register')}", **{f"people.{IDS[0]}.name": "<img src=x>", "reason": "<b>" + "Đ" * 5000})
    for each in (page, minh.get(f"/households/{one}/history").text):
        assert "<img src=x" not in each and "<b>ĐĐ" not in each and "&lt;img src=x&gt;" in each
