"""The questionnaires that visits are made with: their questions, choices, rules, services and consent texts.

Each is an XLSForm, compiled to JSON. Those that ship stand under questionnaires/ and are read once here; a commune's own versions rest in
the store (fieldapp/store/questionnaires.py). Visits made with any version that there ever was stay readable, so none ever goes, and
a version keeps the words of all that was asked before it. The phone's twin is static/phone/survey/questionnaire.js."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fieldapp.survey.expression import Tree, compiled, is_true, variables
from fieldapp.survey.problems import Problem
from fieldapp.survey.questionnaire_fit import unfit

FOLDER = Path(__file__).parent / "questionnaires"
# Answers that every question of the house and of people takes; stored, and never read as "no".
UNKNOWN, REFUSED, NONE = "unknown", "refused", "none"
NOT_SAID = (UNKNOWN, REFUSED)
# Members of a list of choices that stand alone in it.
EXCLUSIVE = frozenset((NONE, UNKNOWN, REFUSED))

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. choices: what may be answered, in order; relevant: says of values whether it applies, None: always; retired:
    it was asked once, and is no longer."""

    name: str
    group: str
    type: str
    labels: dict[str, str]
    hints: dict[str, str]
    messages: dict[str, str]
    choices: tuple[str, ...]
    choice_labels: dict[str, dict[str, str]]
    required: bool
    relevant: Callable[[Values], bool] | None
    constraint: Callable[[Values], bool] | None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What is read aloud before the first question, and its sha256, by language. A visit names the text and the hash of what
    was read."""

    name: str
    texts: dict[str, str]
    sha256: dict[str, str]


class Questionnaire:
    """A compiled questionnaire, ready to be asked about answers."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw, self.name, self.version, self.title = raw, raw["name"], raw["version"], raw["title"]
        self.languages: tuple[str, ...] = tuple(raw["languages"])
        self.questions = {entry["name"]: self._question(entry) for entry in raw["questions"]}
        self.groups = {name: self._by_language(entry["label"]) for name, entry in raw["groups"].items()}
        self.services: dict[str, dict[str, Any]] = raw["services"]
        said = raw["consent"]
        self.consent = ConsentText(said["name"], self._by_language(said["text"]), self._by_language(said["sha256"]))
        self.of_group = {group: tuple(q for q in self.questions.values() if q.group == group) for group in self.groups}
        self._calculations = [(entry["name"], compiled(entry["tree"])) for entry in raw["calculated"]]
        names = {name for name, _ in self._calculations}
        read = set().union(*(variables(entry["tree"]) for entry in raw["calculated"])) - names - {"year"}
        self._read = tuple(sorted(read))
        # Ages are asked for again and again while a household is folded day by day; they hang on birth year, sex and year alone.
        self._remembered = lru_cache(maxsize=20_000)(self._calculate)

    def for_phone(self, languages: int | None = None) -> dict[str, Any]:
        """The compiled form as phones take it: without what their own modules know (what help changes, when a screen of the door, of
        the help is shown). languages: how many of them, the first first; None: all."""
        rules = ("relevant", "constraint", "message", "required")
        groups = {name: {"label": group["label"]} for name, group in self.raw["groups"].items()}
        services = {name: {"options": row["options"]} for name, row in self.services.items() if "options" in row}
        questions = [
            each if each["group"] in ("house", "people") else {key: value for key, value in each.items() if key not in rules}
            for each in self.raw["questions"]
        ]
        kept = {key: value for key, value in self.raw.items() if key not in ("title", "language_names")}
        if languages is None:
            kept["language_names"] = self.raw.get("language_names", [])
        form = {**kept, "groups": groups, "questions": questions, "services": services}
        return form if languages is None else with_texts(form, lambda texts: texts[:languages])

    def translated(self, language: str) -> dict[str, str]:
        """Every text of the first language → the same in another: what a phone has no room for until that language is chosen."""
        found: dict[str, str] = {}
        place = self.languages.index(language)

        def note(texts: list[Any]) -> list[Any]:
            if texts[place] is not None:
                found[texts[0]] = texts[place]
            return texts

        with_texts(self.for_phone(), note)
        return found

    def calculated(self, values: Values, year: int) -> dict[str, Any]:
        """Age, retirement_age and working_age ("yes", "no") in the year of a visit; '' for what can't be known from these
        values."""
        read = (values.get(name) for name in self._read)
        return dict(self._remembered(year, *(tuple(value) if isinstance(value, list) else value for value in read)))

    def applying(self, group: str, values: Values, year: int, house: Values | None = None) -> tuple[str, ...]:
        """Names of the group's questions that apply to these values, in order.

        A value whose own question does not apply counts as missing. house: the house's values, for people."""
        known = {**(house or {}), **values, **self.calculated(values, year), "year": year}
        names = []
        for question in self.of_group[group]:
            if not question.retired and (question.relevant is None or question.relevant(known)):
                names.append(question.name)
            else:
                known[question.name] = None
        return tuple(names)

    def counted(self, group: str, values: Values, year: int, house: Values | None = None) -> dict[str, Any]:
        """The values without those whose question does not apply, such as 4G of someone without a phone."""
        names = self.applying(group, values, year, house)
        return {name: value for name, value in values.items() if name in names or name not in self.questions}

    def unfit(self, body: Mapping[str, Any], kind: str | None = None) -> Problem | None:
        """The first problem with the answers in an event's body, None when they fit; kind: the event's, when known."""
        return unfit(self, body, kind)

    def options(self, service: str) -> tuple[str, ...]:
        """The values that a visit may name for a service that was done, such as bank or wallet."""
        return tuple(self.services.get(service, {}).get("options", ()))

    def _calculate(self, year: int, *read: Any) -> dict[str, Any]:
        known = {**dict(zip(self._read, read, strict=True)), "year": year}
        for name, rule in self._calculations:
            known[name] = _plain(rule(known))
        return {name: known[name] for name, _ in self._calculations}

    def _question(self, entry: dict[str, Any]) -> Question:
        rows = self.raw["lists"].get(entry.get("list"), [])
        if entry["group"] == "help":
            rows = [row for row in rows if row[0] not in NOT_SAID]
        return Question(
            entry["name"], entry["group"], entry["type"], self._by_language(entry["label"]),
            self._by_language(entry.get("hint", [])), self._by_language(entry.get("message", [])), tuple(row[0] for row in rows),
            {row[0]: self._by_language(row[1:]) for row in rows}, entry.get("required", False),
            _truth(entry.get("relevant")), _truth(entry.get("constraint")), entry.get("retired", False),
        )

    def _by_language(self, texts: list[str | None]) -> dict[str, str]:
        return {language: text for language, text in zip(self.languages, texts, strict=False) if text is not None}


def with_texts(form: dict[str, Any], change: Callable[[list[Any]], list[Any]]) -> dict[str, Any]:
    """The compiled form with all its texts changed: each is a list, one entry a language."""
    texts = ("label", "hint", "message")
    return {
        **form, "languages": change(form["languages"]),
        "groups": {name: {**group, "label": change(group["label"])} for name, group in form["groups"].items()},
        "questions": [{key: change(value) if key in texts else value for key, value in each.items()} for each in form["questions"]],
        "lists": {name: [[row[0], *change(row[1:])] for row in rows] for name, rows in form["lists"].items()},
        "consent": {**form["consent"], "text": change(form["consent"]["text"]), "sha256": change(form["consent"]["sha256"])},
    }  # fmt: skip


def load(name: str) -> Questionnaire:
    """The shipped questionnaire of that name; KeyError when there is none."""
    return SHIPPED[name]


def _truth(tree: Tree | None) -> Callable[[Values], bool] | None:
    if tree is None:
        return None
    rule = compiled(tree)
    return lambda values: is_true(rule(values))


def _plain(value: Any) -> Any:
    """A calculated value as an answer would be: whole numbers without a point, no NaN."""
    if isinstance(value, float):
        return "" if value != value else int(value) if value.is_integer() else value
    return value


SHIPPED = {path.stem: Questionnaire(json.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.json"))}
NAMES = tuple(SHIPPED)
