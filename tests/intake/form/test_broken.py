"""Spreadsheets that somebody broke, as people do: each is told with its row and column, and never half taken."""

import pytest

from fieldapp.intake.form import finding
from fieldapp.intake.form.tables import letters
from fieldapp.survey.questionnaire import load
from fieldapp.web.questionnaire.form_words import FORM_FINDING
from tests.changed_form import VI, ChangedForm

BEFORE = load("household-1").raw
MESSAGE = "constraint_message::Tiếng Việt (vi)"


def renamed(sheet, old, new):
    def change(form):
        form.sheets[sheet][0][form.place(sheet, old)] = new
    return change


def without(sheet):
    return lambda form: form.sheets.pop(sheet)


def cell(name, column, value, sheet="survey", list_=""):
    return lambda form: form.set(name, column, value, sheet, list_)


def dropped(name, sheet="survey", list_=""):
    return lambda form: form.drop(name, sheet, list_)


def added(after, **cells):
    return lambda form: form.add(after, **{"name": "pigs", "type": "integer", "vi": "Số con lợn", **cells})


def ended(group):
    """Without the row that ends this group."""
    def change(form):
        line = form.line("survey", group)
        depth = 0
        for i, row in enumerate(form.sheets["survey"][line - 1 :], start=line):
            depth += row[0].startswith("begin") - row[0].startswith("end")
            if depth == 0:
                del form.sheets["survey"][i - 1]
                return
    return change


def choice(after, **cells):
    return lambda form: form.add(after, "choices", cells["list_name"], **cells)


def column(sheet, heading, name, value):
    return lambda form: form.column(sheet, heading).set(name, heading, value, sheet)


# What was done → code, sheet, column's heading ("" for none), the row's name (0: no row; 1: the headings).
BROKEN = {
    "no choices": (without("choices"), "sheet_missing", "choices", "", 0),
    "no settings": (without("settings"), "sheet_missing", "settings", "", 0),
    "no column for names": (renamed("survey", "name", "ten"), "column_missing", "survey", "", 1),
    "a column twice": (renamed("survey", "hint::Tiếng Việt (vi)", VI), "column_twice", "survey", VI, 1),
    "a language without its code": (renamed("survey", VI, "label::Tiếng Việt"), "language_without_code", "survey", "label::Tiếng Việt", 1),
    "a column that asks otherwise": (column("survey", "repeat_count", "people", "5"), "column_not_supported", "survey", "repeat_count", 1),
    "no label": (cell("internet", VI, ""), "label_missing", "survey", VI, "internet"),
    "no label of a choice": (cell("installed", VI, "", "choices", "vneid"), "label_missing", "choices", VI, ("vneid", "installed")),
    "a rule without its words": (cell("birth_year", MESSAGE, ""), "message_missing", "survey", MESSAGE, "birth_year"),
    "a text without end": (cell("internet", VI, "x" * 600), "text_too_long", "survey", VI, "internet"),
    "no type": (cell("internet", "type", ""), "type_missing", "survey", "type", "internet"),
    "a photo": (added("internet", type="image"), "type_not_supported", "survey", "type", "pigs"),
    "a place": (added("internet", type="geopoint"), "type_not_supported", "survey", "type", "pigs"),
    "or other": (added("internet", type="select_one yes_no or_other"), "type_not_supported", "survey", "type", "pigs"),
    "a note": (added("internet", type="note"), "type_not_supported", "survey", "type", "pigs"),
    "no name": (cell("camera", "name", ""), "name_missing", "survey", "name", "camera"),
    "a name with accents": (added("internet", name="số_lợn"), "bad_name", "survey", "name", "số_lợn"),
    "a name with spaces": (added("internet", name="so lon"), "bad_name", "survey", "name", "so lon"),
    "a name that is taken": (added("internet", name="today"), "name_reserved", "survey", "name", "today"),
    "a name twice": (added("business", name="vneid"), "name_twice", "survey", "name", "last vneid"),
    "no list": (added("internet", type="select_one"), "list_missing", "survey", "type", "pigs"),
    "a list that is not there": (added("internet", type="select_one pigs"), "list_unknown", "survey", "type", "pigs"),
    "a choice twice": (choice("yes", list_name="yes_no", name="no", vi="Không"), "choice_twice", "choices", "name", ("yes_no", "no")),
    "a choice of no list": (cell("wallet", "list_name", "", "choices", "epay"), "list_missing", "choices", "list_name", ("", "wallet")),
    "a group that does not end": (ended("answers"), "begin_without_end", "survey", "type", "answers"),
    "an end of nothing": (added("internet", type="end_repeat", name="", vi=""), "end_without_begin", "survey", "type", "line after internet"),
    "a question outside": (lambda form: form.add("year", type="text", name="pigs", vi="Lợn"), "outside_a_group", "survey", "type", "pigs"),
    "another outer group": (cell("house", "name", "nha"), "group_unknown", "survey", "name", "nha"),
    "another repeat": (cell("help", "name", "helped"), "repeat_not_supported", "survey", "type", "helped"),
    "a rule that can't be read": (cell("phone", "relevant", "${age} => 6"), "bad_expression", "survey", "relevant", "phone"),
    "a quote that does not end": (cell("phone", "relevant", "${sex} = 'male"), "bad_expression", "survey", "relevant", "phone"),
    "a function of no XLSForm": (cell("phone", "relevant", "tuoi(${age}) > 6"), "unknown_function", "survey", "relevant", "phone"),
    "too few parts": (cell("phone", "relevant", "selected(${sex})"), "wrong_number_of_arguments", "survey", "relevant", "phone"),
    "a pattern of one side only": (
        added("internet", type="text", constraint="regex(., '(?i)a')", message="x"), "bad_pattern", "survey", "constraint", "pigs",
    ),
    "an answer that nobody asked for": (cell("phone", "relevant", "${agee} >= 6"), "unknown_variable", "survey", "relevant", "phone"),
    "a person's answer for the house": (cell("camera", "relevant", "${age} > 6"), "reads_elsewhere", "survey", "relevant", "camera"),
    "an answer of later": (cell("phone", "relevant", "${benefit} = 'cash'"), "reads_later", "survey", "relevant", "phone"),
    "itself": (cell("phone", "relevant", "${phone} = 'basic'"), "reads_itself", "survey", "relevant", "phone"),
    "a choice that is none": (cell("network_4g", "relevant", "${phone} = 'smartfone'"), "choice_not_in_list", "survey", "relevant", "network_4g"),
    "a count of no roster": (cell("camera", "relevant", "count(${internet}) > 1"), "count_of_something_else", "survey", "relevant", "camera"),
    "an answer by itself": (cell("phone", "relevant", "not(${sex}) or ${age} > 6"), "answer_as_truth", "survey", "relevant", "phone"),
    "no calculation": (cell("age", "calculation", ""), "calculation_missing", "survey", "calculation", "age"),
    "maybe required": (cell("camera", "required", "maybe"), "required_not_understood", "survey", "required", "camera"),
    "a default of what is counted": (column("survey", "default", "vneid", "level2"), "default_not_supported", "survey", "default", "vneid"),
    "a default that is none": (added("internet", type="select_one yes_no", default="maybe"), "default_not_in_list", "survey", "default", "pigs"),
    "a default of another type": (added("internet", default="nhiều"), "default_wrong_type", "survey", "default", "pigs"),
    "choices filtered": (cell("phone", "choice_filter", "x = ${sex}"), "filter_not_supported", "survey", "choice_filter", "phone"),
    "help for nothing": (
        cell("esign_register", "gives_field", "e_sign", "choices", "service"), "gives_unknown_question", "choices", "gives_field",
        ("service", "esign_register"),
    ),
    "no consent": (dropped("consent-1"), "consent_missing", "survey", "", 0),
    "another form": (lambda form: form.sheets["settings"][1].__setitem__(1, "kobo"), "form_id_changed", "settings", "form_id", 2),
    "another type": (cell("camera", "type", "text"), "type_changed", "survey", "type", "camera"),
    "several of one": (cell("phone", "type", "select_multiple phone"), "type_changed", "survey", "type", "phone"),
    "a held question dropped": (dropped("camera"), "held_question", "survey", "", 0),
    "a held choice dropped": (dropped("level1", "choices", "vneid"), "held_choice", "choices", "", 0),
    "a held calculation": (cell("age", "calculation", "${year} - ${birth_year} + 1"), "held_rule", "survey", "calculation", "age"),
    "meanings swapped": (
        lambda form: form.set("yes", VI, "Không", "choices", "yes_no").set("no", VI, "Có", "choices", "yes_no"), "meaning_swapped",
        "choices", VI, ("yes_no", "yes"),
    ),
    "consent reworded": (cell("consent-1", VI, "Cho hỏi nhé?"), "consent_reworded", "survey", "name", "consent-1"),
    "a service that gives otherwise": (
        cell("zalo_join", "gives_value", "no", "choices", "service"), "services_fixed", "choices", "gives_field", ("service", "zalo_join"),
    ),
    "a question at the door": (added("outcome"), "question_misplaced", "survey", "name", "pigs"),
}  # fmt: skip


@pytest.mark.parametrize(("break_it", "code", "sheet", "heading", "row"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_told_with_its_cell(break_it, code, sheet, heading, row):
    form = ChangedForm()
    kept = {name: [list(line) for line in lines] for name, lines in form.sheets.items()}
    break_it(form)
    brought = form.against(BEFORE)
    found = next((each for each in brought.findings if (each.code, each.sheet) == (code, sheet)), None)
    assert found is not None, brought.findings
    assert brought.form is None and found.refuses
    headings = form.sheets.get(sheet, [[]])[0]
    # Of two columns of one name it is the second.
    place = len(headings) - 1 - headings[::-1].index(heading) if heading else None
    assert found.column == ("" if place is None else letters(place))
    assert found.line == line_of(form, kept, sheet, row)


def line_of(form, kept, sheet, row):
    if isinstance(row, int):
        return row
    if isinstance(row, tuple):
        list_, name = row
        at = form.place(sheet, "name"), form.place(sheet, "list_name")
        lines = [i for i, line in enumerate(form.sheets[sheet], start=1) if (line[at[0]], line[at[1]]) == (name, list_)]
        return lines[-1]
    at = form.place(sheet, "name")
    name, after = row.removeprefix("last ").removeprefix("line after "), row.startswith("line after")
    lines = [i for i, line in enumerate(form.sheets[sheet], start=1) if line[at] == name]
    # A row that lost its name stands where it stood.
    return lines[-1] + after if lines else next(i for i, line in enumerate(kept[sheet], start=1) if line[at] == name)


def test_at_least_thirty_ways_to_break_a_form_are_told():
    assert len(BROKEN) >= 30 and len({code for _change, code, *_where in BROKEN.values()}) >= 30


def test_several_are_told_at_once():
    form = ChangedForm().set("vneid", "relevant", "${aged} > 3").set("camera", VI, "").set("phone", "type", "select_one telephone")
    assert {each.code for each in form.against(BEFORE).findings} >= {"unknown_variable", "label_missing", "list_unknown"}


def test_what_only_follows_from_another_mistake_is_not_told():
    assert [each.code for each in ChangedForm().set("phone", "type", "select_one telephone").against(BEFORE).findings] == ["list_unknown"]


def test_every_finding_has_its_words():
    assert set(FORM_FINDING) == set(finding.CODES)


def test_what_only_pyxform_sees_is_told_in_its_words(monkeypatch):
    monkeypatch.setattr("fieldapp.intake.form.compiling.convert", _refuse)
    (found,) = ChangedForm().against(BEFORE).findings
    assert (found.code, found.sheet, found.line) == ("pyxform", "survey", 17)


def _refuse(*_form, **_options):
    from pyxform.errors import PyXFormError
    raise PyXFormError("[row : 17] Something new.")
