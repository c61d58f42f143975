"""The questionnaire is a real XLSForm, and what server and phone use is compiled from it."""

import json

import pytest

from fieldapp.intake.xlsform import SHIPPED, QuestionnaireRefused, as_lines, compile_questionnaires, compile_xlsform, shipped_sheets

SOURCE = (SHIPPED / "household-1.md").read_text("utf-8")


def test_the_compiled_questionnaire_is_what_the_tables_say():
    assert as_lines(compile_xlsform(SOURCE)) == (SHIPPED / "household-1.json").read_text("utf-8")


def test_compiling_writes_the_json_beside_the_tables(tmp_path):
    (tmp_path / "household-1.md").write_text(SOURCE, "utf-8")
    (tmp_path / "README.md").write_text("# Not a questionnaire", "utf-8")
    assert [path.name for path in compile_questionnaires(tmp_path)] == ["household-1.json"]
    assert json.loads((tmp_path / "household-1.json").read_text("utf-8")) == compile_xlsform(SOURCE)


def test_a_form_that_we_cannot_ask_is_refused_with_the_cell():
    with pytest.raises(QuestionnaireRefused) as refused:
        compile_xlsform(SOURCE.replace("${age} >= 6", "${age} >== 6"))
    (finding,) = refused.value.findings
    line = next(i for i, row in enumerate(shipped_sheets()["survey"], start=1) if row[1] == "phone")
    assert (finding.code, finding.sheet, finding.cell, finding.more["at"]) == ("bad_expression", "survey", f"H{line}", 10)


def test_an_inner_group_gives_its_rule_to_its_questions_and_an_outer_one_keeps_it():
    compiled = compile_xlsform(SOURCE)
    health = next(question for question in compiled["questions"] if question["name"] == "health_record")
    internet = next(question for question in compiled["questions"] if question["name"] == "internet")
    assert health["relevant"][0] == "not" and "relevant" not in internet
    assert compiled["groups"]["house"]["relevant"] == ["=", ["$", "consent"], "yes"]
