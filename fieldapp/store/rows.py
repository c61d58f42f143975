"""The rows in which a folded household and its people are kept, for lists and search."""

from typing import Any

from msgspec.json import decode, encode

from fieldapp.survey.fold import State
from fieldapp.survey.text import folded, sort_key

# Not for phones: poverty comes from the commune's own list and is nobody's business at the door; the rest is for officers.
ASIDE = ("contested", "villages", "poverty")
PERSON_FIELDS = ("name", "birth_year", "sex", "relation", "residence")


def household_row(commune_id: str, household_id: str, state: State, decided: dict[str, Any], changed: int) -> dict[str, Any]:
    """decided: what the server gave the household when it was registered (code, token); changed: the last sequence that touched
    it."""
    head = head_of(state)
    return {
        "commune_id": commune_id, "household_id": household_id, "village_id": state["village"],
        "code": decided.get("code"), "token": decided.get("token"), "head": head, "head_folded": folded(head) if head else None,
        "address": state["address"], "status": state["status"], "merged_into": state["merged_into"], "visited": state["visited"],
        "outcome": state["outcome"], "day": state["day"], "return_on": state["return_on"], "poverty": state["poverty"],
        "contested": len(state["contested"]), "changed": changed,
        "state": encode({name: value for name, value in state.items() if name not in ASIDE}).decode(),
        "aside": encode({name: state[name] for name in ASIDE}).decode(),
    }  # fmt: skip


def state_of(state: str, aside: str) -> State:
    """The folded state that a household's row keeps."""
    return decode(state) | decode(aside)


def head_of(state: State) -> str | None:
    """The name under which the household is known: its head's, else that of the first of its people who has one."""
    people = state["people"].values()
    heads = [person["name"] for person in people if person["relation"] == "head" and person["name"]]
    return next(iter(heads), next((person["name"] for person in people if person["name"]), None))


def identity(person: dict[str, Any]) -> dict[str, Any]:
    """Who the person is, for lists; a birth year that nobody knows or says is none."""
    born = person["birth_year"]
    return {**{field: person[field] for field in PERSON_FIELDS}, "birth_year": born if isinstance(born, int) else None}


def person_row(commune_id: str, household_id: str, person_id: str, person: dict[str, Any]) -> dict[str, Any]:
    name = person["name"]
    return {
        "commune_id": commune_id, "household_id": household_id, "person_id": person_id,
        **identity(person),
        "name_folded": folded(name) if name else None, "sort_key": sort_key(name) if name else None,
    }  # fmt: skip
