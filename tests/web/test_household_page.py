"""One household's page: what was found, what help left, who came when, and where two accounts differ."""

import json

import pytest

from fieldapp.demo import answers
from fieldapp.store import households
from fieldapp.store.engine import reading
from tests.conftest import HERE

PERSON = "k3v9x2m7ap"
FOUND = {"phone": "smartphone", "vneid": "installed", "epay": ["none"]}


def test_help_shows_as_left_and_beside_it_as_found(minh, register, visit):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people=FOUND, help=[{"person": PERSON, "service": "vneid_activate", "result": "done", "value": "level2"}])
    page = minh.get(f"/households/{code}").text
    assert "Mức 2" in page and "khi đến: Cài rồi, chưa kích hoạt" in page


def test_a_visit_names_its_author_its_outcome_and_its_help(minh, register, visit):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people=FOUND, help=[{"person": PERSON, "service": "epay_open", "result": "booked", "barrier": "papers_missing"}])
    event = minh.get(f"/households/{code}").text.split('<ol class="events">')[1]
    for said in ("Lê Thị Hường", "Hoàn thành", "Mở tài khoản thanh toán", "20/11/2026"):
        assert said in event, said


def test_a_visit_opens_to_what_it_stated(minh, register, visit):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people=FOUND)
    visit(code, people={"phone": "basic"})
    newest, *_older = minh.get(f"/households/{code}").text.split('<li class="sheet event"')[1:]
    assert "Phím bấm (2G)" in newest and "Cài rồi, chưa kích hoạt" not in newest


def test_an_absent_house_says_so_in_the_list_of_the_village(minh, register, visit):
    visit(register("dong-cho", "Trịnh Thị Hoa"), outcome="absent")
    assert "Vắng nhà" in minh.get("/villages/dong-cho").text.split('id="households"')[1]


def test_two_accounts_of_one_thing_are_marked(minh, register, visit):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people=FOUND, base=[])
    visit(code, people={**FOUND, "phone": "basic"}, base=[])
    page = minh.get(f"/households/{code}").text
    assert "Có hai lượt đến ghi khác nhau" in page and "chip-contested" in page


def test_html_in_a_comment_is_text(minh, register, visit):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people=FOUND, comment="<script>alert(1)</script>")
    page = minh.get(f"/households/{code}").text
    assert "<script" not in page and "&lt;script&gt;" in page


def test_a_visit_moves_the_overview(minh, register, visit):
    code = register("dong-cho", "Trịnh Thị Hoa")
    assert "0 trên 1 hộ đã khảo sát" in minh.get("/").text
    visit(code, people=FOUND)
    page = minh.get("/").text
    assert "1 trên 1 hộ đã khảo sát" in page and "1 trên 1 người đã trả lời" in page


@pytest.mark.parametrize("wrong", [{"at": "2026-13-94T02:00:00.000Z"}, {"at": 7}, {"body": {"help": "x", "return_on": "nine"}}, {"member": [1]}])
def test_a_held_text_that_fits_no_event_does_not_break_the_page_of_its_household(minh, huong, register, visit, communes, wrong):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people=FOUND)
    with reading(communes) as connection:
        household = households.by_code(connection, HERE, code).household_id
    text = json.loads(huong.seal("visit", household, answers.visit()))
    (receipt,) = huong.sync(json.dumps(text | wrong))["receipts"]
    assert (receipt["outcome"], receipt["reason"]) == ("held", "malformed_event")
    assert minh.get(f"/households/{code}").status_code == minh.get(f"/households/{code}/history").status_code == 200
    assert "said-raw" in minh.get("/held").text


def test_a_day_that_does_not_exist_is_shown_as_it_was_written(minh, huong, register, visit, communes):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people=FOUND)
    with reading(communes) as connection:
        household = households.by_code(connection, HERE, code).household_id
    (receipt,) = huong.sync(huong.seal("visit", household, answers.visit() | {"return_on": "2026-02-30"}))["receipts"]
    assert (receipt["outcome"], receipt["reason"]) == ("held", "wrong_type")
    assert "2026-02-30" in minh.get(f"/households/{code}").text
