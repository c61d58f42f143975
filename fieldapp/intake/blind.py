"""A household as the phone of whoever makes a back-check gets it: who lives there, and nothing of what was answered. What is not on the phone
can't lead anybody's question."""

from collections.abc import Mapping
from typing import Any

from fieldapp.survey.fold import empty

PLACE = ("village", "address", "status", "merged_into", "erased", "consent", "heads")
IDENTITY = ("name", "birth_year", "sex", "relation", "residence")


def blinded(state: Mapping[str, Any], check: Mapping[str, Any]) -> dict[str, Any]:
    """The state without answers. check: the back-check that waits, as the state has it."""
    nothing = {name: value for name, value in empty().items() if name in state}
    people = {person_id: {name: fields.get(name) for name in IDENTITY} for person_id, fields in state["people"].items()}
    known = {name: state[name] for name in PLACE if name in state}
    return {**nothing, **known, "people": people, "back_check": {"id": check["id"], "due": check["due"]}}
