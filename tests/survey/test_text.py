"""Names are folded, found and ordered alike by server and phone: tests/phone/text.test.js reads the same vectors."""

import json
from pathlib import Path

import pytest

from fieldapp.survey import text
from fieldapp.survey.telex import matches, rank, readings

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "text.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS["folded"], ids=lambda vector: repr(vector["text"]))
def test_a_text_folds(vector):
    assert text.folded(vector["text"]) == vector["folded"]


@pytest.mark.parametrize("vector", VECTORS["nfc"], ids=lambda vector: vector["nfc"])
def test_decomposed_text_is_composed(vector):
    assert text.nfc(vector["text"]) == vector["nfc"]


@pytest.mark.parametrize("vector", VECTORS["readings"], ids=lambda vector: vector["query"])
def test_a_query_is_read_as_typed_as_telex_and_as_vni(vector):
    assert [list(ways) for ways in readings(vector["query"])] == vector["readings"]


@pytest.mark.parametrize("vector", VECTORS["rank"], ids=lambda vector: f"{vector['query']} in {vector['name']}")
def test_exact_accents_come_first(vector):
    assert rank(vector["query"], vector["name"]) == vector["rank"]


@pytest.mark.parametrize("vector", VECTORS["matches"], ids=lambda vector: f"{vector['query']} in {vector['key']}")
def test_a_query_finds_a_folded_key(vector):
    assert matches(vector["query"], vector["key"]) is vector["matches"]


@pytest.mark.parametrize("vector", VECTORS["in_order"], ids=lambda vector: vector["names"][0])
def test_names_stand_in_vietnamese_order(vector):
    keys = [text.sort_key(name) for name in vector["names"]]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("vector", VECTORS["sort_key"], ids=lambda vector: vector["name"])
def test_a_sort_key_is_plain_letters_and_digits(vector):
    key = text.sort_key(vector["name"])
    assert key == vector["key"]
    assert key.isascii() and key.isalnum() and key == key.lower()


@pytest.mark.parametrize("vector", VECTORS["name_problem"], ids=lambda vector: vector["name"])
def test_a_doubtful_name_says_why(vector):
    assert text.name_problem(vector["name"]) == vector["problem"]
