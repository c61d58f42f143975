"""The households that a sheet holds under the officer's choices, and what is wrong with which line. Codes only; the words are the page's.

Nothing is guessed about people: what can't be understood is told by its line, and what only looks odd is taken and told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fieldapp.intake.roster.choices import Choices, cell
from fieldapp.intake.roster.columns import exact, spelled_in
from fieldapp.intake.roster.line_problems import LineProblem
from fieldapp.intake.roster.lines import lines as lines_of
from fieldapp.intake.roster.lines import passed_over
from fieldapp.intake.roster.meanings import TICKS, birth_of, is_dated, poverty_of, relation_in, relation_of, sex_of
from fieldapp.intake.roster.sheets import Sheet
from fieldapp.store.areas import Village
from fieldapp.survey.text import folded

MOST_PEOPLE, MOST_NAME = 200, 120
FAILED = re.compile(r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)|Err:\d+")

@dataclass(slots=True)
class Household:
    """lines: as the spreadsheet numbers them, the first is the head's. people: [{name, birth_year, sex, relation, residence}]."""

    lines: list[int]
    village_id: str
    code: str | None
    address: str | None
    people: list[dict[str, Any]]
    poverty: str | None


@dataclass(frozen=True, slots=True)
class Read:
    """households: only those of which no line is wrong beyond taking; untaken: the others. lines: how many held data."""

    households: list[Household]
    problems: list[LineProblem]
    lines: int
    untaken: list[Household]

    @property
    def left_out(self) -> int:
        return len(self.untaken)

    @property
    def fatal(self) -> list[LineProblem]:
        return [problem for problem in self.problems if problem.fatal]


def read(sheet: Sheet, choices: Choices, villages: Sequence[Village], year: int) -> Read:
    """Read the lines below the header. year: the present one, after which nobody is born."""
    reader = _Reader(choices, villages, year)
    relations = choices.columns.get("relation")
    reader.ticked = all(folded(cell(row, relations)) in ("", *TICKS) for row in sheet.rows[choices.header_line :])
    taken = set()
    for line, row, section in lines_of(sheet, choices):
        reader.section = section
        reader.take(line, row)
        taken.add(line)
    reader.problems += [LineProblem(line, "passed_over", text) for line, text in passed_over(sheet, choices, taken)]
    return reader.finished(len(taken))


class _Reader:
    """Reads line after line; a household is a line, or the lines from one head to the next."""

    def __init__(self, choices: Choices, villages: Sequence[Village], year: int) -> None:
        self.choices, self.villages, self.year = choices, villages, year
        self.known = {village.village_id for village in villages}
        self.households: list[Household] = []
        self.problems: list[LineProblem] = []
        self.section = ""  # the village heading above the line
        self.group: str | None = None
        self.spelled = ""  # the village of the household that is being read
        self.ticked = False  # the relation's column says only who is a head
        self.counted: dict[int, int] = {}
        self.headed: dict[int, str] = {}

    def take(self, line: int, row: list[str]) -> None:
        failed = next((text for name in self.choices.columns if FAILED.fullmatch(text := self._of(row, name))), None)
        if failed:
            self._say(line, "formula_failed", failed)
        person = self._person(line, row)
        if self.choices.shape == "household":
            self._begin(line, row)
            if person:
                self.households[-1].people.append({**person, "relation": "head"})
            return
        if self._is_new(row, person):
            self._begin(line, row)
        elif not self.households:
            self._say(line, "no_household_yet", self._of(row, "name"))
            return
        else:
            self.households[-1].lines.append(line)
        if person:
            if not self.households[-1].people and not {"relation", "head"} & self.choices.columns.keys():
                person["relation"] = person["relation"] or "head"  # who is written first, where no column says more
            self.households[-1].people.append(person)

    def finished(self, lines: int) -> Read:
        seen: dict[tuple[Any, ...], int] = {}
        for place, household in enumerate(self.households):
            self._check(place, household)
            people = tuple((each["name"], each["birth_year"]) for each in household.people)
            same = household.village_id, household.code or people, household.address
            if people and same in seen:
                self._say(household.lines[0], "household_twice", str(seen[same]))
            seen.setdefault(same, household.lines[0])
        fatal = {problem.line for problem in self.problems if problem.fatal}
        taken = [household for household in self.households if fatal.isdisjoint(household.lines)]
        untaken = [household for household in self.households if not fatal.isdisjoint(household.lines)]
        return Read(taken, sorted(self.problems, key=lambda each: each.line), lines, untaken)

    def _check(self, place: int, household: Household) -> None:
        line = household.lines[0]
        if len(household.people) > MOST_PEOPLE:
            self._say(line, "people_too_many", str(len(household.people)))
        heads = sum(each["relation"] == "head" for each in household.people)
        head = _capitals(relation_in(self.headed[place])[0])
        if self.choices.shape == "person" and not heads and folded(head) not in {"", *TICKS, *(folded(each["name"]) for each in household.people)}:
            # Named in a column of his own and not among the others.
            household.people.insert(0, {"name": head, "birth_year": None, "sex": None, "relation": "head", "residence": "permanent"})
            heads = 1
        if heads > 1:
            self._say(line, "two_heads", household.people[0]["name"])
        elif household.people and not heads and self.choices.shape == "person":
            self._say(line, "no_head", household.people[0]["name"])
        counted = self.counted.get(place)
        if self.choices.shape == "person" and counted is not None and counted != len(household.people):
            self._say(line, "people_count_differs", f"{counted} ≠ {len(household.people)}")

    def _begin(self, line: int, row: list[str]) -> None:
        self.households.append(Household([line], "", self._of(row, "code") or None, self._address(row), [], self._poverty(line, row)))
        self.spelled = self._spelled(row)
        self.group = self._group(row)
        village_id = self._village(line, row)
        self.households[-1].village_id = village_id or ""
        self.headed[len(self.households) - 1] = self._of(row, "head")
        people = self._of(row, "people")
        if people.isdigit():
            self.counted[len(self.households) - 1] = int(people)

    def _is_new(self, row: list[str], person: dict[str, Any] | None) -> bool:
        group = self._group(row)
        if group:
            return group != self.group
        if self._of(row, "place") == "1":
            return True
        if person and person["relation"] == "head":
            return True
        return not self.households and "relation" not in self.choices.columns

    def _group(self, row: list[str]) -> str | None:
        """What the lines of one household share, where a column says it."""
        said = [self._of(row, name) for name in ("code", "number", "head") if name in self.choices.columns]
        shared = next((text for text in said if text), None)
        return f"{self._spelled(row) or self.spelled}/{folded(shared)}" if shared else None

    def _spelled(self, row: list[str]) -> str:
        return spelled_in(self._of(row, "village"), self.villages) or self.section

    def _address(self, row: list[str]) -> str | None:
        """The address; where one cell holds it with the village, what stands before that."""
        said, village = self._of(row, "address"), self._of(row, "village")
        if village and said in ("", village):
            said = village.partition(self._spelled(row))[0].rstrip(" ,;-")
        return said or None

    def _village(self, line: int, row: list[str]) -> str | None:
        spelling = self._spelled(row)
        village_id = self.choices.villages.get(spelling) or (exact(spelling, self.villages) if spelling else None)
        if village_id in self.known:
            return village_id
        self._say(line, "village_unknown" if spelling else "village_missing", spelling)
        return None

    def _person(self, line: int, row: list[str]) -> dict[str, Any] | None:
        head, family = self._of(row, "head"), self._of(row, "family")
        name = " ".join(filter(None, (family, head if self.choices.shape == "household" else self._of(row, "name"))))
        name, relation_said = relation_in(name)
        if not any(map(str.isalpha, name)):
            self._say(line, "no_name", name)
            return None
        if len(name) > MOST_NAME:
            self._say(line, "name_too_long", name[:40])
        said = {field: self._of(row, field) for field in ("relation", "birth", "sex", "male", "female")}
        said["relation"] = said["relation"] or relation_said
        relation = self._understood(line, relation_of(said["relation"], self.ticked), said["relation"])
        if not said["relation"] and head and folded(head) == folded(name):
            relation = "head"
        birth = said["birth"] or next((said[each] for each in ("male", "female") if is_dated(said[each])), "")
        born = self._understood(line, birth_of(birth, self.year), birth)
        sex = self._understood(line, sex_of(said["sex"], said["male"], said["female"]), said["sex"])
        return {"name": _capitals(name), "birth_year": born, "sex": sex, "relation": relation, "residence": "permanent"}

    def _understood(self, line: int, found: tuple[Any, str | None], said: str) -> Any:
        value, problem = found
        if problem:
            self._say(line, problem, said)
        return value

    def _poverty(self, line: int, row: list[str]) -> str | None:
        if not {"poverty", "poor", "near_poor"} & self.choices.columns.keys():
            return None
        said = [self._of(row, name) for name in ("poverty", "poor", "near_poor")]
        return self._understood(line, poverty_of(*said), said[0])

    def _of(self, row: list[str], name: str) -> str:
        return cell(row, self.choices.columns.get(name))

    def _say(self, line: int, code: str, text: str) -> None:
        self.problems.append(LineProblem(line, code, text))


def _capitals(name: str) -> str:
    """NGUYỄN VĂN A as Nguyễn Văn A; what is not all capitals stays as it was typed."""
    return name.title() if name.isupper() else name
