"""Numbers as official papers have them, always in Vietnamese, whatever language the desk is read in."""

from collections.abc import Iterable

from babel.numbers import format_decimal


def count(number: int) -> str:
    """1.234"""
    return format_decimal(number, locale="vi")


def share(value: float | None, digits: int = 1) -> str:
    """72,3%; all and none are said only of all and of none."""
    if value is None:
        return "–"
    per_cent = round(value * 100, digits)
    if value not in (0, 1):
        per_cent = min(max(per_cent, 10**-digits), 100 - 10**-digits)
    return format_decimal(per_cent, format="#,##0." + "#" * digits, locale="vi") + "%"


def with_counts(balance: Iterable[int]) -> str:
    """72,3% (120/166): yes, and yes among those who answered."""
    yes, no, _ = balance
    return f"{share(yes / (yes + no) if yes + no else None)} ({count(yes)}/{count(yes + no)})"
