"""Held texts at the desk: why, from whom and what they say; counted, mended or put away, never lost."""

import json
import re

import pytest

from fieldapp.demo import answers
from fieldapp.intake import desk, holding
from fieldapp.store import accounts, devices
from fieldapp.store import held as store
from fieldapp.store.engine import reading, writing
from fieldapp.survey.event import sha256_of
from tests.conftest import HERE
from tests.intake.test_problems import HELD, a_person, edited
from tests.intake.test_sync import a_house, a_visit

OTHER_DEVICE = "01a1f6ae-9900-7000-8000-0000000000ff"


@pytest.fixture
def answer(minh):
    def answered(*texts, outcome="replayed", comment="đã hỏi lại"):
        form = {"sha256": [sha256_of(text) for text in texts], "outcome": outcome, "comment": comment}
        return minh.post("/held/answer", form, page="/held")

    return answered


def test_a_visit_from_a_phone_taken_back_is_shown_and_counts_once_answered(minh, huong, communes, answer, figure, sound):
    house, people = a_house(huong)
    huong.sync()
    with writing(communes) as connection:
        devices.revoke(connection, HERE, huong.device, "2026-11-20T03:00:00.000Z")
    text = huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}))
    huong.call(huong.outbox)
    page = minh.get("/held").text
    assert "Điện thoại đã bị thu hồi" in page and "Lê Thị Hường" in page and "Thông minh" in page
    assert answer(text).status_code == 303
    assert figure("dong-cho", "smartphone").yes == 1 and "Không có phiếu nào đang giữ" in minh.get("/held").text
    sound()


@pytest.mark.parametrize("code", HELD)
def test_every_held_text_is_shown_and_can_be_put_away_with_a_reason(code, huong, minh, answer, lan, sound):
    a_visit(huong)
    huong.sync()
    text = HELD[code](huong)
    huong.sync(text)
    assert "said-raw" in minh.get(f"/held?reason={code}").text and "said-raw" not in lan.get("/held").text
    assert "Vui lòng ghi lý do" in minh.get(answer(text, outcome="not_ours", comment=" ").location).text
    assert "said-raw" in minh.get("/held").text
    answer(text, outcome="not_ours")
    assert "said-raw" not in minh.get("/held").text
    sound()


@pytest.mark.parametrize("code", HELD)
def test_where_a_text_is_stuck_is_said_in_words_and_its_path_only_beside_the_raw_text(code, huong, minh):
    a_visit(huong)
    huong.sync()
    huong.sync(HELD[code](huong))
    page = minh.get(f"/held?reason={code}").text
    beside = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    assert "<code>" not in beside and "said-raw" not in beside
    assert {"foreign_village": "chỗ vướng: hộ<", "unknown_village": "chỗ vướng: thôn<", "not_a_choice": "chỗ vướng: "}.get(code, "") in page


@pytest.mark.parametrize("code", ["malformed_event", "foreign_commune", "unknown_village", "not_a_choice"])
def test_what_can_not_be_counted_as_it_is_does_not(code, huong, minh, answer, journal_rows, sound):
    a_visit(huong)
    huong.sync()
    text = HELD[code](huong)
    huong.sync(text)
    before = len(journal_rows())
    answer(text)
    assert len(journal_rows()) == before and "said-raw" in minh.get("/held").text
    sound()


def test_an_answer_that_nobody_understands_is_mended_and_counts(huong, minh, figure, journal_rows, sound):
    house, people = a_house(huong)
    huong.sync()
    text = huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "telegraph", "vneid": "level1"}}))
    huong.sync(text)
    path = f"/held/{sha256_of(text)}/mend"
    page = minh.get(path).text
    assert "telegraph" in page and "VNeID" not in page
    field = f"people.{people[0]}.phone"
    assert "Vui lòng ghi lý do" in minh.post(path, {field: "smartphone"}, page=path).text
    assert minh.post(path, {field: "smartphone", "reason": "hỏi lại bà Hoa"}, page=path).status_code == 303
    assert figure("dong-cho", "smartphone").yes == 1 and figure("dong-cho", "coverage").yes == 1
    assert [row.kind for row in journal_rows()][-2:] == ["review", "correct"] and minh.get(path).status_code == 404
    sound()


def test_a_name_that_is_too_long_is_mended(huong, minh, answer, sound):
    text = huong.seal("register", None, answers.register("dong-cho", [a_person("Lê " * 100)]))
    huong.sync(text)
    path = f"/held/{sha256_of(text)}/mend"
    assert minh.post(path, {"people.k3v9x2m7ap.name": "Lê " * 90, "reason": "x"}, page=path).status_code == 422
    assert minh.post(path, {"people.k3v9x2m7ap.name": "Lê Văn Đào", "reason": "gõ lặp"}, page=path).status_code == 303
    assert "Lê Văn Đào" in minh.get("/households").text
    sound()


def test_of_two_texts_under_one_id_both_are_shown(huong, minh, answer, figure, sound):
    text = a_visit(huong)
    huong.sync()
    second = edited(text, body__comment="khác hẳn")
    huong.sync(second)
    page = minh.get("/held?reason=other_text").text
    assert "Nội dung tới trước" in page and "khác hẳn" in page
    answer(second)
    assert "said-raw" not in minh.get("/held").text
    sound()


def test_many_of_one_cause_are_answered_at_once(huong, minh, answer, sound):
    a_visit(huong)
    huong.sync()
    texts = ["{", "[]", "7"]
    huong.sync(*texts)
    assert minh.get("/held?reason=malformed_event").text.count('name="sha256"') == 3
    answer(*texts[:2], outcome="not_ours")
    assert minh.get("/held").text.count('name="sha256"') == 1
    sound()


def test_what_was_put_away_by_mistake_is_taken_back(huong, minh, lan, answer, figure, clock, sound):
    house, people = a_house(huong)
    huong.sync()
    text = huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}), device=OTHER_DEVICE)
    huong.sync(text)
    huong.sync("{")  # belongs to no household at all
    answer(text, "{", outcome="not_ours")
    assert "Không có phiếu nào đang giữ" in minh.get("/held").text and "/held/put-away" in minh.get("/held").text
    assert minh.get("/held/put-away").text.count("Lấy lại phiếu này") == 2 and "said-raw" not in lan.get("/held/put-away").text
    clock.tick(minutes=1)
    for each in (text, "{"):
        lan.post(f"/held/{sha256_of(each)}/take-back", page="/held/put-away")
        back = minh.post(f"/held/{sha256_of(each)}/take-back", page="/held/put-away")
        assert "Đã lấy lại" in minh.get(back.location).text
    assert "Chưa cất phiếu nào" in minh.get("/held/put-away").text and minh.get("/held").text.count('name="sha256"') == 2
    assert "không còn ở mục đã cất" in minh.get(minh.post(f"/held/{sha256_of(text)}/take-back", page="/held").location).text
    answer(text)
    assert figure("dong-cho", "smartphone").yes == 1
    sound()


def test_once_it_counts_nothing_puts_it_away(huong, minh, communes, answer, figure, journal_rows, clock, sound):
    house, people = a_house(huong)
    huong.sync()
    text = huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}), device=OTHER_DEVICE)
    huong.sync(text)
    with reading(communes) as connection:
        officer, held = accounts.by_id(connection, HERE, "minh"), store.by_hash(connection, HERE, sha256_of(text))
    for say in (holding.replay(held, None), holding.put_away(held, "nhầm")):  # two officers at once
        clock.tick(minutes=1)
        desk.record(communes, officer, clock(), [say])
    assert figure("dong-cho", "smartphone").yes == 1
    assert "said-raw" not in minh.get("/held").text and "Chưa cất phiếu nào" in minh.get("/held/put-away").text
    sound()


def test_all_of_a_phone_that_was_taken_back_by_mistake_count_at_once(minh, huong, communes, figure, sound):
    homes = [a_house(huong) for _ in range(3)]
    huong.sync()
    with writing(communes) as connection:
        devices.revoke(connection, HERE, huong.device, "2026-11-20T03:00:00.000Z")
    for house, people in homes:
        huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}))
    new = huong.seal("register", None, answers.register("dong-cho", [a_person("Lê Văn Đào")]))
    huong.seal("visit", json.loads(new)["id"], answers.visit(people={"k3v9x2m7ap": {"phone": "smartphone"}}))
    huong.seal("register", None, answers.register("atlantis", [a_person("Lê Văn Mơ")]))
    huong.call(huong.outbox)
    page = minh.get("/held?reason=revoked_device").text
    assert "Cả 6 phiếu từ máy" in page and "Cho tính tất cả" not in minh.get("/held").text
    form = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("reason", "device", "until")}
    huong.seal("visit", homes[0][0], answers.visit("absent"))
    huong.call(huong.outbox[-1:])  # came after the officer read the page: nobody has seen it
    back = minh.get(minh.post("/held/answer-all", {**form, "comment": "thu hồi nhầm"}, page="/held").location).text
    assert "Đã cho tính 5 phiếu. Còn giữ 1 phiếu phải xem riêng." in back and back.count('name="sha256"') == 2
    assert figure("dong-cho", "smartphone").yes == 4
    sound()


def test_many_are_shown_page_by_page_and_none_twice(huong, minh):
    huong.sync(*(f"[{number}]" for number in range(60)))
    seen, path = [], "/held"
    while path:
        page = minh.get(path).text
        seen += re.findall(r'name="sha256" value="([0-9a-f]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following and following[1].replace("&amp;", "&")
    assert len(seen) == 60 == len(set(seen))


def test_a_foreign_officer_answers_nothing(huong, minh, lan, journal_rows):
    a_visit(huong)
    huong.sync()
    huong.sync("{")
    before = len(journal_rows())
    lan.post("/held/answer", {"sha256": sha256_of("{"), "outcome": "not_ours", "comment": "x"}, page="/households")
    assert len(journal_rows()) == before and lan.get(f"/held/{sha256_of('{')}/mend").status_code == 404
    assert json.loads(journal_rows()[-1].decision)["held"] == "malformed_event"
