"""A rule as a table of one question's answers: which mean yes, which no, and who is left out. What most indicators are, and what an officer who
writes no expressions can fill in."""

from collections.abc import Mapping

from fieldapp.intake.indicator.rules import GROUP_OF_UNIT, IDENTITY
from fieldapp.survey.expression import parse
from fieldapp.survey.indicator import Indicator
from fieldapp.survey.questionnaire import NOT_SAID, Question, Questionnaire

YES, NO, OUT = MEANINGS = ("yes", "no", "out")
Said = Mapping[str, str]  # choice → one of MEANINGS; what is not there is unknown
UNIT_OF_GROUP = {group: unit for unit, group in GROUP_OF_UNIT.items()}


def questions(form: Questionnaire) -> dict[str, list[Question]]:
    """Unit → the questions that such a table can be made of."""
    return {
        unit: [each for each in form.of_group[group] if each.choices and not each.retired and each.name not in IDENTITY]
        for unit, group in GROUP_OF_UNIT.items()
    }


def choices(question: Question) -> tuple[str, ...]:
    """The answers that can mean something: who does not know or does not say is unknown."""
    return tuple(each for each in question.choices if each not in NOT_SAID)


def rules_of(question: Question, said: Said) -> dict[str, str]:
    """The rules `when`, `yes` and `no` that say so; empty where no answer means it."""
    test = "selected(${{{}}}, '{}')" if question.type == "select_multiple" else "${{{}}} = '{}'"
    except_for = "not(selected(${{{}}}, '{}'))" if question.type == "select_multiple" else "${{{}}} != '{}'"

    def joined(meaning: str, form: str, by: str) -> str:
        return by.join(form.format(question.name, each) for each in choices(question) if said.get(each) == meaning)

    return {"when": joined(OUT, except_for, " and "), "yes": joined(YES, test, " or "), "no": joined(NO, test, " or ")}


def table_of(indicator: Indicator, form: Questionnaire) -> tuple[Question, Said] | None:
    """The question and the table that give exactly these rules; None when they are no such table."""
    named = [each for each in questions(form)[indicator.unit] if f"${{{each.name}}}" in indicator.yes]
    if len(named) != 1:
        return None
    (question,) = named
    said = {each: meaning for each in choices(question) for meaning in (OUT, YES, NO) if _names(getattr(indicator, _RULE[meaning]), question, each)}
    made = rules_of(question, said)
    same = all(parse(made[rule] or "true()") == parse(getattr(indicator, rule) or "true()") for rule in _RULE.values())
    return (question, said) if same else None


_RULE = {OUT: "when", YES: "yes", NO: "no"}


def _names(rule: str | None, question: Question, choice: str) -> bool:
    return f"'{choice}'" in (rule or "") and f"${{{question.name}}}" in (rule or "")
