"""What the help of one visit left, field by field: the twin of the fold's own step, for who tells each value with its origin."""

from collections.abc import Mapping
from typing import Any

from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.service import EFFECTS, as_left
from fieldapp.survey.statement import outcome_of

Field = tuple[str | None, str]  # (person, None: the house), question


def left_by(visit: Event, found: Mapping[Field, Any]) -> dict[Field, tuple[Any, str]]:
    """The answers that `done` help changed, with the service that did. found: the answers that the visit came upon or stated."""
    left: dict[Field, tuple[Any, str]] = {}
    for help in visit.body.get("help") or () if outcome_of(visit) in SURVEYED else ():
        effect = EFFECTS.get(help["service"])
        who = help.get("person")
        if effect is None or help["result"] != "done" or (effect.scope == "person" and who is None):
            continue
        field = (None if effect.scope == "house" else who, effect.field)
        before = left[field][0] if field in left else found.get(field)
        after = as_left(effect, before, help.get("value"))
        if after != before:
            left[field] = after, help["service"]
    return left
