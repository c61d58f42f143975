"""Codes, tokens and ids are made and read alike by server and phone: tests/phone/codes.test.js reads the same vectors."""

import json
from pathlib import Path

import pytest

from fieldapp.survey.codes import code_of, parse_code, qr_of, token_of
from fieldapp.survey.ids import person_id, token, uuid7

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "codes.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS["code_of"], ids=lambda vector: str(vector["of"]))
def test_a_household_code_is_made_of_its_parts(vector):
    if vector["code"] is None:
        with pytest.raises(ValueError, match="no household code"):
            code_of(*vector["of"])
    else:
        assert code_of(*vector["of"]) == vector["code"]


@pytest.mark.parametrize("vector", VECTORS["parse_code"], ids=lambda vector: repr(vector["text"]))
def test_a_typed_code_is_read_forgivingly(vector):
    assert parse_code(vector["text"], vector["commune"]) == vector["code"]


@pytest.mark.parametrize("vector", VECTORS["token"], ids=lambda vector: repr(vector["text"]))
def test_a_door_card_gives_its_token_and_nothing_else_does(vector):
    assert token_of(vector["text"]) == vector["token"]


@pytest.mark.parametrize("vector", VECTORS["uuid7"], ids=lambda vector: str(vector["ms"]))
def test_an_event_id_is_made_of_time_and_bytes(vector):
    assert uuid7(vector["ms"], bytes(vector["bytes"])) == vector["id"]


@pytest.mark.parametrize("vector", VECTORS["person_id"], ids=lambda vector: vector["id"])
def test_a_person_id_is_made_of_bytes(vector):
    assert person_id(bytes(vector["bytes"])) == vector["id"]


def test_event_ids_sort_as_they_were_made():
    assert uuid7(1_700_000_000_000, b"\xff" * 10) < uuid7(1_700_000_000_001, b"\x00" * 10)


def test_a_printed_token_is_read_back():
    assert token_of(qr_of(token(bytes(range(10))))) == token(bytes(range(10)))


def test_ids_want_all_their_random_bytes():
    with pytest.raises(ValueError, match="random bytes"):
        uuid7(0, b"short")
