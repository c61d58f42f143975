"""Definitions that were written for several questionnaires, counted together: those that ship over the form that ships, a commune's own over the
form that it had when it published them. So a question that is changed later changes no figure by itself."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from fieldapp.survey.contribution import EFFECT, Key, Reckoning, Triple, reckoning_of
from fieldapp.survey.indicator import Indicator
from fieldapp.survey.questionnaire import NAMES, Questionnaire, load

SHIPPED = load(NAMES[-1])
# What one state of a household adds.
Reckons = Callable[[Mapping[str, Any]], dict[Key, Triple]]


def by_form(
    indicators: Iterable[Indicator], form_of: Callable[[str | None], Questionnaire | None]
) -> list[tuple[Questionnaire, tuple[Indicator, ...]]]:
    """The indicators under the forms whose questions they read, in the order of the first of each. form_of: gives the form of a name; of None
    the one that ships. A form that is not there any more is read as the one that ships: what it lacks is unknown."""
    found: dict[str | None, list[Indicator]] = {}
    for each in indicators:
        found.setdefault(each.form, []).append(each)
    return [((name and form_of(name)) or SHIPPED, tuple(those)) for name, those in found.items()]


def nothing(state: Mapping[str, Any]) -> dict[Key, Triple]:
    """Adds nothing."""
    return {}


@lru_cache(maxsize=256)
def answers_of(form: Questionnaire, indicators: tuple[Indicator, ...]) -> Reckons:
    """What these indicators alone add, without the counts beside them."""
    reckoning = reckoning_of(form, indicators)
    keys = {key for each in indicators for key in (each.key, f"{EFFECT}:{each.key}")}

    def of(state: Mapping[str, Any]) -> dict[Key, Triple]:
        return {place: triple for place, triple in reckoning.answers(state).items() if place[0] in keys}
    return of


def together(whole: Reckons, own: Iterable[Reckons]) -> Reckons:
    """What `whole` adds and what all of `own` do."""
    own = list(own)
    if not own:
        return whole

    def of(state: Mapping[str, Any]) -> dict[Key, Triple]:
        result = whole(state)
        for each in own:
            result = result | each(state)
        return result
    return of


def of_report(indicators: tuple[Indicator, ...], form: Questionnaire, form_of: Callable[[str | None], Questionnaire | None]) -> Reckons:
    """What a report's definitions add, with the counts beside them. form: of those that name none."""
    shipped = tuple(each for each in indicators if each.form is None)
    own = by_form((each for each in indicators if each.form is not None), form_of)
    return together(Reckoning(form, shipped).of, [answers_of(*each) for each in own])


shipped = reckoning_of(SHIPPED).of
