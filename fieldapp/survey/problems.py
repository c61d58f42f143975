"""The catalogue of problems: everything that can be wrong with what somebody sent us, one line each.

A problem is a value. Raise `Refused(problem)` when a whole request can't be taken; keep the event and put the problem's code
beside it when only an event can't be counted. Anything that is not in this catalogue is our own bug and flies to the 500 page.
The words for people are made at the edge (fieldapp/web/words.py)."""

from dataclasses import dataclass, field
from typing import Any

MALFORMED, UNKNOWN_DEVICE, UNKNOWN, USED, GONE, TOO_LARGE, HELD, FILE = (
    "malformed",
    "unknown_device",
    "unknown",
    "used",
    "gone",
    "too_large",
    "held",
    "file",  # given on a page of the desk; never on the wire
)

PROBLEMS = {
    # A request that can't be read: nothing in it was taken, the phone keeps all.
    "not_json": MALFORMED,
    "wrong_shape": MALFORMED,
    "bad_compression": MALFORMED,
    "protocol_unknown": MALFORMED,
    "too_large": TOO_LARGE,
    "unknown_device": UNKNOWN_DEVICE,
    "code_unknown": UNKNOWN,
    "code_used": USED,
    "code_expired": GONE,
    "other_member": USED,
    "other_commune": USED,
    # A file that an officer gave can't be taken: nothing of it was.
    "roster_unreadable": FILE,
    "roster_password": FILE,
    "roster_empty": FILE,
    "roster_too_large": FILE,
    "roster_far_cell": FILE,
    "roster_old_font": FILE,
    "form_unreadable": FILE,
    "form_too_large": FILE,
    "sheet_unreadable": FILE,
    "sheet_too_large": FILE,
    "too_many_lines": FILE,
    "map_unreadable": FILE,
    "map_coordinates": FILE,
    "map_no_village": FILE,
    "handover_unreadable": FILE,
    "handover_damaged": FILE,
    "handover_newer": FILE,
    "handover_too_large": FILE,
    "handover_commune": FILE,
    "package_unreadable": FILE,
    "package_newer": FILE,
    "package_changed": FILE,
    "package_unfit": FILE,
    "package_province": FILE,
    "package_hosted": FILE,
    "package_known": FILE,
    "package_older": FILE,
    "package_key": FILE,
    "key_mistyped": FILE,
    "key_of_another_sheet": FILE,
    # An event that is written down as it came, but does not count until an officer has looked at it.
    "malformed_event": HELD,
    "unforeseen": HELD,  # our own mistake, and kept all the same
    "event_too_long": HELD,
    "control_character": HELD,
    "practice_event": HELD,  # for ever: what was practised never counts
    "foreign_commune": HELD,
    "foreign_device": HELD,
    "foreign_member": HELD,
    "foreign_village": HELD,
    "unknown_village": HELD,
    "not_allowed": HELD,
    "revoked_device": HELD,
    "unenrolled_device": HELD,
    "unknown_household": HELD,  # until its register comes; then it counts by itself
    "erased_household": HELD,
    "other_text": HELD,
    "number_taken": HELD,
    "unknown_questionnaire": HELD,
    "unknown_question": HELD,
    "not_a_choice": HELD,
    "wrong_type": HELD,
    "name_too_long": HELD,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a code of the catalogue, where it was found (a path such as `body.people`), and what may help to
    mend it."""

    code: str
    where: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in PROBLEMS:
            raise KeyError(f"{self.code} is not in the catalogue of problems")

    @property
    def kind(self) -> str:
        return PROBLEMS[self.code]


class Refused(Exception):
    """The request was not taken: `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
