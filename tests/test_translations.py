"""Nobody meets an untranslated message: all of templates, Python and phone modules have their English, all codes their words."""

import re

import pytest
from babel.messages.catalog import Catalog

from fieldapp.figures.figure import STATES
from fieldapp.intake.lined import finding
from fieldapp.survey import criteria, points
from fieldapp.survey.event import KINDS
from fieldapp.survey.fold import STATUS_AFTER
from fieldapp.survey.indicator import GROUPS, INDICATORS, UNITS
from fieldapp.survey.problems import PROBLEMS
from fieldapp.survey.questionnaire import NAMES, load
from fieldapp.survey.rules import RULES, THRESHOLDS
from fieldapp.web import catalogue, words
from fieldapp.web.guard import DESK_ROLES
from fieldapp.web.language import LANGUAGES

TRANSLATED = [language for language in LANGUAGES if language != "vi"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


@pytest.fixture(scope="module")
def extracted():
    return catalogue.extracted()


def kept(language) -> Catalog:
    return catalogue.read(catalogue.TRANSLATIONS / language / "LC_MESSAGES" / "messages.po")


def texts(message_or_text):
    text = getattr(message_or_text, "id", message_or_text)
    return list(text) if isinstance(text, (tuple, list)) else [text]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_has_its_words(extracted, language):
    known = kept(language)
    translated = {message.id for message in known if all(texts(message.string))}
    assert [message.id for message in extracted if message.id and message.id not in translated] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess_or_outlived_its_message(extracted, language):
    known = kept(language)
    ids = {message.id for message in extracted}
    assert [message.id for message in known if message.id and (message.fuzzy or message.id not in ids)] == []
    assert dict(known.obsolete) == {}


def test_a_sign_of_per_cent_in_a_template_is_written_twice(extracted):
    """A template's message is filled in even with nothing: "% s" would be read as a value, and the page fails."""
    of_templates = [each for each in extracted if any(path.startswith("templates/") for path, _line in each.locations)]
    said = [each.string for language in TRANSLATED for each in kept(language) if each.id in {one.id for one in of_templates}]
    every = [text for each in (*(one.id for one in of_templates), *said) for text in texts(each)]
    assert said and [text for text in every if "%" in PLACEHOLDER.sub("", text)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_the_same_values_as_its_message(language):
    wrong = [
        message.id
        for message in kept(language)
        if message.id
        for text in texts(message.string)
        if text and sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(texts(message)[0]))
    ]
    assert wrong == []


def test_messages_of_every_kind_of_file_are_found(extracted):
    places = {name.split("/")[0] + "/" + name.rsplit(".", 1)[-1] for message in extracted for name, _line in message.locations}
    assert places == {"fieldapp/py", "templates/html", "static/js"}


def test_a_message_with_values_is_found_inside_a_template(tmp_path):
    module = tmp_path / "static/phone/far.js"
    module.parent.mkdir(parents=True)
    module.write_text('html`<p>${left && html`<b>${_("Còn %(left)s hộ", { left })}</b>`}${_("Xong")}</p>`;')
    assert [message.id for message in catalogue.extracted(tmp_path) if message.id] == ["Còn %(left)s hộ", "Xong"]


@pytest.mark.parametrize(
    "kind, codes",
    [
        ("problem", PROBLEMS),
        ("flag", list(RULES)), ("threshold", list(THRESHOLDS)), ("measure", sorted({each.unit for each in THRESHOLDS.values()})),
        ("kind", KINDS),
        ("state", [*STATES, "no_target"]),
        ("group", GROUPS),
        ("unit", UNITS),
        ("line_finding", finding.CODES),
        ("line_kind", criteria.KINDS),
        ("place", points.KINDS),
        ("attribute", points.ATTRIBUTES),
        ("status", {*STATUS_AFTER.values(), "merged"}),
    ],
)
def test_every_code_of_the_core_has_words_and_no_words_are_left_over(kind, codes):
    assert set(words.TABLES[kind]) == set(codes)


def test_every_role_that_signs_in_has_words():
    assert set(DESK_ROLES) <= set(words.ROLE)


def test_everything_that_carries_its_own_names_has_them_in_every_language():
    questions = [question for name in NAMES for question in load(name).questions.values()]
    named = [each.names for each in (*INDICATORS, *criteria.BOARDS.values())] + [each.short for each in INDICATORS]
    named += [line.names for board in criteria.BOARDS.values() for line in board.lines]
    named += [question.labels for question in questions]
    named += [labels for question in questions for labels in question.choice_labels.values()]
    assert [names for names in named if not all(names.get(language) for language in LANGUAGES)] == []


def test_the_phone_gets_its_own_words_only():
    of_phone = catalogue.phone_words("en")
    assert "Đăng nhập" not in of_phone and all(isinstance(text, str) and text for text in of_phone.values())


def test_a_message_of_several_numbers_waits_until_it_has_words_for_each(tmp_path):
    path = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    text = (catalogue.TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").read_text("utf-8")
    path.write_text(text.replace('msgstr[1] "%(num)s households"', 'msgstr[1] ""'), "utf-8")
    assert catalogue.update_catalogues(tmp_path) == ["en: ('%(num)s hộ', '%(num)s hộ')"]
