"""docs/xlsform.md lists the whole part of the standard that is taken, and nothing else."""

import re
from pathlib import Path

from fieldapp.intake.form import columns, kinds
from fieldapp.survey.expression import MAKERS
from fieldapp.survey.expression_parse import FUNCTIONS

PAGE = (Path(__file__).parents[3] / "docs/xlsform.md").read_text("utf-8")


def told(heading):
    """The codes in the first cells of the table whose head begins with that."""
    rows = PAGE.split(f"\n| {heading} |")[1].split("\n\n")[0].splitlines()[2:]
    return {code for row in rows for code in re.findall(r"`([^`]+)`", row.strip("|").split("|")[0])}


def test_every_type_is_listed():
    taken = {*kinds.SELECTS.values(), *kinds.SIMPLE.values(), "calculate", "note", "begin_group", "begin_repeat"}
    assert told("type") == taken


def test_every_function_is_listed():
    rows = PAGE.split("\n| functions |")[1].split("\n\n")[0].splitlines()[2:]
    assert {code for row in rows for code in re.findall(r"`([^`]+)`", row.strip("|").split("|")[1])} - {"${people}"} == set(FUNCTIONS)
    assert set(FUNCTIONS) <= {*MAKERS, "today"}


def test_every_column_is_listed():
    rows = PAGE.split("\n| sheet |")[1].split("\n\n")[0].splitlines()[2:]
    said = {code.removesuffix("::…") for row in rows for code in re.findall(r"`([^`]+)`", row.strip("|").split("|")[1])}
    assert said == {column for used in columns.USED.values() for column in used}
