"""Indicators: what is counted, as data that a commune can read and extend (indicators.json), never as `if`s in code.

Each has `when` (eligibility apart from age), an age from and to (`retirement_age`: by the table of the year), and a rule for yes
and one for no, in the language of XLSForm over the values of the person or the house *as left*. Beside the answers of the
questionnaire
- a person's rules see age, retirement_age, working_age and poverty;
- a household's see poverty, adults_with_smartphone and adults_phone_unknown: its residents of 15 and over who have a smartphone,
  and those of whom that is not known (a resident without a birth year may be one of them).

Who may be meant but did not say is *unknown*, never left out: `when` is false only for an answer that excludes (`${phone} !=
'none'`), so nobody gains by writing "không rõ". A definition that changes gets a new version beside the old one: rows of the
ledger are keyed by `code:version`, and a published figure keeps its meaning.

A commune's own versions are numbered from OWN_FROM on and its own codes begin with OWN_CODE, so that what ships later can't take their names
(store/indicators.py keeps them)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from fieldapp.survey.expression import Rule, compiled, is_true, parse, variables

GROUPS = ("society", "economy", "government", "infrastructure")
UNITS = ("person", "household")
YES, NO, UNKNOWN = range(3)  # the places of a Balance
OWN_FROM, OWN_CODE = 1001, "xa_"
RETIREMENT_AGE = "retirement_age"


@dataclass(frozen=True, eq=False)
class Indicator:
    """One version of one indicator. names and short: by language. age_to: whole years, included; None when there is no bound. form: the
    questionnaire whose questions its rules read, None: the one that ships. stopped: from valid_from on the indicator is no longer shown."""

    code: str
    version: int
    valid_from: str
    group: str
    unit: str
    source: str
    names: Mapping[str, str]
    short: Mapping[str, str]
    yes: str
    no: str
    when: str | None = None
    age_from: int | None = None
    age_to: int | str | None = None
    form: str | None = None
    stopped: bool = False

    @cached_property
    def key(self) -> str:
        """What the ledger's rows are keyed by: `smartphone:1`."""
        return f"{self.code}:{self.version}"

    @cached_property
    def trees(self) -> tuple[Any, ...]:
        return tuple(parse(text) for text in (self.when or "true()", self.yes, self.no))

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        return tuple(compiled(tree) for tree in self.trees)

    @cached_property
    def variables(self) -> frozenset[str]:
        """Every value that its rules and its bounds of age read."""
        bounds = {"working_age"} if self.age_to == RETIREMENT_AGE else set()
        return frozenset(bounds.union(*(variables(tree) for tree in self.trees)))

    def answer(self, values: Mapping[str, object], age: int | None = None) -> int | None:
        """YES, NO or UNKNOWN; None for who is not eligible. age: None when the birth year is unknown."""
        when, yes, no = self._rules
        if not is_true(when(values)):
            return None
        fits = self._fits(values, age)
        if fits is False:
            return None
        if fits is None:
            return UNKNOWN
        return YES if is_true(yes(values)) else NO if is_true(no(values)) else UNKNOWN

    def _fits(self, values: Mapping[str, object], age: int | None) -> bool | None:
        """Whether the age is within the bounds; None when that can't be known."""
        if self.age_from is None and self.age_to is None:
            return True
        if age is None:
            return None
        if age < (self.age_from or 0):
            return False
        if self.age_to == RETIREMENT_AGE:
            # The questionnaire has the table of the year: who is asked is who is counted. Without the sex it may be open.
            return {"yes": True, "no": False}.get(str(values.get("working_age")))
        return self.age_to is None or age <= int(self.age_to)


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[Indicator, ...]:
    """The definitions, each version once. Raises ValueError when two rows claim one key or a row names an unknown group or unit,
    ExpressionError when a rule can't be read."""
    indicators = tuple(Indicator(**row) for row in rows)
    keys = [indicator.key for indicator in indicators]
    twice = {key for key in keys if keys.count(key) > 1}
    strange = {each.key for each in indicators if each.group not in GROUPS or each.unit not in UNITS}
    if twice or strange:
        raise ValueError(f"indicators: given twice {sorted(twice)}, group or unit unknown {sorted(strange)}")
    for indicator in indicators:
        _ = indicator.variables  # a rule that can't be read shall fail here, not at the first visit
    return indicators


INDICATORS = read(json.loads((Path(__file__).parent / "indicators.json").read_text("utf-8")))
BY_KEY = {indicator.key: indicator for indicator in INDICATORS}


def versions(code: str, indicators: Iterable[Indicator] = INDICATORS) -> list[Indicator]:
    """Every version of one indicator, the oldest first. All of them are counted; `current` says which one is shown."""
    return sorted((each for each in indicators if each.code == code), key=lambda each: (each.valid_from, each.version))


@lru_cache(maxsize=512)
def current(on: str | None = None, indicators: tuple[Indicator, ...] = INDICATORS) -> tuple[Indicator, ...]:
    """The version of each indicator that is valid on a day (None: the newest; before the first one's day: the first), in the
    table's order; without those that are stopped."""
    found = (_valid(versions(code, indicators), on) for code in dict.fromkeys(each.code for each in indicators))
    return tuple(each for each in found if not each.stopped)


def _valid(line: list[Indicator], on: str | None) -> Indicator:
    return next((each for each in reversed(line) if on is None or each.valid_from <= on), line[0])
