"""What is wrong with what an officer wrote in a form or a spreadsheet, or worth a look: in which field, and in which line."""

from dataclasses import dataclass, field
from typing import Any

REFUSED, NOTICED = "refused", "noticed"
# code → whether it can't be taken. One line each: the words are the edges'.
CODES = {
    "text_missing": REFUSED, "text_too_long": REFUSED, "code_unknown": REFUSED, "code_twice": REFUSED, "group_unknown": REFUSED,
    "unit_unknown": REFUSED, "unit_changed": REFUSED, "age_not_understood": REFUSED, "ages_crossed": REFUSED, "age_of_household": REFUSED,
    "rule_missing": REFUSED, "bad_expression": REFUSED, "unknown_function": REFUSED, "wrong_number_of_arguments": REFUSED, "bad_pattern": REFUSED,
    "unknown_variable": REFUSED, "reads_elsewhere": REFUSED, "reads_moment": REFUSED, "choice_not_in_list": REFUSED, "answer_as_truth": REFUSED,
    "day_not_understood": REFUSED, "day_to_come": REFUSED, "day_before_last": REFUSED, "stop_not_understood": REFUSED, "stop_of_new": REFUSED,
    "column_missing": REFUSED, "leaves_unknown_out": NOTICED, "counts_unknown": NOTICED,
    "days_crossed": REFUSED,
    # boards, reported values, public places
    "kind_unknown": REFUSED, "indicator_unknown": REFUSED, "measure_unknown": REFUSED, "direction_unknown": REFUSED, "number_not_understood": REFUSED,
    "percent_too_large": REFUSED, "measure_of_survey": REFUSED, "place_unknown": REFUSED, "attribute_unknown": REFUSED, "of_unknown": REFUSED,
    "lines_missing": REFUSED, "lines_too_many": REFUSED, "name_taken": REFUSED,
    "value_missing": REFUSED, "value_twice": REFUSED, "part_too_large": REFUSED, "file_too_large": REFUSED,
    "file_not_taken": REFUSED, "files_full": REFUSED, "file_empty": REFUSED, "count_not_whole": REFUSED, "percent_as_part": REFUSED,
    "point_twice": REFUSED, "village_unknown": REFUSED, "point_unknown": REFUSED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """where: the field; line: of the spreadsheet, 0 in a form; found: what stands there; more: what the words name beside."""

    code: str
    where: str
    line: int = 0
    found: str = ""
    more: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def refuses(self) -> bool:
        return CODES[self.code] == REFUSED
