"""Reports at the desk: looked at, frozen once however often the form is sent, and the same for good."""

import re

import pytest
from sqlalchemy import select

from fieldapp.figures import proof
from fieldapp.store import cut_sums, reports
from fieldapp.store.desk_tables import report as report_table
from fieldapp.store.engine import reading
from fieldapp.survey.report import unsealed
from tests.conftest import HERE

NOVEMBER = "month.2026-11-01.2026-11-30"
PREVIEW = f"/reports/preview?period={NOVEMBER}"


@pytest.fixture
def house(register, visit):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"})
    return code


def freeze(browser, path=PREVIEW):
    fields = hidden(browser.get(path).text)
    return browser.post("/reports", fields, page=path), fields


def hidden(page):
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.partition("<main")[2]))
    fields.pop("csrf_token")
    return fields


def kept(engine):
    with reading(engine) as connection:
        return connection.execute(select(report_table)).all()


def test_an_officer_looks_first_and_freezes_then(minh, house, communes):
    assert "Chưa có báo cáo nào được chốt" in minh.get("/reports").text
    page = minh.get(PREVIEW).text
    assert "bản xem trước, chưa chốt" in page and "1 trên 1 người đã trả lời" in page and kept(communes) == []
    answer, _ = freeze(minh)
    assert answer.status_code == 303
    page = minh.get(answer.location).text
    assert "Tháng 11 năm 2026" in page and "Người chốt" in page and "Hoàng Minh" in page and "Trịnh Thị Hoa" not in page
    assert "Tháng 11 năm 2026" in minh.get("/reports").text


def test_a_form_that_is_sent_twice_freezes_one_report(minh, house, communes):
    answer, fields = freeze(minh)
    again = minh.post("/reports", fields, page=PREVIEW)
    assert again.location == answer.location and len(kept(communes)) == 1


def test_a_visit_that_comes_while_a_report_is_drawn_up_waits_for_nobody(minh, house, visit, huong, communes, monkeypatch):
    """The report is of the moment at which it was begun, and is proven; the visit is in the next one."""
    real, phones = cut_sums.at_day, ["smartphone", "basic", "basic"]  # looked at twice, and frozen

    def meanwhile(*asked):
        huong.wait(minutes=1)
        visit(house, people={"phone": phones.pop()})
        return real(*asked)

    monkeypatch.setattr(cut_sums, "at_day", meanwhile)
    page = minh.get(PREVIEW).text
    answer = minh.post("/reports", hidden(page), page=PREVIEW)
    assert answer.status_code == 303 and not phones
    (first,) = kept(communes)
    with reading(communes) as connection:
        assert reports.rows(connection, HERE)[first.report_id] == first.sequence + 2
        assert proof.proof(connection, first.text).verdict == proof.SAME and list(reports.unlike_noted(connection, HERE)) == []
    assert [each[2:] for each in unsealed(first.text)["now"] if each[1] == "smartphone:1"] == [[0, 1, 0]]


def test_the_file_is_the_sealed_text_and_is_proven(minh, house, communes):
    answer, _ = freeze(minh)
    file = minh.get(f"{answer.location}.json")
    assert unsealed(file.text)["as_of"] == "2026-11-20" and "attachment" in file.headers["Content-Disposition"]
    with reading(communes) as connection:
        assert proof.proof(connection, file.text).verdict == proof.SAME


def test_a_frozen_report_says_the_same_whatever_comes_later(minh, house, register, visit):
    answer, _ = freeze(minh)
    before = minh.get(answer.location).text
    visit(register("dong-cho", "Lê Thị Na"), people={"phone": "none"})
    main = r"<main.*</main>"
    assert re.search(main, minh.get(answer.location).text, re.DOTALL)[0] == re.search(main, before, re.DOTALL)[0].replace(
        re.search(r'<div class="notice notice-good".*?</div>', before, re.DOTALL)[0], ""
    )
    page = minh.get(PREVIEW).text
    assert "Tính lại: Tháng 11 năm 2026" in page and "100% (1/1)" in page and "50% (1/2)" in page and "lượt đến 1" in page


@pytest.mark.parametrize(
    "asked, words",
    [
        ("period=x", "Vui lòng chọn kỳ báo cáo"), ("period=month.2026-12-01.2026-12-31", "Kỳ này chưa bắt đầu"),
        (f"period={NOVEMBER}&as_of=2026-11-21", "không sau hôm nay"), (f"period={NOVEMBER}&as_of=2026-10-31", "phải nằm trong kỳ"),
        (f"period={NOVEMBER}&as_of=20/11", "phải nằm trong kỳ"), ("period=free&first=2026-11-09", "ghi đủ ngày đầu và ngày cuối"),
        ("period=free&first=2026-11-09&last=2026-11-01", "ngày đầu trước ngày cuối"),
    ],
)  # fmt: skip
def test_what_was_asked_wrongly_is_said_at_its_field(minh, asked, words):
    answer = minh.get(f"/reports/preview?{asked}")
    assert answer.status_code == 422 and words in answer.text


def test_any_days_can_be_reported(minh, house, communes):
    answer, _ = freeze(minh, "/reports/preview?period=free&first=2026-11-03&last=2026-11-19")
    assert answer.status_code == 303 and (kept(communes)[0].period, kept(communes)[0].as_of) == ("free.2026-11-03.2026-11-19", "2026-11-19")


def test_a_leader_and_another_commune_see_none(tuan, lan, minh, house):
    answer, _ = freeze(minh)
    assert tuan.get("/reports").status_code == 404 and lan.get(answer.location).status_code == 404
    assert "Tháng 11 năm 2026</a>" not in lan.get("/reports").text
