"""Bodies of events as members' phones make them; what is not said is what an ordinary visit says."""

from typing import Any

from fieldapp.survey.questionnaire import NAMES, load

CONSENT = load(NAMES[-1]).consent


def consent(given: bool = True, language: str = "vi") -> dict[str, Any]:
    return {"given": given, "text": CONSENT.name, "sha256": CONSENT.sha256[language], "purposes": ["survey"], "method": "spoken"}


def visit(
    outcome: str = "done", house: dict[str, Any] | None = None, people: dict[str, dict[str, Any]] | None = None,
    help: list[dict[str, Any]] | None = None, **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """A visit's body. people: person → what was found; more: any other part of the body (return_on, seconds, comment, confirmed
    …)."""
    somebody = outcome in ("done", "partly", "refused")
    return {
        "outcome": outcome, "respondent": None, "consent": consent(outcome != "refused") if somebody else None, "house": house or {},
        "people": people or {}, "confirmed": {"house": [], "people": {}}, "help": help or [], "return_on": None, "seconds": 74,
        **more, }  # fmt: skip


def register(village: str, people: list[dict[str, Any]], source: str = "door", address: str | None = None) -> dict[str, Any]:
    return {"village": village, "address": address, "source": source, "people": people}


def person(id: str, name: str, birth_year: int | None = 1980, sex: str | None = "male", relation: str = "head") -> dict[str, Any]:
    return {"id": id, "name": name, "birth_year": birth_year, "sex": sex, "relation": relation, "residence": "permanent"}
