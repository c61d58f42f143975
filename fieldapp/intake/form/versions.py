"""The next version of a questionnaire: its name, and what earlier versions asked and it does not.

Nothing that was ever asked is forgotten: a removed question or choice stays in the compiled form, marked, so that whoever reads old
answers has their words. The name says the content: two servers, or a server restored from a backup, can't give one name to two forms."""

import hashlib
import json
from typing import Any

NAME_DIGITS = 12
# Of a retired question these are of no use any more, and may speak of what is gone.
RULES = ("relevant", "constraint", "message", "required", "default")


def next_version(before: dict[str, Any], after: dict[str, Any], family: str, number: int) -> dict[str, Any]:
    """The form as it is kept and sent to phones: with what is retired, under its own name, numbered."""
    whole = with_retired(before, after)
    return {**whole, "name": name_of(whole, family), "version": str(number)}


def name_of(compiled: dict[str, Any], family: str) -> str:
    """The name of a form: its family's and a hash of all it says, but name and version."""
    said = {key: value for key, value in compiled.items() if key not in ("name", "version")}
    digest = hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    return f"{family}-{digest[:NAME_DIGITS]}"


def with_retired(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The new form with the questions and choices that were asked before and are no longer."""
    there = {question["name"]: question for question in after["questions"]}
    lists = {name: list(rows) for name, rows in after["lists"].items()}
    retired: dict[str, list[str]] = {}
    gone = []
    for question in before["questions"]:
        stays = there.get(question["name"])
        if stays is None:
            left = {key: value for key, value in question.items() if key not in RULES}
            gone.append({**left, **_texts(before, after, left), "retired": True})
        if "list" in question:
            _keep_choices(before, after, question["list"], (stays or question)["list"], lists, retired)
    services = {**before["services"], **after["services"]}
    whole = {**after, "questions": [*after["questions"], *gone], "lists": lists, "services": services}
    return {**whole, "retired": retired} if retired else whole


def _keep_choices(
    before: dict[str, Any], after: dict[str, Any], old: str, new: str, lists: dict[str, list[list[Any]]], retired: dict[str, list[str]]
) -> None:
    rows = lists.setdefault(new, [])
    known = {row[0] for row in rows}
    for choice, *labels in before["lists"][old]:
        if choice not in known:
            rows.append([choice, *in_languages(before, after, labels)])
            retired.setdefault(new, []).append(choice)


def _texts(before: dict[str, Any], after: dict[str, Any], question: dict[str, Any]) -> dict[str, Any]:
    return {key: in_languages(before, after, question[key]) for key in ("label", "hint") if key in question}


def in_languages(before: dict[str, Any], after: dict[str, Any], texts: list[Any]) -> list[Any]:
    """Texts of the old form laid out by the languages of the new one."""
    said = dict(zip(before["languages"], texts, strict=False))
    return [said.get(code) for code in after["languages"]]
