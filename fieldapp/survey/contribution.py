"""Contribution: what one household adds to the ledger, a pure function of its folded state.

For every version of every indicator and every cut: how many of its people (or the house itself) say yes, no, or nothing that is
known. Beside them, as counts in `yes`, its coverage, its latest outcome, its residents and the help it got. What is nothing is
left out.

It runs for every step of every visit that arrives, so it is quick where it can be: people of the same answers add the same and
are reckoned once, and a triple travels packed in one number, so that adding two is one addition."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from fieldapp.survey.cut import cuts_of
from fieldapp.survey.indicator import INDICATORS, NO, UNKNOWN, YES, Indicator
from fieldapp.survey.questionnaire import Questionnaire, load
from fieldapp.survey.verdict import Verdict, age_in, hung_on

COVERAGE, PEOPLE, OUTCOME, HELP = COUNTS = ("coverage", "people", "outcome", "help")
# The team's own effect on an indicator, as left less as found: `effect:smartphone:1`.
EFFECT = "effect"
# A person counts until it is said that they don't: who came from a list, or whose residence is not known, is of the house.
ELSEWHERE = ("away", "left", "deceased")
# A household is folded across the versions it was visited with; what applies to it is what the newest one says.
NEWEST = "household-1"
# Not an indicator, but read like one: what a household's rules see as adults_with_smartphone and adults_phone_unknown.
ADULTS_PHONE = Indicator(
    "adults_phone", 1, "", "society", "person", "", {}, {}, age_from=15,
    yes="${phone} = 'smartphone'", no="${phone} = 'basic' or ${phone} = 'none'",
)  # fmt: skip

Key = tuple[str, str]
Triple = tuple[int, int, int]
Entry = tuple[Key, int]

# A triple in one number; no household has so many people.
DIGITS = 16
PACKED = {YES: 1, NO: 1 << DIGITS, UNKNOWN: 1 << 2 * DIGITS}
FULL = (1 << DIGITS) - 1
PROFILES_KEPT = 16_384


class _Unpacked(dict[int, Triple]):
    def __missing__(self, packed: int) -> Triple:
        triple = self[packed] = (packed & FULL, packed >> DIGITS & FULL, packed >> 2 * DIGITS)
        return triple


UNPACKED = _Unpacked()


def contribution(state: Mapping[str, Any], questionnaire: Questionnaire | None = None) -> dict[Key, Triple]:
    """(indicator key or count, cut) → (yes, no, unknown) of one household; empty for one that is registered nowhere or merged.

    A vacant house and one that moved away keep their outcome and the help they were given, and count nowhere else.

    Counts, all in cut "all": `coverage` (yes: visited, no: registered and not visited), `people` (residents of visited
    households), `outcome:<latest, or none>`, `help:<service>:<result>`. And, also in cut "all" alone, `effect:<indicator key>`: what the
    indicator gained and lost by the help that was given, as left less as found."""
    return reckoning_of(questionnaire or load(NEWEST)).of(state)


class Reckoning:
    """Indicators over one questionnaire, with what it has reckoned already."""

    def __init__(self, questionnaire: Questionnaire, indicators: tuple[Indicator, ...] = INDICATORS) -> None:
        self._questionnaire = questionnaire
        of_people = [ADULTS_PHONE, *(each for each in indicators if each.unit == "person")]
        of_houses = [each for each in indicators if each.unit == "household"]
        read = hung_on(questionnaire, {"birth_year", "sex", "residence"}.union(*(each.variables for each in of_people)))
        self._people_fields = _names(questionnaire, "people", read)
        read_of_house = hung_on(questionnaire, set().union(*(each.variables for each in of_houses)))
        self._house_fields = _names(questionnaire, "house", read_of_house)
        # What relevance in the roster may ask about the house; nothing in the questionnaire that ships.
        self._house_fields_of_people = _names(questionnaire, "house", read)
        names = ("year", "poverty", *self._house_fields_of_people, *self._people_fields)
        self._residence = names.index("residence")
        self._told_of_age = tuple(names.index(name) for name in ("birth_year", "sex"))
        self._adults_phone, *self._of_people = (Verdict(each, questionnaire, "people", names) for each in of_people)
        names = ("year", "poverty", "adults_with_smartphone", "adults_phone_unknown", *self._house_fields)
        self._of_houses = [Verdict(each, questionnaire, "house", names) for each in of_houses]
        self._keys = frozenset(each.key for each in indicators)
        self._person = lru_cache(PROFILES_KEPT)(self._reckon_person)
        self._house = lru_cache(PROFILES_KEPT)(self._reckon_house)
        self._cuts = lru_cache(PROFILES_KEPT)(self._reckon_cuts)

    def of(self, state: Mapping[str, Any]) -> dict[Key, Triple]:
        """What `contribution` says, by these indicators."""
        if state["village"] is None or state["status"] == "merged":
            return {}
        result = self.answers(state)
        result[f"{OUTCOME}:{state['outcome'] or 'none'}", "all"] = (1, 0, 0)
        for service, results in state["helped"].items():
            for outcome, times in results.items():
                result[f"{HELP}:{service}:{outcome}", "all"] = (times, 0, 0)
        if state["status"] == "active":
            result[COVERAGE, "all"] = (1, 0, 0) if state["visited"] else (0, 1, 0)
        return result

    def answers(self, state: Mapping[str, Any]) -> dict[Key, Triple]:
        """What a surveyed household adds to the indicators, to the team's effect on them and to the residents; empty for any other."""
        result: dict[Key, Triple] = {}
        if state["village"] is not None and state["status"] == "active" and state["visited"]:
            self._survey(state, result)
            as_found = _as_found(state)
            if as_found is not None:
                self._effect(as_found, result)
        return result

    def _effect(self, as_found: Mapping[str, Any], result: dict[Key, Triple]) -> None:
        found: dict[Key, Triple] = {}
        self._survey(as_found, found)
        nothing = (0, 0, 0)
        for key in sorted(self._keys):
            before, after = found.get((key, "all"), nothing), result.get((key, "all"), nothing)
            if before != after:
                result[f"{EFFECT}:{key}", "all"] = (after[0] - before[0], after[1] - before[1], after[2] - before[2])

    def _survey(self, state: Mapping[str, Any], result: dict[Key, Triple]) -> None:
        circumstances = (state["year"], state["poverty"])
        shared = circumstances + _answers(state["house"], self._house_fields_of_people)
        sums: dict[Key, int] = {}
        residents = with_smartphone = phone_unknown = 0
        for person in state["people"].values():
            is_resident, phone, added = self._person(shared + _answers(person, self._people_fields))
            residents += is_resident
            with_smartphone += phone == YES
            phone_unknown += phone == UNKNOWN
            for key, packed in added:
                sums[key] = sums.get(key, 0) + packed
        house = (*circumstances, with_smartphone, phone_unknown, *_answers(state["house"], self._house_fields))
        for key, packed in self._house(house):
            sums[key] = packed
        for key, packed in sums.items():
            result[key] = UNPACKED[packed]
        if residents:
            result[PEOPLE, "all"] = (residents, 0, 0)

    def _reckon_person(self, profile: tuple[Any, ...]) -> tuple[bool, int | None, tuple[Entry, ...]]:
        """Whether they are a resident, what ADULTS_PHONE says of them, and what they add."""
        if profile[self._residence] in ELSEWHERE:
            return False, None, ()
        birth_year, sex = (profile[place] for place in self._told_of_age)
        cuts = self._cuts(profile[0], profile[1], birth_year, sex)
        return True, self._adults_phone.on(profile), _entries(self._of_people, profile, cuts)

    def _reckon_cuts(self, year: int, poverty: str | None, birth_year: Any, sex: Any) -> tuple[str, ...]:
        return cuts_of(poverty, sex, age_in(self._questionnaire.calculated({"birth_year": birth_year, "sex": sex}, year)))

    def _reckon_house(self, profile: tuple[Any, ...]) -> tuple[Entry, ...]:
        return _entries(self._of_houses, profile, cuts_of(profile[1]))


# One reckoning for each questionnaire and definitions: its memory is shared by all who ask.
reckoning_of = lru_cache(maxsize=256)(Reckoning)


def _as_found(state: Mapping[str, Any]) -> dict[str, Any] | None:
    """The state without what help has left; None when there is nothing of it."""
    house_found, people = state["house_found"], state["people"]
    if not house_found and not any("found" in person for person in people.values()):
        return None
    found = {each: {**person, **person["found"]} if "found" in person else person for each, person in people.items()}
    return {**state, "house": {**state["house"], **house_found}, "people": found}


def _names(questionnaire: Questionnaire, group: str, read: set[str]) -> tuple[str, ...]:
    return tuple(question.name for question in questionnaire.of_group[group] if question.name in read)


def _answers(values: Mapping[str, Any], fields: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple([tuple(value) if type(value) is list else value for value in map(values.get, fields)])


def _entries(verdicts: list[Verdict], profile: tuple[Any, ...], cuts: tuple[str, ...]) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for verdict in verdicts:
        answer = verdict.on(profile)
        if answer is not None:
            entries += _entries_of(verdict.key, answer, cuts)
    return tuple(entries)


@cache
def _entries_of(key: str, answer: int, cuts: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(_entry(key, answer, cut) for cut in cuts)


@cache
def _entry(key: str, answer: int, cut: str) -> Entry:
    # One object for all who add the same: thousands of profiles are kept. There are only indicators x cuts x 3 of them.
    return (key, cut), PACKED[answer]
