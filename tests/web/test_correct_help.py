"""What was noted of the help and of who answered is corrected like any answer, and counts as corrected."""

import json

import pytest

from fieldapp.store import households
from tests.web.conftest import PERSON

HELP = {"person": PERSON, "service": "vneid_activate", "result": "done", "value": "level2"}


@pytest.fixture
def corrected(minh, register, visit, journal_rows, clock, stored):
    """Corrects a visit with one help; what was answered and the household's state come back."""
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"vneid": "installed", "phone": "smartphone"}, help=[HELP])
    visit_id = [row.event_id for row in journal_rows() if row.kind == "visit"][-1]
    path = f"/households/{code}/correct/{visit_id}"

    def correct(**form):
        clock.tick(minutes=1)
        answer = minh.post(path, {"reason": "hỏi lại tổ", **form}, page=path)
        return answer, stored(households.by_code, code).state["people"][PERSON]

    return correct


def fields(journal_rows):
    return json.loads(journal_rows()[-1].text)["body"]["fields"]


def test_help_that_was_not_done_is_taken_out_and_comes_back(corrected, minh, journal_rows, sound):
    answer, person = corrected(**{"help.0.result": ""})
    assert answer.status_code == 303 and fields(journal_rows) == {"help": []} and person["vneid"] == "installed"
    answer, person = corrected(**{"help.1.service": "vneid_activate", "help.1.person": PERSON, "help.1.result": "done"})
    assert answer.status_code == 422 and "Chưa có gì thay đổi" in answer.text  # row 1 is none of this page's: nothing was taken
    answer, person = corrected(**{"help.0.service": "vneid_activate", "help.0.person": PERSON, "help.0.result": "done"})
    assert answer.status_code == 303 and person["vneid"] == "level1"
    sound()


def test_help_that_was_forgotten_is_added_and_one_result_becomes_another(corrected, journal_rows, sound):
    new = {"help.1.service": "epay_open", "help.1.person": PERSON, "help.1.result": "done", "help.1.value": "wallet"}
    answer, person = corrected(**new, **{"help.0.result": "booked", "help.0.value": "", "help.0.barrier": "papers_missing"})
    assert answer.status_code == 303 and person["epay"] == ["wallet"] and person["vneid"] == "installed"
    assert fields(journal_rows)["help"][0] == {"service": "vneid_activate", "person": PERSON, "result": "booked", "barrier": "papers_missing"}
    sound()


@pytest.mark.parametrize(
    "typed, said",
    [
        ({"service": "epay_open", "person": PERSON}, "chọn kết quả"),
        ({"service": "epay_open", "result": "done"}, "chọn người được giúp"),
        ({"service": "epay_open", "result": "done", "person": "d5f7h9k2mn"}, "chọn người được giúp"),
        ({"person": PERSON, "result": "done"}, "chọn việc đã giúp"),
        ({"service": "epay_open", "person": PERSON, "result": "done", "value": "level2"}, "không hợp với việc này"),
        ({"service": "epay_open", "person": PERSON, "result": "telepathy"}, "không có trong phiếu"),
        ({"service": "astrology", "person": PERSON, "result": "done"}, "không có trong phiếu"),
    ],
)
def test_help_that_can_not_be_is_said_at_its_row(corrected, journal_rows, typed, said):
    before = len(journal_rows())
    answer, _person = corrected(**{f"help.1.{part}": value for part, value in typed.items()})
    assert answer.status_code == 422 and said in answer.text and len(journal_rows()) == before


def test_who_answered_is_one_of_the_house_or_another_adult(corrected, journal_rows, sound):
    answer, _person = corrected(respondent="other_adult")
    assert answer.status_code == 303 and fields(journal_rows) == {"respondent": "other_adult"}
    answer, _person = corrected(respondent="ông hàng xóm")
    assert answer.status_code == 422
    sound()


def test_the_page_tells_what_a_correction_changed(corrected, minh):
    corrected(respondent="other_adult", **{f"people.{PERSON}.phone": "basic", "help.0.result": ""})
    newest = minh.get("/households/15835-03-0001").text.split('<li class="sheet event"')[1]
    for said in ("Người lớn khác", "Phím bấm (2G)", "Bỏ hết việc đã giúp", "hỏi lại tổ"):
        assert said in newest, said
