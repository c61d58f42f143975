"""Doubtful is not wrong: what is flagged, by the vectors that bind the phone too."""

import json
from pathlib import Path

import pytest

from fieldapp.survey.check import FLAGS, check
from fieldapp.survey.event import read

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "checks.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_an_event_is_flagged_as_its_vector_says(vector):
    assert check(read(json.dumps(vector["event"])), vector["state"]) == vector["flags"]


def test_every_flag_has_a_vector():
    assert {flag["code"] for vector in VECTORS for flag in vector["flags"]} == set(FLAGS)
