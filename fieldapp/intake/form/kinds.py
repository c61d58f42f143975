"""What may stand in the column `type`, as XLSForm lets it be written, and the groups that every questionnaire here has."""

import re

SELECTS = {
    "select_one": "select_one", "select one": "select_one", "select one from": "select_one", "select1": "select_one",
    "select_multiple": "select_multiple", "select multiple": "select_multiple", "select all that apply": "select_multiple",
    "select all that apply from": "select_multiple",
}  # fmt: skip
SIMPLE = {"text": "text", "string": "text", "integer": "integer", "int": "integer", "date": "date"}
# Every event says these by itself: who, when, on which phone.
NOT_NEEDED = (
    "start", "end", "today", "deviceid", "phonenumber", "username", "email", "audit", "simserial", "subscriberid", "start-geopoint",
    "background-audio",
)  # fmt: skip
STRUCTURE = {
    f"{what} {kind}".replace(" ", joint): (what, kind)
    for what in ("begin", "end") for kind in ("group", "repeat") for joint in (" ", "_")
}  # fmt: skip
# The screens of the phone: name → (as which it begins, within which).
GROUPS = {"door": ("group", ""), "house": ("group", ""), "people": ("repeat", ""), "help": ("repeat", "people")}
# Where a commune may ask what it likes; the door and the help are the same everywhere, for the phone's screens are made for them.
OPEN_GROUPS = ("house", "people")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
CHOICE = re.compile(r"[a-z0-9_-]{1,40}")
# What a state or a rule calls by these names is no answer.
RESERVED = ("id", "found", "today", "year", "person", "event")
CONSENT = "consent-"
# Given by whoever asks, not calculated by us: the year of the visit.
GIVEN = "year"
MAY_FILTER = {"service": "gives_field != ''", "value": "given_by = ${service}"}
YES, NO = ("yes", "true", "true()", "1", "x", "có"), ("", "no", "false", "false()", "0", "không")


def type_of(text: str) -> tuple[str, str]:
    """(type, list): of "select_one yes_no" select_one and yes_no; ("", "") for what is none of ours."""
    words = " ".join(text.split())
    lower = words.casefold()
    if lower in SIMPLE:
        return SIMPLE[lower], ""
    if lower in ("note", "calculate"):
        return lower, ""
    for spelled in sorted(SELECTS, key=len, reverse=True):
        if lower == spelled:
            return SELECTS[spelled], ""
        if lower.startswith(f"{spelled} "):
            name = words[len(spelled) + 1 :]
            return (SELECTS[spelled], name) if " " not in name else ("", "")
    return "", ""
