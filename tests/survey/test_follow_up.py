"""What is still to be done at a household: the vectors are the one truth, read by tests/phone/follow_up.test.js too."""

import json
from pathlib import Path

import pytest

from fieldapp.survey.fold import empty
from fieldapp.survey.follow_up import follow_ups

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "follow_ups.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_follow_ups_are_those_of_the_vector(vector):
    assert [list(each) for each in follow_ups({**empty(), **vector["state"]})] == vector["due"]
