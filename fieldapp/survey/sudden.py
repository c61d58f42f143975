"""A house in which, all at once, everybody has lost what they had: more often a slip of the thumb, or another house, than the truth."""

from typing import Any

from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.rules import USUAL, Limits
from fieldapp.survey.standing import people_of
from fieldapp.survey.statement import outcome_of

# Field → (what they had, what they would have now).
HAD = {
    "phone": (("smartphone",), ("basic", "none")),
    "vneid": (("level1", "level2"), ("none",)),
    "epay": (("bank", "wallet", "mobile_money"), ("none",)),
}


def sudden_losses(event: Event, state: dict[str, Any] | None, limits: Limits = USUAL) -> list[dict[str, str]]:
    """A flag for each thing that all who had it are said to have no more. state: the household before the visit."""
    if event.kind != "visit" or outcome_of(event) not in SURVEYED or not state:
        return []
    said = people_of(event.body.get("people", {}))
    return [{"code": "sudden_loss", "where": field} for field in HAD if _all_lost(field, said, state["people"], limits["lost_people"])]


def _all_lost(field: str, said: dict[str, Any], before: dict[str, Any], least: int) -> bool:
    had, has_not = HAD[field]
    owners = [id for id, person in before.items() if _any(person.get(field), had) and person.get("residence") not in ("left", "deceased")]
    return len(owners) >= least and all(_any(said.get(id, {}).get(field), has_not) for id in owners)


def _any(value: Any, among: tuple[str, ...]) -> bool:
    return bool(set(value if isinstance(value, list) else [value]) & set(among))
