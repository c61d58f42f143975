"""What one indicator says of one person (or house), remembered by just the values that it hangs on.

Whole people are rarely alike, but in the eyes of one indicator thousands are: of e-signatures it sees the year, the birth year
and one answer. So each rule is worked out some hundreds of times and looked up ever after."""

from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Any

from fieldapp.survey.expression import variables
from fieldapp.survey.indicator import Indicator
from fieldapp.survey.questionnaire import Questionnaire

REMEMBERED = 8_192
# Always told, so that the age can be reckoned. Sex is told only to the indicators that hang on it (working age): fewer profiles to remember.
OF_EVERYBODY = ("year", "birth_year")


class Verdict:
    """One version of one indicator over one questionnaire."""

    def __init__(self, indicator: Indicator, questionnaire: Questionnaire, group: str, names: tuple[str, ...]) -> None:
        """group: people or house; names: of the profiles that it will be shown, in their order."""
        self.indicator, self.key = indicator, indicator.key
        self._questionnaire, self._group = questionnaire, group
        seen = hung_on(questionnaire, indicator.variables).union(OF_EVERYBODY)
        self._names = tuple(name for name in names if name in seen)
        # At least two, or it would pick a bare value: `year` stands twice.
        self._pick = itemgetter(names.index("year"), *(names.index(name) for name in self._names))
        self._remembered = lru_cache(REMEMBERED)(self._reckon)

    def on(self, profile: tuple[Any, ...]) -> int | None:
        """YES, NO or UNKNOWN; None when the indicator is not about them."""
        return self._remembered(self._pick(profile))

    def _reckon(self, picked: tuple[Any, ...]) -> int | None:
        year, *told = picked
        values = dict(zip(self._names, told, strict=True))
        calculated = self._questionnaire.calculated(values, year)
        applying = self._questionnaire.counted(self._group, values, year, house=values)
        return self.indicator.answer({**applying, **calculated}, age_in(calculated))


def age_in(calculated: dict[str, Any]) -> int | None:
    """The age among calculated values; None when it can't be known."""
    age = calculated.get("age")
    return age if isinstance(age, int) else None


def hung_on(questionnaire: Questionnaire, names: Iterable[str]) -> set[str]:
    """These names and all that they hang on, through relevance and calculations."""
    entries = [*questionnaire.raw["questions"], *questionnaire.raw["calculated"]]
    read = {entry["name"]: variables(entry.get("relevant") or entry.get("tree") or "") for entry in entries}
    found: set[str] = set()
    new = set(names)
    while new:
        found |= new
        new = set().union(*(read.get(name, ()) for name in new)) - found
    return found
