"""What a new version changes against the one in use: what is refused, because answers given before would mean something else, and what is
shown to the officer before they publish.

A meaning can't be read by a program. What is held is what can be: the name stands for it. A name keeps its type, its group and its
choices; another text under it is a rewording, which the officer must say means the same; and a text that stood under one name may not
turn up under another, for that is how meanings are swapped by a slip of the mouse."""

from dataclasses import dataclass
from typing import Any

from fieldapp.intake.form import held
from fieldapp.intake.form.finding import Findings
from fieldapp.intake.form.kinds import OPEN_GROUPS
from fieldapp.intake.form.locating import Locating
from fieldapp.intake.form.versions import with_retired
from fieldapp.survey.expression_text import text_of

RULES = ("relevant", "constraint", "required", "default", "hint", "message")
NOT_SAID = ("unknown", "refused")


@dataclass(frozen=True, slots=True)
class Change:
    """what: added, removed, reworded, rule, order, language, title, consent, else; question "" for the form's own; choice: "" for the
    question itself, of a rule which one."""

    what: str
    question: str = ""
    choice: str = ""
    before: str = ""
    after: str = ""


def changes(before: dict[str, Any], after: dict[str, Any], where: Locating, findings: Findings) -> list[Change]:
    """Every change, in the new form's order. What can't be is told to the findings."""
    old, new = _asked(before), _asked(after)
    known = {question["name"]: question for question in before["questions"]}
    found: list[Change] = []
    if before["title"] != after["title"]:
        found.append(Change("title", before=before["title"], after=after["title"]))
    found += [Change("language", after=code) for code in after["languages"] if code not in before["languages"]]
    if after["languages"][0] != before["languages"][0]:
        findings.add("language_missing", *where.settings("default_language"), before["languages"][0])
    for name, question in new.items():
        if name in known:
            found += _of_question(before, after, known[name], question, name not in old, where, findings)
        else:
            found.append(Change("added", name, after=question["label"][0]))
            if question["group"] not in OPEN_GROUPS:
                findings.add("question_misplaced", *where.question(name, "name"), name, group=question["group"])
            _swapped(known, name, question["label"][0], before, where, findings)
            _without_unknown(after, question, where, findings)
    for name, question in old.items():
        if name not in new:
            if name in held.questions():
                findings.add("held_question", "survey", found=name, label=question["label"][0])
            found.append(Change("removed", name, before=question["label"][0]))
    common = [name for name in new if name in old]
    if common != [name for name in old if name in new]:
        found.append(Change("order"))
    if before["consent"]["name"] != after["consent"]["name"]:
        found.append(Change("consent", before=before["consent"]["name"], after=after["consent"]["name"]))
    _of_the_rest(before, after, where, findings)
    # Other languages, the order of choices, labels of groups: nothing that has a meaning of its own.
    if not found and not findings.refuse() and _said_in(with_retired(before, after)) != _said_in(before):
        found.append(Change("else"))
    return found


def _of_question(
    before: dict[str, Any], after: dict[str, Any], old: dict[str, Any], new: dict[str, Any], back: bool, where: Locating, findings: Findings
) -> list[Change]:
    name = new["name"]
    if old["type"] != new["type"]:
        findings.add("type_changed", *where.question(name, "type"), name, before=old["type"], after=new["type"])
    if old["group"] != new["group"]:
        findings.add("group_changed", *where.question(name, "name"), name, before=old["group"], after=new["group"])
    was, is_ = old["label"][0], new["label"][0]
    found = [Change("added", name, after=is_)] if back else []
    if was != is_:
        found.append(Change("reworded", name, before=was, after=is_))
        _swapped({each["name"]: each for each in before["questions"] if each["name"] != name}, name, is_, before, where, findings)
    for rule in RULES:
        if old.get(rule) != new.get(rule) and not _same_texts(before, after, old.get(rule), new.get(rule)):
            found.append(Change("rule", name, rule, _said(rule, old.get(rule)), _said(rule, new.get(rule))))
            if rule == "relevant" and name in held.counted():
                findings.add("fewer_are_asked", *where.question(name, "relevant"), name)
    if "list" in old and "list" in new:
        found += _of_choices(before, after, old, new, where, findings)
    return found


def _of_choices(
    before: dict[str, Any], after: dict[str, Any], old: dict[str, Any], new: dict[str, Any], where: Locating, findings: Findings
) -> list[Change]:
    name, list_ = new["name"], new["list"]
    was = {row[0]: row[1] for row in before["lists"][old["list"]]}
    is_ = {row[0]: row[1] for row in after["lists"][list_]}
    gone = before.get("retired", {}).get(old["list"], ())
    meant = {label: choice for choice, label in was.items()}
    found = []
    for choice, label in is_.items():
        if choice not in was:
            found.append(Change("added", name, choice, after=label))
            if name in held.counted() and choice not in NOT_SAID:
                findings.add("choice_not_counted", *where.choice(list_, choice), choice, question=name)
        elif was[choice] != label:
            found.append(Change("reworded", name, choice, was[choice], label))
        if choice in gone:
            found.append(Change("added", name, choice, after=label))
        if meant.get(label, choice) != choice and was.get(choice) != label:
            findings.add("meaning_swapped", *where.choice(list_, choice, "label"), choice, label=label, other=meant[label])
    for choice in was:
        if choice not in is_ and choice not in gone:
            if (name, choice) in held.choices():
                findings.add("held_choice", "choices", found=choice, question=name, label=was[choice])
            found.append(Change("removed", name, choice, before=was[choice]))
    return found


def _of_the_rest(before: dict[str, Any], after: dict[str, Any], where: Locating, findings: Findings) -> None:
    old, new = before["consent"], after["consent"]
    if old["name"] == new["name"]:
        for code, text in zip(before["languages"], old["text"], strict=False):
            said = new["text"][after["languages"].index(code)] if code in after["languages"] else text
            if text is not None and said != text:
                findings.add("consent_reworded", *where.question(old["name"], "name"), old["name"], language=code)
    were, are = held.rules(before), held.rules(after)
    for name in held.CALCULATED:
        if were.get(name) != are.get(name):
            findings.add("held_rule", *where.question(name, "calculation"), name)
    for name, service in {**before["services"], **after["services"]}.items():
        if after["services"].get(name, service) != before["services"].get(name):
            findings.add("services_fixed", *where.choice("service", name, "gives_field"), name)


def _said_in(form: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in form.items() if key not in ("name", "version")}


def _swapped(known: dict[str, dict[str, Any]], name: str, label: str, before: dict[str, Any], where: Locating, findings: Findings) -> None:
    other = next((each["name"] for each in known.values() if each["label"][0] == label and each["name"] != name), None)
    if other:
        findings.add("meaning_swapped", *where.question(name, "label"), name, label=label, other=other)


def _without_unknown(after: dict[str, Any], question: dict[str, Any], where: Locating, findings: Findings) -> None:
    if "list" in question and not set(NOT_SAID) <= {row[0] for row in after["lists"][question["list"]]}:
        findings.add("choices_without_unknown", *where.question(question["name"], "type"), question["list"])


def _same_texts(before: dict[str, Any], after: dict[str, Any], old: Any, new: Any) -> bool:
    """Whether texts differ only in languages that came or went."""
    if not (isinstance(old, list) and isinstance(new, list) and len(old) == len(before["languages"]) and len(new) == len(after["languages"])):
        return False
    said = dict(zip(after["languages"], new, strict=True))
    return all(said.get(code, text) == text for code, text in zip(before["languages"], old, strict=True))


def _said(rule: str, value: Any) -> str:
    if value is None:
        return ""
    if rule in ("relevant", "constraint"):
        return text_of(value)
    return str((value[0] or "") if rule in ("hint", "message") else value)


def _asked(compiled: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {question["name"]: question for question in compiled["questions"] if not question.get("retired")}
