"""The questionnaire is a real XLSForm, and what server and phone use is compiled from it."""

import json

import pytest

from fieldapp.intake.xlsform import SHIPPED, QuestionnaireRefused, as_lines, compile_questionnaires, compile_xlsform

SOURCE = (SHIPPED / "household-1.md").read_text("utf-8")


def test_the_compiled_questionnaire_is_what_the_tables_say():
    assert as_lines(compile_xlsform(SOURCE)) == (SHIPPED / "household-1.json").read_text("utf-8")


def test_compiling_writes_the_json_beside_the_tables(tmp_path):
    (tmp_path / "household-1.md").write_text(SOURCE, "utf-8")
    (tmp_path / "README.md").write_text("# Not a questionnaire", "utf-8")
    assert [path.name for path in compile_questionnaires(tmp_path)] == ["household-1.json"]
    assert json.loads((tmp_path / "household-1.json").read_text("utf-8")) == compile_xlsform(SOURCE)


@pytest.mark.parametrize(("old", "new", "code", "where"), [
    ("select_one internet | internet", "select_one nowhere | internet", "not_an_xlsform", ""),
    ("${age} >= 6", "${aged} >= 6", "not_an_xlsform", ""),
    ("${age} >= 6", "${age} >== 6", "unexpected", "phone.relevant.9"),
    ("${age} >= 6", "position(..) = 6", "unknown_function", "phone.relevant.0"),
    ("| text | name |", "| geopoint | name |", "type_not_supported", "name.type"),
    ("| Internet at home |", "| |", "label_missing", "internet.label"),
    ("| Only installed |", "| |", "label_missing", "choices.vneid.installed.label"),
    ("English (en)", "English", "language_without_code", "English"),
    ("| Get a digital signature | esign |", "| Get a digital signature | e_sign |", "gives_unknown_question",
     "choices.esign_register.gives_field"),
], ids=lambda part: part)
def test_a_form_that_we_cannot_ask_is_refused_with_the_place(old, new, code, where):
    assert old in SOURCE
    with pytest.raises(QuestionnaireRefused) as refused:
        compile_xlsform(SOURCE.replace(old, new))
    assert (refused.value.code, refused.value.where) == (code, where)


def test_an_inner_group_gives_its_rule_to_its_questions_and_an_outer_one_keeps_it():
    compiled = compile_xlsform(SOURCE)
    health = next(question for question in compiled["questions"] if question["name"] == "health_record")
    internet = next(question for question in compiled["questions"] if question["name"] == "internet")
    assert health["relevant"][0] == "not" and "relevant" not in internet
    assert compiled["groups"]["house"]["relevant"] == ["=", ["$", "consent"], "yes"]
