"""A criteria board that changes: what holds from which day, who published meanwhile, and what was entered for a line that is no more."""

import html
import json
import re

import pytest
from sqlalchemy import update

from fieldapp.figures.reporting import drawn_up
from fieldapp.intake.board import making
from fieldapp.intake.board.sheet import HEADINGS
from fieldapp.intake.indicator.sheet import HEADINGS as INDICATOR_HEADINGS
from fieldapp.intake.lined import table
from fieldapp.store import boards
from fieldapp.store.board_tables import criteria_board
from fieldapp.store.engine import reading, writing
from fieldapp.survey.criteria import BOARDS
from fieldapp.survey.period import whole
from tests.conftest import HERE
from tests.web.test_boards import HEAD, LINES, OWN, carried, sheet_of

PHONES = {**LINES[2], "threshold": "80"}


@pytest.fixture
def look(minh):
    """Shows what a head and lines come to; gives the page."""

    def look(*lines, code="", **head):
        file = {"file": sheet_of(*lines)} if lines else {}
        return minh.post("/boards/change", {**HEAD, "code": code, **file, **head}, page="/boards/new")

    return look


@pytest.fixture
def publish(minh, look):
    """Publishes a version of Minh's board."""

    def publish(*lines, **more):
        shown = look(*lines, **more)
        assert shown.status_code == 200, shown.text
        return minh.post("/boards/keep", carried(shown.text), page="/boards")

    return publish


def threshold_of(page):
    return re.findall(r"≥ ([\d,]+%)", html.unescape(page.text))


def test_on_a_former_day_a_board_shows_the_thresholds_of_that_day(minh, publish):
    publish(PHONES, since="2026-01-15")
    publish({**PHONES, "threshold": "95"}, code=OWN, since="2026-11-01", decision="KH 99/KH-UBND")
    assert threshold_of(minh.get(f"/boards/{OWN}")) == ["95%"]
    former = minh.get(f"/boards/{OWN}?on=2026-10-31")
    assert threshold_of(former) == ["80%"] and "KH 12/KH-UBND" in former.text and "xã theo từ 15/01/2026" in former.text
    rows, _ = table.lines(minh.get(f"/boards/{OWN}.xlsx?on=2026-10-31").data, HEADINGS, ())
    assert rows[0][1]["threshold"] == "80"


def test_what_was_typed_wrong_is_mended_for_the_days_before_too(minh, publish):
    publish(PHONES, since="2026-01-15")
    publish({**PHONES, "threshold": "85"}, code=OWN, since="2026-01-15")
    assert threshold_of(minh.get(f"/boards/{OWN}?on=2026-03-01")) == ["85%"]


def test_before_its_first_version_a_board_is_as_it_was_first_and_says_so(minh, publish):
    publish(PHONES, since="2026-06-01")
    page = minh.get(f"/boards/{OWN}?on=2026-02-01").text
    assert "Ngày ấy xã chưa có bộ này" in page and "01/06/2026" in page


def test_a_board_of_the_communes_own_holds_from_its_decisions_day_unless_another_is_said(publish, stored):
    publish(PHONES)
    assert stored(boards.own)[OWN][0].since == HEAD["date"]


@pytest.mark.parametrize(("since", "said"), [("2026-12-31", "chưa đến"), ("2025-W48-4", "Không hiểu ngày"), ("31/02/2026", "Không hiểu ngày")])
def test_a_day_that_is_to_come_or_does_not_exist_is_refused(look, since, said):
    answer = look(PHONES, since=since)
    assert answer.status_code == 422 and said in html.unescape(answer.text)


def test_the_report_of_a_former_day_stands_beside_the_thresholds_of_that_day(minh, publish, stored):
    publish(PHONES, since="2026-01-15")
    minh.post(f"/boards/{OWN}/follow", {"follow": "1"}, page=f"/boards/{OWN}")
    publish({**PHONES, "threshold": "95"}, code=OWN, since="2026-11-01")
    of_october = stored(drawn_up, whole("month", 2026, 10), "2026-10-31")
    assert {row["percent"] for row in of_october["targets"] if row["set_code"] == OWN} == {"80"}


def test_an_officer_who_looked_before_another_published_is_shown_what_changed_meanwhile(minh, look, publish, stored):
    publish(PHONES)
    mine = carried(look({**PHONES, "threshold": "70"}, code=OWN).text)
    publish({**PHONES, "threshold": "90"}, LINES[0], code=OWN)
    answer = minh.post("/boards/keep", mine, page="/boards")
    assert answer.status_code == 409
    assert all(said in answer.text for said in ("Cán bộ khác vừa đổi", "trước ≥ 90%", "bỏ, số đã nhập vẫn giữ"))
    assert len(stored(boards.own)[OWN]) == 2
    assert minh.post("/boards/keep", carried(answer.text), page="/boards").status_code == 303
    assert [line.threshold for line in stored(boards.of_commune)[OWN].lines] == [70]


def test_a_button_that_was_pressed_twice_publishes_one_version(minh, look, stored):
    seen = carried(look(PHONES).text)
    assert [minh.post("/boards/keep", seen, page="/boards").status_code for _ in range(2)] == [303, 303]
    assert {code: len(versions) for code, versions in stored(boards.own).items()} == {OWN: 1}


def test_a_board_that_would_say_nothing_else_is_not_published_again(look, publish):
    publish(PHONES)
    again = look(code=OWN, in_all="1")
    assert "Không có gì khác bản đang dùng" in again.text and "carried" not in again.text


def test_two_boards_of_a_commune_have_two_names(look, publish):
    publish(PHONES)
    answer = look(PHONES)
    assert answer.status_code == 422 and "đã có bộ tiêu chí tên này" in answer.text


def test_what_somebody_changed_in_the_page_is_read_like_the_form(minh, look, stored):
    seen = json.loads(carried(look(PHONES).text)["carried"])
    seen["rows"][0][1]["indicator"], seen["fields"]["name"] = "no_such", "x" * 400
    answer = minh.post("/boards/keep", {"carried": json.dumps(seen)}, page="/boards")
    assert answer.status_code == 422 and "Dài quá" in answer.text and stored(boards.own) == {}


def test_a_spreadsheet_of_too_many_lines_is_told_before_it_is_looked_at(look):
    answer = look(*({**LINES[0], "code": str(number)} for number in range(making.MOST_LINES + 1)))
    assert answer.status_code == 422 and "nhiều nhất 300 dòng" in answer.text


def test_what_was_entered_for_a_line_that_was_taken_out_stays_to_be_seen(minh, publish):
    publish(*LINES[:2])
    page = f"/boards/{OWN}/lines/1"
    minh.post(page, {"percent": "61,5", "source": "Sổ chứng thực", "day": "2026-11-01"}, page=page)
    publish(LINES[1], code=OWN)
    shown = minh.get(page).text
    assert "61,5%" in shown and "không còn trong bộ" in shown and "Nhập số mới" not in shown
    assert minh.post(page, {"percent": "70", "source": "x"}, page=f"/boards/{OWN}").status_code == 404


def test_a_percentage_says_nothing_of_a_line_that_counts_now(minh, publish):
    publish(LINES[0])
    minh.post(f"/boards/{OWN}/lines/1", {"percent": "90", "source": "Sổ", "day": "2026-11-01"}, page=f"/boards/{OWN}/lines/1")
    publish({**LINES[0], "measure": "số lượng", "threshold": "50"}, code=OWN)
    page = minh.get(f"/boards/{OWN}").text
    assert "Chưa bắt đầu" in page and "1 vượt" not in page


def test_a_line_whose_indicator_is_no_longer_used_says_so_and_leads_nowhere(minh, publish, stored):
    publish(PHONES)
    rows, _ = table.lines(minh.get("/office/indicators/all.xlsx").data, INDICATOR_HEADINGS, ())
    phones = next(row for _, row in rows if row["code"] == "smartphone")
    shown = minh.post("/office/indicators/check", {**phones, "stopped": "x", "valid_from": ""}, page="/office/indicators/smartphone")
    seen = {name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', shown.text)[1]) for name in ("carried", "seen")}
    minh.post("/office/indicators/publish", seen, page="/office/indicators")
    assert "xã đã thôi dùng" in minh.get(f"/boards/{OWN}").text
    page = minh.get(f"/boards/{OWN}/lines/3").text
    assert "xã đã thôi dùng" in page and "/indicators/smartphone" not in page


def test_a_note_that_a_spreadsheet_has_no_room_for_stays(minh, look, publish, stored):
    rows, _ = table.lines(minh.get("/boards/national-2025.xlsx").data, HEADINGS, ())
    head = making.fields_of(BOARDS["national-2025"])
    assert "giữ nguyên" in look(*(row for _, row in rows), **{**head, "code": "national-2025"}).text
    publish(*(row for _, row in rows), LINES[0], **{**head, "code": "national-2025"})
    assert stored(boards.of_commune)["national-2025"].line("internet_fixed").note == "fibre_to_households"


def test_a_version_that_somebody_changed_in_the_database_is_told(publish, communes):
    publish(PHONES)
    with writing(communes) as connection:
        assert list(boards.unlike_noted(connection, HERE)) == []
        connection.execute(update(criteria_board).values(since="2020-01-01"))
    with reading(communes) as connection:
        assert len(list(boards.unlike_noted(connection, HERE))) == 1
