"""What help changes: one table from a service that was done to the answer as left.

The visit states a person as found; `done` help gives the answer as left; the difference is the team's own effect
(QUESTIONNAIRE.md)."""

from typing import Any, NamedTuple

VNEID_LEVELS = ("none", "installed", "level1", "level2")


class Effect(NamedTuple):
    """scope: house or person; how: set, add (to a list of choices) or raise (never lowers); value: what, unless the visit names
    it."""

    scope: str
    field: str
    how: str
    value: str


EFFECTS = {
    "vneid_install": Effect("person", "vneid", "raise", "installed"),
    "vneid_activate": Effect("person", "vneid", "raise", "level1"),
    "epay_open": Effect("person", "epay", "add", "bank"),
    "health_record_setup": Effect("person", "health_record", "set", "seen"),
    "esign_register": Effect("person", "esign", "set", "yes"),
    "online_service_guide": Effect("person", "online_service", "set", "helped"),
    "filed_for": Effect("person", "online_service", "set", "helped"),
    "sim_4g": Effect("person", "network_4g", "set", "yes"),
    "skills_lesson": Effect("person", "digital_skills", "set", "trained"),
    "zalo_join": Effect("house", "zalo_group", "set", "yes"),
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
