"""Expressions mean the same to server and phone: the vectors are read by tests/phone/expression.test.js too."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.survey.expression import ExpressionError, compiled, parse, variables
from fieldapp.survey.expression_text import text_of

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "expressions.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS["evaluate"], ids=lambda vector: f"{vector['expression']} with {vector.get('values')}")
def test_an_expression_gives_its_result(vector):
    result = compiled(parse(vector["expression"]))(vector.get("values", {}))
    assert result == vector["result"]
    # 1 == True in Python, but a truth and a number are not the same answer.
    assert isinstance(result, bool) == isinstance(vector["result"], bool)


@pytest.mark.parametrize("vector", VECTORS["evaluate"], ids=lambda vector: vector["expression"])
def test_the_phone_gets_the_tree_that_the_server_reads(vector):
    assert parse(vector["expression"]) == vector["tree"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["expression"][:30])
def test_a_wrong_expression_is_refused_where_it_goes_wrong(vector):
    with pytest.raises(ExpressionError) as refused:
        parse(vector["expression"])
    assert (refused.value.code, refused.value.where) == (vector["code"], vector["where"])


def test_there_are_enough_vectors_to_trust():
    assert len(VECTORS["evaluate"]) + len(VECTORS["refused"]) >= 120


def test_an_expression_longer_than_any_questionnaire_needs_is_refused():
    with pytest.raises(ExpressionError):
        parse("1" + " + 1" * 2000)


@given(st.text(alphabet="${}ab.'\"()+-*<>=!,1 andor", max_size=40))
def test_whatever_is_written_is_read_or_refused(text):
    try:
        compiled(parse(text))({})
    except ExpressionError as refused:
        assert 0 <= refused.where <= len(text)


def test_the_answers_that_a_rule_reads_are_known():
    assert variables(parse("${a} = 1 and selected(${b}, 'x') or . > today()")) == {"a", "b"}


@pytest.mark.parametrize("vector", VECTORS["evaluate"], ids=lambda vector: vector["expression"])
def test_a_tree_written_out_again_is_read_as_the_same_tree(vector):
    assert parse(text_of(vector["tree"])) == vector["tree"]
