"""What the values of an expression are: XPath 1.0's strings, numbers and truths, as the engines of the field (ODK's) apply
them.

An answer is text, a number, a list of choices, or missing; missing is the empty text. Whatever is no number is NaN, and no
comparison with NaN holds: an unknown birth year is neither above nor below 15. A date is the number of its day when a number
is wanted, so that dates compare; the number of an empty text is NaN. The phone's twin is static/phone/survey/expression.js;
tests/vectors/expressions.json binds both."""

import math
import re
from datetime import date

NUMBER = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
DAY_ZERO = date(1970, 1, 1).toordinal()


def as_text(value: object) -> str:
    """Text as XPath's string() gives it: 3.0 is "3", a list of choices is its members with spaces between."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return " ".join(as_text(member) for member in value)
    return _digits(value) if isinstance(value, float) else str(value)


def as_number(value: object) -> float:
    """A number; NaN for what is none. A date is its day, counted from 1970-01-01."""
    if isinstance(value, int | float):
        return float(value)
    text = as_text(value)
    found = NUMBER.fullmatch(text)
    if found:
        return float(found[1])
    found = DATE.fullmatch(text)
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).toordinal() - DAY_ZERO
        except ValueError:
            return math.nan
    return math.nan


def is_true(value: object) -> bool:
    """Text and lists are true when there is something in them, numbers when they are neither 0 nor NaN."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value != 0 and value == value
    return bool(value)


def equal(left: object, right: object) -> bool:
    """XPath's `=`: as truths when one side is one, else as numbers when one side is one, else as text."""
    if isinstance(left, bool) or isinstance(right, bool):
        return is_true(left) == is_true(right)
    if isinstance(left, int | float) or isinstance(right, int | float):
        return as_number(left) == as_number(right)
    return as_text(left) == as_text(right)


def members(value: object) -> list[str]:
    """The choices of a select_multiple, from a list or from text with spaces between."""
    if isinstance(value, list | tuple):
        return [as_text(member) for member in value]
    return as_text(value).split()


def _digits(number: float) -> str:
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    # XPath knows no exponents; below a millionth fifteen places are all that is left.
    return repr(number) if abs(number) >= 1e-4 else f"{number:.15f}".rstrip("0").rstrip(".")
