"""The rules of an indicator: read once here, and looked at for what would only show as a column of "chưa rõ": questions that are not there,
of somebody else, or compared with an answer that nobody can give."""

from collections.abc import Iterator

from fieldapp.intake.form.rules import KNOWN_CODES, compared, straight, taken_for_truths
from fieldapp.intake.lined.finding import Finding
from fieldapp.survey.cut import POVERTIES
from fieldapp.survey.expression import ExpressionError, Tree, compiled, is_true, parse, variables
from fieldapp.survey.questionnaire import UNKNOWN, Questionnaire

GROUP_OF_UNIT = {"person": "people", "household": "house"}
# What rules may read beside the questions (survey/indicator.py).
BESIDE = {
    "person": ("poverty", "year"),
    "household": ("poverty", "year", "adults_with_smartphone", "adults_phone_unknown"),
}
# Who somebody is, is not an answer: it is counted by nobody.
IDENTITY = ("name", "answered_by")


def read(text: str, where: str, unit: str, form: Questionnaire) -> tuple[Tree | None, list[Finding]]:
    """The tree of a rule, None when it can't be read, and what is to be said of it."""
    try:
        tree = parse(straight(text))
    except ExpressionError as error:
        code = error.code if error.code in KNOWN_CODES else "bad_expression"
        return None, [Finding(code, where, found=error.found or text, more={"at": error.where + 1})]
    return tree, [*_said_of(tree, where, unit, form), *_left_out(tree, where)]


def readable(unit: str, form: Questionnaire) -> dict[str, tuple[str, ...]]:
    """Name → its choices, of all that rules of the unit may read; no choices where any value is possible."""
    questions = (each for each in form.of_group[GROUP_OF_UNIT[unit]] if each.name not in IDENTITY)
    found: dict[str, tuple[str, ...]] = {each.name: each.choices for each in questions}
    found |= {entry["name"]: () for entry in form.raw["calculated"] if entry["group"] in ("", GROUP_OF_UNIT[unit])}
    found |= dict.fromkeys(BESIDE[unit], ())
    return {**found, "poverty": POVERTIES} | ({"working_age": ("yes", "no")} if "working_age" in found else {})


def _said_of(tree: Tree, where: str, unit: str, form: Questionnaire) -> Iterator[Finding]:
    known = readable(unit, form)
    if _reads_moment(tree):
        yield Finding("reads_moment", where)
    for name in sorted(variables(tree)):
        if name not in known:
            code = "reads_elsewhere" if name in form.questions or name in BESIDE["household"] else "unknown_variable"
            yield Finding(code, where, found=f"${{{name}}}")
    for name in taken_for_truths(tree):
        yield Finding("answer_as_truth", where, found=name)
    for name, choice in compared(tree):
        if known.get(name) and choice and choice not in known[name]:
            yield Finding("choice_not_in_list", where, found=choice, more={"question": name, "choices": ", ".join(known[name])})


def _left_out(tree: Tree, where: str) -> Iterator[Finding]:
    """Who did not say must not be left out by silence, nor be counted as a yes or a no: told where a question decides."""
    asked = sorted(variables(tree) - {"poverty", "year"})
    silent: tuple[dict[str, object], ...] = {}, dict.fromkeys(asked, UNKNOWN)
    said = [is_true(compiled(tree)(values)) for values in silent] if asked else []
    if where == "when" and said and not said[0]:
        yield Finding("leaves_unknown_out", where, found=", ".join(asked))
    elif where != "when" and any(said):
        yield Finding("counts_unknown", where, found=", ".join(asked))


def _reads_moment(tree: Tree) -> bool:
    """Today, the value just given, and counting the roster are of a phone's form; a figure must come out the same on any day."""
    return isinstance(tree, list) and (tree[0] in ("today", ".", "count") or any(map(_reads_moment, tree[1:])))
