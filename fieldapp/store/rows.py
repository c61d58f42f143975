"""The rows in which a folded household and its people are kept, for lists and search."""

from typing import Any

from msgspec.json import decode, encode

from fieldapp.survey.day import day_of
from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.fold import State
from fieldapp.survey.follow_up import follow_ups, helped_by, sign_up_answered
from fieldapp.survey.lanes import lane_key
from fieldapp.survey.manner import manner_of
from fieldapp.survey.statement import outcome_of
from fieldapp.survey.text import folded, sort_key
from fieldapp.survey.visits import Visits

# Not for phones: poverty comes from the commune's own list and is nobody's business at the door; the rest is for officers.
ASIDE = ("contested", "villages", "poverty", "back_check")
VISIT_FIELDS = (
    "household_id", "village_id", "account_id", "at", "day", "outcome", "helped", "sign_up_id",
    "seconds", "manner", "stated", "unsaid", "kept", "alike",
)  # fmt: skip
LIVING = ("permanent", "temporary", "away", None)
PERSON_FIELDS = ("name", "birth_year", "sex", "relation", "residence")


def household_row(
    commune_id: str, household_id: str, state: State, register: Event, decided: dict[str, Any], changed: int, visits: Visits
) -> dict[str, Any]:
    """decided: what the server gave the household when it was registered (code, token); changed: the last sequence that touched
    it."""
    # A back-check is between the officer and its checker: no list says that it is due.
    head, open_ones = head_of(state), [each for each in follow_ups(state) if each.kind != "back_check"]
    check = state["back_check"] if state["status"] != "merged" else None
    living = [person for person in state["people"].values() if person["residence"] in LIVING]
    return {
        "commune_id": commune_id, "household_id": household_id, "village_id": state["village"],
        "code": decided.get("code"), "token": decided.get("token"), "head": head, "head_folded": folded(head) if head else None,
        "address": state["address"], "status": state["status"], "merged_into": state["merged_into"], "visited": state["visited"],
        "outcome": state["outcome"], "day": state["day"], "return_on": state["return_on"], "poverty": state["poverty"],
        "contested": len(state["contested"]), "changed": changed,
        "lane": lane_key(state["address"]), "source": register.body["source"], "registered_on": day_of(register.at),
        "residents": len(living), "smartphone": _has_smartphone(living), "absences": visits.absences,
        "wishes": sum(each.kind == "wish" for each in open_ones), "due": open_ones[0].due if open_ones else None,
        "checker_id": check["checker"] if check else None,
        "state": encode({name: value for name, value in state.items() if name not in ASIDE}).decode(),
        "aside": encode({name: state[name] for name in ASIDE}).decode(),
    }  # fmt: skip


def visit_rows(commune_id: str, household_id: str, state: State, visits: Visits) -> dict[str, tuple[Any, ...]]:
    """Event id → the rest of its row, in the order of VISIT_FIELDS."""
    rows, surveyed = {}, False
    for visit in visits.events:
        outcome = outcome_of(visit)
        rows[visit.id] = (
            household_id, state["village"], visit.member, visit.at, day_of(visit.at), outcome, helped_by(visit), sign_up_answered(visit),
            *manner_of(visit, surveyed),
        )  # fmt: skip
        surveyed = surveyed or outcome in SURVEYED
    return rows


def _has_smartphone(living: list[dict[str, Any]]) -> bool | None:
    """Whether anybody has one; None while nobody was asked."""
    phones = {person.get("phone") for person in living} - {None, "unknown", "refused"}
    return "smartphone" in phones if phones else None


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
