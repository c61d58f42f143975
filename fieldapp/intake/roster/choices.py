"""What the officer is shown and may set about a sheet before anything is read from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

# What a column can be, as the page offers it. family: a name's first part where it stands in a column of its own;
# place: a number that begins with 1 in each household.
FIELDS = (
    "village", "number", "place", "code", "head", "family", "name", "relation", "birth", "sex", "male", "female", "address", "people",
    "poverty", "poor", "near_poor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choices:
    """header_line: of the last line of the header, counted from 1. columns: field → index. shape: "household" or "person", what a line is.
    villages: spelling as the file has it → village id, None while nobody said; the spelling "" is for lines that name none."""

    sheet: str
    header_line: int
    columns: dict[str, int]
    shape: str
    villages: dict[str, str | None] = field(default_factory=dict)


def cell(row: Sequence[str], index: int | None) -> str:
    """The row's cell; "" where the row is shorter or the column is not there."""
    return row[index] if index is not None and index < len(row) else ""
