"""XLSForm's expression language: `parse` reads it once, on the server; `compiled` makes of a tree a function of the answers.

Relevance, constraints, calculations and the indicators' rules are all written in it. It runs for every person of every visit,
so a tree becomes nested closures, with short cuts for what questionnaires say most: an answer compared with a constant."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from fieldapp.survey.expression_parse import ExpressionError, Tree, parse, variables
from fieldapp.survey.expression_values import as_number, as_text, equal, is_true, members

__all__ = ["ExpressionError", "Tree", "compiled", "is_true", "parse", "variables"]

MOST_PLACES = 15
Rule: TypeAlias = Callable[[Mapping[str, Any]], Any]


def compiled(tree: Tree) -> Rule:
    """A function of the answers (by name; "." is the value just given, "today" the day) that gives text, a number or a truth."""
    if not isinstance(tree, list):
        return lambda values: tree
    operator, parts = tree[0], tree[1:]
    if operator in ("$", "."):
        name = parts[0] if parts else "."
        return lambda values: "" if (value := values.get(name)) is None else value
    if operator == "today":
        return lambda values: values.get("today") or ""
    if operator in ("=", "!=") and isinstance(parts[0], list) and parts[0][0] == "$" and isinstance(parts[1], str):
        return _compared_with_text(parts[0][1], parts[1], operator == "=")
    return MAKERS[operator](*(compiled(part) for part in parts))


def _compared_with_text(name: str, text: str, wanted: bool) -> Rule:
    def rule(values: Mapping[str, Any]) -> bool:
        value = values.get(name)
        if value is None:
            value = ""
        return ((value == text) if type(value) is str else equal(value, text)) is wanted
    return rule


def _compares(holds: Callable[[float, float], bool]) -> Callable[[Rule, Rule], Rule]:
    return lambda left, right: lambda values: holds(as_number(left(values)), as_number(right(values)))


def _reckons(result: Callable[[float, float], float]) -> Callable[[Rule, Rule], Rule]:
    return lambda left, right: lambda values: result(as_number(left(values)), as_number(right(values)))


def _divided(left: float, right: float) -> float:
    if right != 0:
        return left / right
    return math.nan if left == 0 or left != left else math.copysign(math.inf, left) * math.copysign(1, right)


def _remainder(left: float, right: float) -> float:
    # XPath's mod takes the sign of the dividend, Python's % that of the divisor.
    return math.nan if right == 0 or math.isinf(left) else math.fmod(left, right)


def _rounded(value: float, places: float = 0) -> float:
    if not math.isfinite(value) or not abs(places) <= MOST_PLACES:
        return value
    scale = 10.0 ** math.trunc(places)
    return math.floor(value * scale + 0.5) / scale


def _whole(value: float) -> float:
    return math.trunc(value) if math.isfinite(value) else value


def _extreme(choose: Callable[..., float]) -> Callable[..., Rule]:
    def make(*rules: Rule) -> Rule:
        def rule(values: Mapping[str, Any]) -> float:
            numbers = [as_number(part(values)) for part in rules]
            return math.nan if any(number != number for number in numbers) else choose(numbers)
        return rule
    return make


def _first_given(*rules: Rule) -> Rule:
    def rule(values: Mapping[str, Any]) -> Any:
        for part in rules:
            value = part(values)
            if as_text(value) != "":
                return value
        return ""
    return rule


def _matches(value: Rule, pattern: Rule) -> Rule:
    whole = re.compile(as_text(pattern({})), re.ASCII)
    return lambda values: whole.fullmatch(as_text(value(values))) is not None


def _part_of_text(text: Rule, start: Rule, end: Rule | None = None) -> Rule:
    def rule(values: Mapping[str, Any]) -> str:
        whole = as_text(text(values))
        first = as_number(start(values))
        last = len(whole) if end is None else as_number(end(values))
        # Below 0 counts from the end, as ODK does and as both languages' slices do.
        return whole[int(first):int(last)] if math.isfinite(first) and math.isfinite(last) else ""
    return rule


MAKERS: dict[str, Callable[..., Rule]] = {
    "=": lambda left, right: lambda values: equal(left(values), right(values)),
    "!=": lambda left, right: lambda values: not equal(left(values), right(values)),
    "<": _compares(lambda left, right: left < right),
    "<=": _compares(lambda left, right: left <= right),
    ">": _compares(lambda left, right: left > right),
    ">=": _compares(lambda left, right: left >= right),
    "+": _reckons(lambda left, right: left + right),
    "-": _reckons(lambda left, right: left - right),
    "*": _reckons(lambda left, right: left * right),
    "div": _reckons(_divided),
    "mod": _reckons(_remainder),
    "neg": lambda part: lambda values: -as_number(part(values)),
    "and": lambda left, right: lambda values: is_true(left(values)) and is_true(right(values)),
    "or": lambda left, right: lambda values: is_true(left(values)) or is_true(right(values)),
    "not": lambda part: lambda values: not is_true(part(values)),
    "boolean": lambda part: lambda values: is_true(part(values)),
    "true": lambda: lambda values: True,
    "false": lambda: lambda values: False,
    "if": lambda test, yes, no: lambda values: yes(values) if is_true(test(values)) else no(values),
    "coalesce": _first_given,
    "selected": lambda answer, choice: lambda values: as_text(choice(values)) in members(answer(values)),
    "count-selected": lambda answer: lambda values: len(members(answer(values))),
    # Of the roster: who asks gives its members' ids as a list.
    "count": lambda answer: lambda values: len(members(answer(values))),
    "regex": _matches,
    "contains": lambda text, part: lambda values: as_text(part(values)) in as_text(text(values)),
    "starts-with": lambda text, part: lambda values: as_text(text(values)).startswith(as_text(part(values))),
    "string": lambda part: lambda values: as_text(part(values)),
    "number": lambda part: lambda values: as_number(part(values)),
    "int": lambda part: lambda values: _whole(as_number(part(values))),
    "round": lambda *parts: lambda values: _rounded(*(as_number(part(values)) for part in parts)),
    "min": _extreme(min),
    "max": _extreme(max),
    "concat": lambda *parts: lambda values: "".join(as_text(part(values)) for part in parts),
    "substr": _part_of_text,
    "string-length": lambda part: lambda values: len(as_text(part(values))),
}
