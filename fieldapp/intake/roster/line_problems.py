"""What can be wrong with a line of a roster, and which of it keeps its household out."""

from dataclasses import dataclass

# Code → whether its line can't be taken (True), or is taken and told (False).
PROBLEMS = {
    "formula_failed": True,
    "no_name": True,
    "village_unknown": True,
    "village_missing": True,
    "birth_not_understood": True,
    "birth_impossible": True,
    "sex_not_understood": True,
    "no_household_yet": True,
    "household_twice": True,
    "name_too_long": True,
    "people_too_many": True,
    "two_heads": False,
    "no_head": False,
    "relation_not_understood": False,
    "people_count_differs": False,
    "poverty_not_understood": False,
    "passed_over": False,
}


@dataclass(frozen=True, slots=True)
class LineProblem:
    """text: what stands in the cell, for the officer who mends it; it is kept nowhere."""

    line: int
    code: str
    text: str = ""

    @property
    def fatal(self) -> bool:
        return PROBLEMS[self.code]
