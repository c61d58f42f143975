"""What help changes: one table from a service that was done to the answer as left.

The visit states a person as found; `done` help gives the answer as left; the difference is the team's own effect
(QUESTIONNAIRE.md)."""

from typing import Any, NamedTuple

from fieldapp.survey.questionnaire import NAMES, load

VNEID_LEVELS = ("none", "installed", "level1", "level2")


class Effect(NamedTuple):
    """scope: house or person; how: set, add (to a list of choices) or raise (never lowers); value: what, unless the visit names
    it."""

    scope: str
    field: str
    how: str
    value: str


# The table is the questionnaire's own (`services` of the compiled form): versions add services, and never change what one does.
EFFECTS = {
    service: Effect(row["scope"], row["field"], row["how"], row["value"]) for service, row in load(NAMES[-1]).services.items() if "field" in row
}


def as_left(effect: Effect, current: Any, named: str | None) -> Any:
    """The answer after the help. current: the answer before it, None when there is none; named: the value that the visit itself
    gives."""
    value = named or effect.value
    if effect.how == "add":
        owned = [] if not current else [choice for choice in current if choice not in ("none", "unknown", "refused", value)]
        return sorted([*owned, value])
    if effect.how == "raise" and current in VNEID_LEVELS and VNEID_LEVELS.index(current) > VNEID_LEVELS.index(value):
        return current
    return value
