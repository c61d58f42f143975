"""What a new version changes: told to the officer, kept for old answers, and refused where answers would mean something else."""

import pytest

from fieldapp.intake.form import bringing, tables, versions, workbook
from fieldapp.intake.xlsform import shipped_sheets
from fieldapp.survey.questionnaire import NAMES, Questionnaire, load
from tests.changed_form import VI, ChangedForm, with_pigs

BEFORE = load("household-1").raw
SECOND = with_pigs().against(BEFORE).form


def codes(brought):
    return [(each.what, each.question, each.choice) for each in brought.changes]


def test_our_own_form_written_to_a_spreadsheet_and_read_again_is_the_same_form():
    sheets = tables.read(workbook.xlsx(shipped_sheets(), "1"))
    assert tables.plain(sheets) == shipped_sheets()
    brought = bringing.bring(sheets, BEFORE, NAMES[-1], 2)
    assert (brought.findings, brought.changes, brought.form) == ([], [], None)


def test_added_questions_are_told_and_asked():
    assert codes(with_pigs().against(BEFORE)) == [("added", "pigs", ""), ("added", "reads_braille", "")]
    form = Questionnaire(SECOND)
    assert "pigs" in form.applying("house", {"business": "yes"}, 2026) and "pigs" not in form.applying("house", {"business": "no"}, 2026)
    assert "reads_braille" in form.applying("people", {"birth_year": 1990}, 2026)


def test_a_dropped_question_is_asked_no_more_and_keeps_its_words_and_answers():
    third = Questionnaire(ChangedForm().against(SECOND, 3).form)
    assert third.questions["pigs"].retired and third.questions["pigs"].labels["vi"] == "Số con lợn"
    assert "pigs" not in third.applying("house", {"business": "yes"}, 2026)
    assert third.unfit({"outcome": "done", "house": {"pigs": 3}}, "visit") is None


def test_a_dropped_question_comes_back_as_it_was_and_as_nothing_else():
    third = ChangedForm().against(SECOND, 3).form
    assert ("added", "pigs", "") in codes(with_pigs().against(third, 4))
    other = with_pigs().set("pigs", "type", "text").set("pigs", "constraint", "")
    assert "type_changed" in [each.code for each in other.against(third, 4).findings]


def test_a_dropped_choice_is_offered_no_more_and_keeps_its_words():
    choices = ChangedForm().add("e_tax", "choices", "business_digital", list_name="business_digital", name="chat_sales", vi="Bán qua Zalo")
    second = choices.against(BEFORE).form
    third = ChangedForm().against(second, 3).form
    assert third["retired"] == {"business_digital": ["chat_sales"]}
    assert Questionnaire(third).questions["business_digital"].choice_labels["chat_sales"]["vi"] == "Bán qua Zalo"
    assert Questionnaire(third).unfit({"outcome": "done", "house": {"business_digital": ["chat_sales"]}}, "visit") is None


def test_a_rewording_is_shown_old_beside_new():
    brought = ChangedForm().set("camera", VI, "Nhà có gắn camera").against(BEFORE)
    (change,) = brought.changes
    assert (change.before, change.after, brought.rewords) == ("Có camera an ninh", "Nhà có gắn camera", True)


def test_a_changed_rule_is_shown_as_xlsform_writes_it():
    (change,) = ChangedForm().set("online_service", "relevant", "${age} >= 16").against(BEFORE).changes
    assert change.before.endswith("${age} >= 18") and change.after.endswith("${age} >= 16")


def test_whom_a_counted_question_is_asked_of_may_change_and_is_told():
    brought = ChangedForm().set("vneid", "relevant", "${age} >= 16").against(BEFORE)
    assert brought.form and [each.code for each in brought.findings] == ["fewer_are_asked"]


def test_a_choice_that_no_figure_counts_is_told():
    brought = ChangedForm().add("basic", "choices", "phone", list_name="phone", name="smart_2g", vi="Bàn phím có mạng").against(BEFORE)
    assert brought.form and [each.code for each in brought.findings] == ["choice_not_counted"]


def test_a_language_may_have_a_few_texts_and_the_first_stands_in_for_the_rest():
    muong = "label::Tiếng Mường (mtq)"
    form = ChangedForm().column("survey", muong).set("consent-1", muong, "Chào ông mệ").set("internet", muong, "Intơnét")
    brought = form.against(BEFORE)
    assert ("language", "", "") in codes(brought)
    made = Questionnaire(brought.form)
    assert made.languages == ("vi", "en", "mtq") and made.consent.texts["mtq"] == "Chào ông mệ" and len(made.consent.sha256["mtq"]) == 64
    assert made.questions["internet"].labels["mtq"] == "Intơnét" and "mtq" not in made.questions["camera"].labels


def test_a_change_in_another_language_alone_is_a_new_version():
    brought = ChangedForm().set("camera", "label::English (en)", "Has a camera").against(BEFORE)
    assert brought.form and codes(brought) == [("else", "", "")] and not brought.rewords


def test_other_words_of_consent_under_another_name_are_taken():
    brought = ChangedForm().set("consent-1", VI, "Cho hỏi nhé?").set("consent-1", "name", "consent-2").against(BEFORE)
    assert brought.form and brought.form["consent"]["name"] == "consent-2"


def test_inner_groups_give_their_rule_and_survive_the_way_there_and_back():
    form = ChangedForm()
    group, end = [""] * len(form.sheets["survey"][0]), [""] * len(form.sheets["survey"][0])
    group[0], group[1], group[2], end[0] = "begin_group", "stable", "Chuồng", "end_group"
    group[form.place("survey", "relevant")] = "${business} = 'yes'"
    pigs = ["integer", "pigs", "Số con lợn", *[""] * (len(group) - 3)]
    form.sheets["survey"][form.line("survey", "business_digital") : form.line("survey", "business_digital")] = [group, pigs, end]
    brought = form.against(BEFORE)
    assert [each["relevant"] for each in brought.form["questions"] if each["name"] == "pigs"] == [["=", ["$", "business"], "yes"]]


def test_a_default_is_for_the_communes_own_questions():
    form = ChangedForm().add("business", type="select_one yes_no", name="well", vi="Có giếng", default="no").against(BEFORE).form
    assert next(each for each in form["questions"] if each["name"] == "well")["default"] == "no"


@pytest.mark.parametrize("change", [lambda form: form, lambda form: {**form, "version": "9", "name": "other"}])
def test_a_name_says_the_content_and_nothing_else(change):
    assert versions.name_of(change(SECOND), "household-1") == SECOND["name"]


def test_a_form_of_another_version_is_noticed():
    brought = bringing.bring(tables.read(with_pigs().xlsx("1")), SECOND, NAMES[-1], 3)
    assert "older_version" in [each.code for each in brought.findings]
