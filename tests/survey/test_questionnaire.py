"""The household questionnaire: what it asks of whom, what it calculates, and which answers it can't take."""

import hashlib
import json
from pathlib import Path

import pytest

from fieldapp.survey.problems import Problem
from fieldapp.survey.questionnaire import NAMES, load, with_texts
from fieldapp.survey.service import EFFECTS
from fieldapp.web.catalogue import phone_words

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "calculated.json").read_text("utf-8"))
HOUSEHOLD = load("household-1")


@pytest.mark.parametrize("vector", VECTORS["calculated"], ids=lambda vector: f"{vector['values']} in {vector['year']}")
def test_age_and_working_age_follow_birth_year_sex_and_the_law(vector):
    assert HOUSEHOLD.calculated(vector["values"], vector["year"]) == vector["calculated"]


@pytest.mark.parametrize("vector", VECTORS["applying"], ids=lambda vector: f"{vector['group']} {vector['values']}")
def test_only_what_applies_is_asked(vector):
    assert list(HOUSEHOLD.applying(vector["group"], vector["values"], vector["year"])) == vector["applying"]


@pytest.mark.parametrize("vector", VECTORS["counted"], ids=lambda vector: f"{vector['group']} {vector['values']}")
def test_an_answer_that_does_not_apply_does_not_count(vector):
    assert HOUSEHOLD.counted(vector["group"], vector["values"], vector["year"]) == vector["counted"]


def test_the_men_of_2026_retire_at_61_and_the_women_at_57():
    ages = {sex: HOUSEHOLD.calculated({"birth_year": 1990, "sex": sex}, 2026)["retirement_age"] for sex in ("male", "female")}
    assert ages == {"male": 61, "female": 57}


def test_what_is_calculated_may_be_changed_without_harm():
    HOUSEHOLD.calculated({"birth_year": 1990}, 2026).clear()
    assert HOUSEHOLD.calculated({"birth_year": 1990}, 2026)["age"] == 36


def test_every_question_of_house_and_people_takes_unknown_and_refused():
    asked = [question for group in ("house", "people") for question in HOUSEHOLD.of_group[group] if question.choices]
    assert len(asked) == 21
    assert not [question.name for question in asked if question.choices[-2:] != ("unknown", "refused")]


def test_everything_that_is_read_aloud_or_tapped_stands_in_both_languages():
    texts = [HOUSEHOLD.consent.texts, *HOUSEHOLD.groups.values()]
    for question in HOUSEHOLD.questions.values():
        texts += [question.labels, *question.choice_labels.values()]
    assert not [text for text in texts if set(text) != {"vi", "en"} or not all(text.values())]


def test_the_consent_names_the_hash_of_what_was_read():
    consent = HOUSEHOLD.consent
    assert consent.name == "consent-1"
    assert {language: hashlib.sha256(text.encode()).hexdigest() for language, text in consent.texts.items()} == consent.sha256


def test_the_services_give_what_the_fold_lays_down():
    given = {name: (row["scope"], row["field"], row["how"], row["value"]) for name, row in HOUSEHOLD.services.items()}
    assert given == {name: tuple(effect) for name, effect in EFFECTS.items()}
    assert HOUSEHOLD.questions["service"].choices == tuple(EFFECTS)


def test_the_compiled_questionnaire_is_small_enough_for_the_phone():
    sizes = [len(path.read_bytes()) for path in (Path(__file__).parents[2] / "fieldapp/survey/questionnaires").glob("*.json")]
    assert len(sizes) == len(NAMES) and max(sizes) < 25_000


VISIT = {
    "outcome": "done", "respondent": "k3v9x2m7ap", "return_on": None,
    "consent": {"given": True, "text": "consent-1", "sha256": "00", "purposes": ["survey"], "method": "spoken"},
    "house": {"internet": "fixed", "business_digital": ["qr_payment", "e_tax"], "camera": "refused"},
    "people": {"k3v9x2m7ap": {"name": "Lê Thị Hoà", "birth_year": 1958, "epay": ["bank"], "wants": [], "phone": "unknown"}},
    "confirmed": {"house": ["zalo_group"], "people": {"k3v9x2m7ap": ["vneid"]}},
    "help": [
        {"person": "k3v9x2m7ap", "service": "vneid_activate", "result": "done", "value": "level2"},
        {"person": None, "service": "zalo_join", "result": "declined", "barrier": "fear_or_habit"},
    ],
}


def test_an_ordinary_visit_fits():
    assert HOUSEHOLD.unfit(VISIT, "visit") is None


@pytest.mark.parametrize(("part", "code", "where"), [
    ({"house": {"ethnicity": "x"}}, "unknown_question", "body.house.ethnicity"),
    ({"house": {"phone": "basic"}}, "unknown_question", "body.house.phone"),
    ({"house": {"internet": "5g"}}, "not_a_choice", "body.house.internet"),
    ({"house": {"internet": ["fixed"]}}, "wrong_type", "body.house.internet"),
    ({"house": {"internet": None}}, "wrong_type", "body.house.internet"),
    ({"house": {"business_digital": "e_tax"}}, "wrong_type", "body.house.business_digital"),
    ({"house": {"business_digital": ["e_tax", 3]}}, "wrong_type", "body.house.business_digital"),
    ({"house": {"business_digital": ["none", "e_tax"]}}, "not_a_choice", "body.house.business_digital"),
    ({"house": {"business_digital": ["e_tax", "e_tax"]}}, "not_a_choice", "body.house.business_digital"),
    ({"house": []}, "wrong_type", "body.house"),
    ({"people": {"p": {"epay": ["unknown", "bank"]}}}, "not_a_choice", "body.people.p.epay"),
    ({"people": {"p": {"birth_year": "1958"}}}, "wrong_type", "body.people.p.birth_year"),
    ({"people": {"p": {"birth_year": True}}}, "wrong_type", "body.people.p.birth_year"),
    ({"people": {"p": {"birth_year": 1899}}}, "wrong_type", "body.people.p.birth_year"),
    ({"people": {"p": {"birth_year": 1958.5}}}, "wrong_type", "body.people.p.birth_year"),
    ({"people": {"p": {"name": 7}}}, "wrong_type", "body.people.p.name"),
    ({"people": {"p": {"name": "a" * 121}}}, "name_too_long", "body.people.p.name"),
    ({"people": {"p": None}}, "wrong_type", "body.people.p"),
    ({"people": [{"name": "Lê An"}]}, "wrong_type", "body.people"),
    ({"people": "x"}, "wrong_type", "body.people"),
    ({"confirmed": {"house": ["x"]}}, "unknown_question", "body.confirmed.house.x"),
    ({"confirmed": {"people": {"p": "vneid"}}}, "wrong_type", "body.confirmed.people.p"),
    ({"confirmed": []}, "wrong_type", "body.confirmed"),
    ({"help": [{"person": "p", "service": "vaccine", "result": "done"}]}, "not_a_choice", "body.help.0.service"),
    ({"help": [{"person": "p", "service": "unknown", "result": "done"}]}, "not_a_choice", "body.help.0.service"),
    ({"help": [{"person": "p", "service": "sim_4g"}]}, "wrong_type", "body.help.0.result"),
    ({"help": [{"person": "p", "service": "sim_4g", "result": "done", "value": "bank"}]}, "not_a_choice", "body.help.0.value"),
    ({"help": [{"person": 3, "service": "sim_4g", "result": "done"}]}, "wrong_type", "body.help.0"),
    ({"help": {"service": "sim_4g"}}, "wrong_type", "body.help"),
    ({"outcome": "asleep"}, "not_a_choice", "body.outcome"),
    ({"outcome": None}, "wrong_type", "body.outcome"),
    ({"return_on": "2026-02-30"}, "wrong_type", "body.return_on"),
    ({"return_on": "20260228"}, "wrong_type", "body.return_on"),
    ({"respondent": 3}, "wrong_type", "body.respondent"),
    ({"consent": True}, "wrong_type", "body.consent"),
], ids=lambda part: json.dumps(part) if isinstance(part, dict) else part)
def test_what_nobody_could_count_is_unfit(part, code, where):
    found = HOUSEHOLD.unfit({**VISIT, **part}, "visit")
    assert isinstance(found, Problem) and (found.code, found.where) == (code, where)


def test_a_name_is_measured_composed():
    assert HOUSEHOLD.unfit({"people": {"p": {"name": "e\u0302\u0301" * 120}}}, "visit") is None


def test_a_doubtful_name_is_not_unfit():
    assert HOUSEHOLD.unfit({"people": {"p": {"name": "=cmd()|<b>"}}}, "visit") is None


def test_a_correction_may_take_a_statement_away():
    fields = {"house": {"internet": None}, "people": {"p": {"birth_year": None, "epay": ["none"]}}}
    assert HOUSEHOLD.unfit({"event": "x", "fields": fields, "reason": "nhầm"}, "correct") is None


def test_a_correction_is_looked_at_where_it_stands():
    found = HOUSEHOLD.unfit({"event": "x", "fields": {"house": {"internet": "5g"}}, "reason": ""}, "correct")
    assert found == Problem("not_a_choice", "body.fields.house.internet", {"value": "5g"})


def test_a_roster_may_know_little_about_a_person():
    person = {"id": "p", "name": "Lê An", "birth_year": None, "sex": None, "relation": None, "residence": None}
    assert HOUSEHOLD.unfit({"village": "dong-cho", "address": None, "source": "roster", "people": [person]}, "register") is None


def test_a_roster_names_no_relation_that_does_not_exist():
    found = HOUSEHOLD.unfit({"people": [{"id": "p", "name": "Lê An", "relation": "uncle"}]}, "register")
    assert found and found.where == "body.people.p.relation"


def test_a_merge_maps_people_and_states_nothing():
    assert HOUSEHOLD.unfit({"other": "h", "people": {"a": "b"}, "reason": ""}, "merge") is None


def test_an_arrival_brings_values():
    found = HOUSEHOLD.unfit({"person": "p", "from": "h", "values": {"phone": "fax"}, "reason": ""}, "move")
    assert found and found.where == "body.values.phone"


def test_a_phone_carries_the_form_in_one_language_and_gets_the_others_with_that_languages_words():
    form = HOUSEHOLD.for_phone(languages=1)
    assert form["languages"] == ["vi"] and form["questions"][0]["label"] == ["Kết quả"]
    english = HOUSEHOLD.translated("en")
    assert english["Kết quả"] == "Outcome" and english[HOUSEHOLD.consent.sha256["vi"]] == HOUSEHOLD.consent.sha256["en"]


def test_every_text_of_the_form_has_one_translation():
    """Phones look a text up by its Vietnamese, among the words of the screens too."""
    words = phone_words("en")
    of_text = {}
    with_texts(HOUSEHOLD.for_phone(), lambda texts: of_text.setdefault(texts[0], set()).add(texts[1]) or texts)
    assert {text for text, said in of_text.items() if len({*said, words.get(text, next(iter(said)))}) > 1} == set()


def test_a_phone_knows_the_languages_of_a_communes_form_by_the_names_its_author_gave():
    form = load("household-1")
    assert form.for_phone()["language_names"] == ["Tiếng Việt", "English"]
    assert "language_names" not in form.for_phone(languages=1)
