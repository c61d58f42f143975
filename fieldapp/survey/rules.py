"""What looks doubtful, as data: one line a rule, with the thresholds from which on it speaks. A commune may set a threshold otherwise, within
bounds in which it still means something.

Some rules are asked once, as an event is taken: by phone and server alike (BOTH), or by the server alone (SERVER): members know themselves how
fast they were. The others compare many visits (COMPARED): they are asked from time to time, and never while a phone waits."""

from collections.abc import Mapping
from dataclasses import dataclass

BOTH, SERVER, COMPARED = "both", "server", "compared"


@dataclass(frozen=True, slots=True)
class Threshold:
    """usual: what holds where the commune set nothing, and what phones warn by; least, most: what it may be set to, both included."""

    name: str
    usual: int
    least: int
    most: int
    unit: str


@dataclass(frozen=True, slots=True)
class Rule:
    """asked: when (BOTH, SERVER, COMPARED)."""

    asked: str
    thresholds: tuple[Threshold, ...] = ()


Limits = Mapping[str, int]

RULES: dict[str, Rule] = {
    "visit_too_fast": Rule(SERVER, (
        Threshold("fast_unchanged", 10, 3, 60, "second"), Threshold("fast_revisit", 15, 5, 180, "second"),
        Threshold("fast_new", 20, 5, 300, "second"), Threshold("fast_person", 5, 0, 60, "second"), Threshold("fast_absent", 3, 0, 60, "second"),
    )),
    "night_visit": Rule(SERVER, (Threshold("night_from", 22, 18, 23, "hour"), Threshold("night_to", 5, 3, 8, "hour"))),
    "many_unknown": Rule(BOTH, (Threshold("unknown_answers", 6, 3, 50, "answer"), Threshold("unknown_share", 50, 20, 95, "percent"))),
    "age_over_115": Rule(BOTH, (Threshold("oldest", 115, 100, 125, "year"),)),
    "birth_year_in_future": Rule(BOTH),
    "consent_missing": Rule(BOTH),
    "help_on_absent_person": Rule(BOTH),
    "name_has_digits": Rule(BOTH),
    "name_one_word": Rule(BOTH),
    "name_too_many_words": Rule(BOTH),
    "no_head": Rule(BOTH),
    "return_in_past": Rule(BOTH),
    "same_person_twice": Rule(BOTH),
    "two_heads": Rule(BOTH),
    "vneid_without_smartphone": Rule(BOTH),
    "day_in_future": Rule(SERVER),
    "sudden_loss": Rule(SERVER, (Threshold("lost_people", 2, 1, 10, "person"),)),
    "alike_houses": Rule(COMPARED, (Threshold("alike", 4, 3, 30, "household"),)),
    "many_unchanged": Rule(COMPARED, (Threshold("unchanged_share", 90, 50, 100, "percent"), Threshold("unchanged_visits", 20, 5, 500, "visit"))),
    "many_refused": Rule(COMPARED, (Threshold("refused_share", 25, 5, 100, "percent"), Threshold("refused_visits", 12, 5, 500, "visit"))),
    "many_unsaid": Rule(COMPARED, (Threshold("unsaid_share", 25, 5, 100, "percent"), Threshold("unsaid_answers", 60, 20, 5000, "answer"))),
    "duplicate_household": Rule(COMPARED, (Threshold("shared_people", 2, 1, 6, "person"),)),
    "duplicate_person": Rule(COMPARED),
    "check_differs": Rule(COMPARED, (Threshold("differing_answers", 3, 1, 50, "answer"),)),
}  # fmt: skip
THRESHOLDS = {each.name: each for rule in RULES.values() for each in rule.thresholds}
USUAL: Limits = {name: each.usual for name, each in THRESHOLDS.items()}
# A member is held against what others find only where it is so many times as much.
TIMES_USUAL = 2


def asked(when: str) -> list[str]:
    """The codes of the rules that are asked then."""
    return [code for code, rule in RULES.items() if rule.asked == when]
