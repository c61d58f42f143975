"""Days as people write them in a form or a spreadsheet: 26/11/2026, or as a browser's calendar gives them."""

import re

from fieldapp.survey.day import is_day

# Nothing here is older; whoever types 26 for the year gets 0026 from a browser's calendar.
FIRST = "2000-01-01"
WRITTEN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


def read(text: str) -> str | None:
    """The day as tables keep it; None when it is none."""
    parts = WRITTEN.fullmatch(text.strip())
    said = f"{parts[3]}-{int(parts[2]):02}-{int(parts[1]):02}" if parts else text.strip()
    return said if is_day(said) and said >= FIRST else None
