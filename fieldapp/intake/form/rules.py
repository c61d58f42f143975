"""The expressions of an XLSForm: parsed once, and looked at for what an engine would only find out at a door: answers that are not
there yet, of other people, or compared with a choice that the list does not have."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fieldapp.intake.form.finding import Findings
from fieldapp.intake.form.kinds import GIVEN
from fieldapp.survey.expression import ExpressionError, Tree, parse, variables

SHEET = "survey"
# The one repeat that can be counted.
ROSTER = "people"
KNOWN_CODES = ("unknown_function", "wrong_number_of_arguments", "bad_pattern")
# group → whose answers its rules may read. Calculations are of the house or of one person, and read those.
READS = {"door": ("door",), "house": ("house",), "people": ("house", "people"), "help": ("house", "people", "help"), "": ("", "house", "people")}
CURLED = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}


@dataclass(frozen=True, slots=True)
class Rule:
    """A parsed expression with its place. name, group: of the question, group or calculation that has it; kind: relevant,
    constraint or calculation; order: where in the sheet it stands, so that what comes later is known."""

    tree: Tree
    name: str
    group: str
    kind: str
    line: int
    place: int
    order: int


def parsed(text: str, line: int, place: int, findings: Findings) -> Tree | None:
    """The tree of an expression; None when it can't be read, which is told."""
    try:
        return parse(straight(text))
    except ExpressionError as error:
        code = error.code if error.code in KNOWN_CODES else "bad_expression"
        findings.add(code, SHEET, line, place, error.found or text, at=error.where + 1, why=error.code)
        return None


def straight(text: str) -> str:
    """The text with straight quotes: spreadsheets curl them by themselves."""
    return "".join(CURLED.get(letter, letter) for letter in text)


def look(
    rules: list[Rule], questions: list[dict[str, Any]], calculated: list[dict[str, Any]], orders: dict[str, int],
    lists: dict[str, list[list[Any]]], findings: Findings,
) -> None:  # fmt: skip
    """Tell what rules read that they can't, and compare with that can't be."""
    groups = {entry["name"]: entry["group"] for entry in (*questions, *calculated)}
    choices = {q["name"]: [row[0] for row in lists.get(q["list"], [])] for q in questions if "list" in q}
    for rule in rules:
        if _counts_else(rule.tree) or (rule.kind == "calculation" and ROSTER in variables(rule.tree)):
            findings.add("count_of_something_else", SHEET, rule.line, rule.place, "count")
        for answer in taken_for_truths(rule.tree, rule.kind != "calculation"):
            findings.add("answer_as_truth", SHEET, rule.line, rule.place, answer)
        for name in sorted(variables(rule.tree)):
            code = _misread(rule, name, groups, orders)
            # A question whose own row is wrong is there all the same.
            if code and (name in groups or name not in orders):
                findings.add(code, SHEET, rule.line, rule.place, f"${{{name}}}")
        own = {".": choices.get(rule.name, [])} if rule.name in choices else {}
        for name, choice in compared(rule.tree):
            known = own.get(name) if name == "." else choices.get(name)
            if known and choice and choice not in known:
                findings.add("choice_not_in_list", SHEET, rule.line, rule.place, choice, question=rule.name if name == "." else name)


def _misread(rule: Rule, name: str, groups: dict[str, str], orders: dict[str, int]) -> str | None:
    if name == GIVEN or (name == ROSTER and not _outside_count(rule.tree)):
        return None
    if name not in groups:
        return "unknown_variable"
    if rule.kind == "group":
        return None  # a screen is shown by what was said before it, wherever
    if groups[name] not in READS[rule.group]:
        return "reads_elsewhere"
    if name == rule.name and rule.kind != "constraint":
        return "reads_itself"
    return "reads_later" if rule.kind != "constraint" and orders[name] > rule.order else None


def _outside_count(tree: Tree) -> bool:
    """Whether the roster is read otherwise than to count it."""
    if not isinstance(tree, list) or tree == ["count", ["$", ROSTER]]:
        return False
    return tree == ["$", ROSTER] or any(_outside_count(part) for part in tree[1:])


def _counts_else(tree: Tree) -> bool:
    return isinstance(tree, list) and ((tree[0] == "count" and tree[1] != ["$", ROSTER]) or any(map(_counts_else, tree[1:])))


def taken_for_truths(tree: Tree, is_truth: bool = True) -> Iterator[str]:
    """Answers that are asked whether they are true, without being compared: engines differ in whether an empty one is."""
    if not isinstance(tree, list):
        return
    if is_truth and tree[0] in ("$", "."):
        yield f"${{{tree[1]}}}" if tree[0] == "$" else "."
    for i, part in enumerate(tree[1:]):
        yield from taken_for_truths(part, tree[0] in ("and", "or", "not", "boolean") or (tree[0] == "if" and i == 0))


def compared(tree: Tree) -> Iterator[tuple[str, str]]:
    """(question, text) of every comparison of an answer with a text; "." for the value just given."""
    if not isinstance(tree, list):
        return
    if tree[0] in ("=", "!=", "selected") and len(tree) == 3:
        for answer, text in ((tree[1], tree[2]), (tree[2], tree[1])):
            if isinstance(answer, list) and answer[0] in ("$", ".") and isinstance(text, str):
                yield (answer[1] if answer[0] == "$" else "."), text
    for part in tree[1:]:
        yield from compared(part)
