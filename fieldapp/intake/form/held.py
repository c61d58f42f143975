"""What every questionnaire must keep, whoever changes it: what the phone's screens are made for, what help changes, what figures count.

A label may be reworded, a question moved within its group; a name or a choice that these tables hold can't go, or figures of the
commune could no longer be set beside others' and promises of the law not be kept (decision 0029)."""

from functools import lru_cache
from typing import Any

from fieldapp.survey.expression import Tree, variables
from fieldapp.survey.indicator import INDICATORS
from fieldapp.survey.questionnaire import NAMES, load

# The phone's own screens ask these; they are not drawn from the questionnaire alone.
SCREENS = (
    "outcome", "respondent", "consent", "return_on", "name", "birth_year", "sex", "relation", "residence", "answered_by",
    "service", "result", "barrier", "value", "wants",
)  # fmt: skip
CALCULATED = ("age", "retirement_age", "working_age")


@lru_cache(maxsize=1)
def questions() -> frozenset[str]:
    """The names that can't go."""
    counted = {name for indicator in INDICATORS for name in indicator.variables}
    helped = {service["field"] for service in load(NAMES[-1]).services.values()}
    return frozenset(name for name in {*SCREENS, *counted, *helped} if name in load(NAMES[-1]).questions)


@lru_cache(maxsize=1)
def counted() -> frozenset[str]:
    """The questions whose answers figures count."""
    return frozenset(name for indicator in INDICATORS for name in indicator.variables if name in load(NAMES[-1]).questions)


@lru_cache(maxsize=1)
def choices() -> frozenset[tuple[str, str]]:
    """(question, choice) that can't go: all of the screens' own, and those that figures and help name."""
    shipped = load(NAMES[-1])
    found = {(name, choice) for name in SCREENS if name != "wants" for choice in shipped.questions[name].choices}
    for indicator in INDICATORS:
        for tree in indicator.trees:
            found |= set(_named(tree))
    for service in shipped.services.values():
        found.add((service["field"], service["value"]))
        found |= {(service["field"], option) for option in service.get("options", ())}
    return frozenset((name, choice) for name, choice in found if name in shipped.questions and choice in shipped.questions[name].choices)


def _named(tree: Tree) -> list[tuple[str, str]]:
    if not isinstance(tree, list):
        return []
    found = [pair for part in tree[1:] for pair in _named(part)]
    texts = [part for part in tree[1:] if isinstance(part, str)]
    if tree[0] in ("=", "!=", "selected"):
        found += [(name, text) for part in tree[1:] if isinstance(part, list) for name in variables(part) for text in texts]
    return found


def rules(compiled: dict[str, Any]) -> dict[str, Any]:
    """Calculations that figures stand on, by name."""
    return {entry["name"]: entry["tree"] for entry in compiled["calculated"] if entry["name"] in CALCULATED}
