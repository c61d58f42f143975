"""What an officer is told of an indicator of the commune's own: before it is published, and in the reports that it stands in."""

import html
import io

import docx
import pytest
from python_calamine import CalamineWorkbook

from fieldapp.intake.indicator import rules
from fieldapp.survey.indicator import INDICATORS
from fieldapp.survey.questionnaire import NAMES, load
from tests.changed_form import ChangedForm, with_pigs
from tests.web.test_indicators import OPENED, PAGE, REPORT, carried, visit_with


def publish(minh, **fields):
    shown = minh.post(f"{PAGE}/check", {**OPENED, **fields}, page=f"{PAGE}/new?question=health_record")
    assert minh.post(f"{PAGE}/publish", carried(shown.text), page=PAGE).status_code == 303


@pytest.mark.parametrize(("fields", "said"), [
    ({"yes": "1 = 2", "no": "${phone} = 'smartphone'"}, "được tính là có"), ({"yes": "${phone} = 'smartphone'", "no": "1 = 2"}, "được tính là chưa"),
    ({"yes": "1 = 2", "no": "1 = 2"}, "đều là chưa rõ"), ({"yes": "1 = 1", "no": "1 = 2", "when": "1 = 2"}, "thuộc diện xét"),
])  # fmt: skip
def test_rules_that_come_true_for_nobody_are_told_before_they_are_published(minh, register, visit, fields, said):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"phone": "smartphone"})
    shown = minh.post(f"{PAGE}/check", {**OPENED, "question": "", **fields}, page=f"{PAGE}/new?unit=person")
    assert shown.status_code == 200 and said in html.unescape(shown.text)


@pytest.mark.parametrize("no", ["${phone} != 'smartphone'", "${phone} != 'smartphone' and ${phone} != ''", "not(selected(${epay}, 'bank'))"])
def test_a_rule_that_counts_who_did_not_answer_is_told_before_it_is_published(minh, no):
    fields = {"question": "", "yes": "${phone} = 'smartphone'", "no": no}
    shown = minh.post(f"{PAGE}/check", {**OPENED, **fields}, page=f"{PAGE}/new?unit=person")
    assert shown.status_code == 200 and "chưa trả lời câu này cũng bị tính" in shown.text


def test_no_rule_that_ships_counts_who_did_not_answer():
    for each in INDICATORS:
        for where in ("yes", "no"):
            assert rules.read(getattr(each, where), where, each.unit, load(NAMES[-1]))[1] == [], each.key


def test_the_annex_of_a_report_tells_the_communes_own_indicators_in_the_words_of_its_form(
    minh, publish_form, register, huong, communes, monkeypatch
):  # fmt: skip
    monkeypatch.setattr("fieldapp.figures.outside.SMALL", 1)
    name = publish_form(with_pigs())
    visit_with(communes, huong, register("dong-cho", "Trịnh Thị Hoa"), name, {"business": "yes", "pigs": 12})
    rules = {"when": "${business} = 'yes'", "yes": "${pigs} > 10", "no": "${pigs} <= 10", "question": "", "unit": "household", "age_from": ""}
    publish(minh, **rules, name_vi="Hộ nuôi trên 10 con lợn", short_vi="Nhiều lợn")
    publish(minh, age_from="", age_to="18")
    minh.post("/reports", {"period": "month.2026-11-01.2026-11-30", "new": REPORT}, page="/reports/preview?period=month.2026-11-01.2026-11-30")
    publish_form(ChangedForm())
    told = "\n".join(each.text for each in docx.Document(io.BytesIO(minh.get(f"/reports/{REPORT}.docx").data)).paragraphs)
    said = "chỉ xét khi “Nhà có kinh doanh” là “Có”; tính là có khi “Số con lợn” lớn hơn 10; tính là không khi “Số con lợn” không quá 10."
    assert said in told and "từ 0 tuổi đến 18" in told
    book = CalamineWorkbook.from_filelike(io.BytesIO(minh.get(f"/reports/{REPORT}.xlsx").data))
    assert "“Số con lợn” lớn hơn 10" in [cell for row in book.get_sheet_by_name("Cách tính").to_python() for cell in row]
