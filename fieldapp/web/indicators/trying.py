"""The form of an indicator, and the page that shows what new versions would give before they are published."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template
from flask_babel import get_locale, gettext
from flask_login import current_user

from fieldapp.figures.trial import trials
from fieldapp.intake.indicator import answers, rules
from fieldapp.intake.indicator.reading import FIELDS, RULES, Read
from fieldapp.intake.indicator.reading import fields_of as plain_fields
from fieldapp.intake.indicator.sheet import HEADINGS
from fieldapp.intake.lined import table
from fieldapp.intake.lined.finding import Finding
from fieldapp.paper.rule_words import rule_words
from fieldapp.store import questionnaires
from fieldapp.survey.indicator import GROUPS, RETIREMENT_AGE, Indicator
from fieldapp.survey.questionnaire import Questionnaire
from fieldapp.web.indicators.indicator_words import ages
from fieldapp.web.line_words import finding_words
from fieldapp.web.words import words

Fields = dict[str, str]
FINDINGS_SHOWN = 200


def fields_of(indicator: Indicator, form: Questionnaire) -> Fields:
    """The form's fields of a definition: its rules as a table of answers where they are one."""
    fields = plain_fields(indicator)
    table = answers.table_of(indicator, form)
    if table is None:
        return fields
    question, said = table
    meant = {f"answer-{choice}": meaning for choice, meaning in said.items()}
    return {**fields, **dict.fromkeys(RULES, ""), "question": question.name, **meant}


def written(form_given: Mapping[str, str], form: Questionnaire) -> Fields:
    """What somebody wrote in the form; the rules made of the table of answers where they wrote none."""
    fields = {name: value.strip() for name, value in form_given.items() if name in FIELDS or name == "question" or name.startswith("answer-")}
    question = form.questions.get(fields.get("question", ""))
    if question is not None and not any(fields.get(rule) for rule in RULES):
        said = {choice: fields.get(f"answer-{choice}", "") for choice in answers.choices(question)}
        fields |= answers.rules_of(question, said)
        fields["by_table"] = "1"
    return fields


def problems_of(read: Read) -> dict[str, str]:
    """Field → what is wrong with it."""
    return {each.where: finding_words(each) for each in reversed(read.findings) if each.refuses}


def form(fields: Fields, problems: dict[str, str], form: Questionnaire, line: Sequence[Indicator] | None) -> str:
    """The page of the form. line: the versions of the indicator that it changes, None for a new one."""
    question = form.questions.get(fields.get("question", ""))
    shown = dict(fields)
    if fields.get("by_table"):
        shown |= dict.fromkeys(RULES, "")
    unit = fields.get("unit", "")
    readable = rules.readable(unit, form) if unit in rules.GROUP_OF_UNIT else {}
    return render_template(
        "indicators/indicator_form.html", fields=shown, problems=problems, question=question, unit=unit, line=line, groups=GROUPS,
        questions=answers.questions(form), choices=answers.choices(question) if question else (), meanings=list(answers.MEANINGS),
        readable=readable, labels={name: each.labels for name, each in form.questions.items()}, retirement_age=RETIREMENT_AGE,
    )  # fmt: skip


def page(connection: Any, read: list[Read], seen: int, findings: list[Finding]) -> str:
    """What would change: what is wrong by line and column, and of each new version what it gives over the commune's households."""
    _number, form = questionnaires.current(connection, current_user.commune_id)
    found = [*findings, *(each for one in read for each in one.findings)]
    changed = [each for each in read if each.new is not None]
    tried = trials(connection, current_user.commune_id, form, [(each.new, each.old) for each in changed if each.new])
    carried = json.dumps([[each.line, dict(each.fields)] for each in changed], ensure_ascii=False)
    worst_first = sorted(found, key=lambda each: not each.refuses)
    told = [{"cell": _where(each), "finding": each, "words": finding_words(each)} for each in worst_first]
    return render_template(
        "indicators/indicators_check.html", read=read, changed=changed, tried=tried, told=told[:FINDINGS_SHOWN],
        wrong=sum(each.refuses for each in found), carried=carried, seen=seen, rules=lambda each: told_rules(each, form), ages=ages,
    )  # fmt: skip


def _where(finding: Finding) -> str:
    """As the spreadsheet names the cell, in its language; of a form as the page names the field."""
    return table.cell_of(finding, HEADINGS) if finding.line or finding.where not in RULES else str(words("indicator_rule", finding.where))


def told_rules(indicator: Indicator, form: Questionnaire) -> dict[str, str]:
    """The rules in the words of the questionnaire."""
    return {rule: rule_words(text, form.questions, gettext, str(get_locale())) for rule in RULES if (text := getattr(indicator, rule))}
