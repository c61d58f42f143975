"""What is wrong with an XLSForm, or worth a look, and in which cell: a list of values, so that several are told at once."""

from dataclasses import dataclass, field
from typing import Any

from fieldapp.intake.form.tables import Tables, letters

REFUSED, NOTICED = "refused", "noticed"
# code → whether the form can't be taken with it. One line each: the words are the edges', docs/xlsform.md lists them.
CODES: dict[str, str] = {
    "sheet_missing": REFUSED, "column_missing": REFUSED, "column_twice": REFUSED, "column_not_supported": REFUSED, "column_not_used": NOTICED,
    "language_without_code": REFUSED, "language_missing": REFUSED, "label_missing": REFUSED, "message_missing": REFUSED, "text_too_long": REFUSED,
    "type_missing": REFUSED, "type_not_supported": REFUSED, "type_not_needed": NOTICED, "name_missing": REFUSED, "bad_name": REFUSED,
    "name_reserved": REFUSED, "name_twice": REFUSED, "list_missing": REFUSED, "list_unknown": REFUSED, 
    "choice_twice": REFUSED, "end_without_begin": REFUSED, "begin_without_end": REFUSED, "outside_a_group": REFUSED, "group_unknown": REFUSED,
    "group_missing": REFUSED, "repeat_not_supported": REFUSED, "question_misplaced": REFUSED, "bad_expression": REFUSED,
    "unknown_function": REFUSED, "wrong_number_of_arguments": REFUSED, "bad_pattern": REFUSED, "unknown_variable": REFUSED,
    "reads_elsewhere": REFUSED, "reads_later": REFUSED, "reads_itself": REFUSED, "choice_not_in_list": REFUSED, "calculation_missing": REFUSED,
    "count_of_something_else": REFUSED, "answer_as_truth": REFUSED,
    "required_not_understood": REFUSED, "default_not_supported": REFUSED, "default_not_in_list": REFUSED, "default_wrong_type": REFUSED,
    "filter_not_supported": REFUSED, "gives_unknown_question": REFUSED, "consent_missing": REFUSED, "form_id_changed": REFUSED,
    "older_version": NOTICED, "pyxform": REFUSED,
    # against the version in use
    "type_changed": REFUSED, "group_changed": REFUSED, "held_question": REFUSED, "held_choice": REFUSED, "held_rule": REFUSED,
    "meaning_swapped": REFUSED, "consent_reworded": REFUSED, "services_fixed": REFUSED, "choice_not_counted": NOTICED,
    "fewer_are_asked": NOTICED, "counted_by_own": NOTICED, "choices_without_unknown": NOTICED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """sheet, line, column: where it stands ("" and 0: in the file as a whole); found: what stands there; more: what the words name beside."""

    code: str
    sheet: str = ""
    line: int = 0
    column: str = ""
    found: str = ""
    more: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def refuses(self) -> bool:
        return CODES[self.code] == REFUSED

    @property
    def cell(self) -> str:
        """As a spreadsheet names it: D12; a line or a column alone where the cell can't be told."""
        return f"{self.column}{self.line or ''}"


@dataclass(slots=True)
class Findings:
    """Findings as they are made."""

    tables: Tables
    found: list[Finding] = field(default_factory=list)

    def add(self, code: str, sheet: str = "", line: int = 0, place: int | None = None, found: str = "", **more: Any) -> None:
        """place: of the column, from 0; None: of no one column."""
        finding = Finding(code, sheet, line, "" if place is None else letters(place), found[:200], more)
        if finding not in self.found:
            self.found.append(finding)

    def refuse(self) -> bool:
        """Whether the form can't be taken."""
        return any(each.refuses for each in self.found)

    def in_order(self) -> list[Finding]:
        """What refuses first, then by place."""
        sheets = list(self.tables)

        def place(each: Finding) -> tuple[Any, ...]:
            sheet = sheets.index(each.sheet) if each.sheet in sheets else -1
            return not each.refuses, sheet, each.line, len(each.column), each.column

        return sorted(self.found, key=place)
