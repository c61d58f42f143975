"""How numbers, shares, dates and times are written on pages: as Vietnam writes them, in its one time zone.

Dates are always dd/MM/yyyy: Babel's short form gives 3/2/26, which nobody here reads with certainty.
"""

from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale, get_translations
from jinja2 import pass_context

from fieldapp.survey.day import LOCAL, day_of, instant
from fieldapp.web import chart, words

NOTHING = "–"


def count(number: int | float | None) -> str:
    """A count, 1.234; a dash when there is none."""
    return NOTHING if number is None else _decimal(number, None, get_locale().language)


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """The words for so many; %(num)s in them is the number as a count, 1.234."""
    return str(get_translations().ungettext(one, many, num)) % {"num": count(num), **values}


def share(value: float | Fraction | None, digits: int = 1) -> str:
    """A share from 0 to 1 as a percentage, 72,3%; a dash when there is none.

    100% and 0% are said only of all and of none: 99.96 % of a commune still has people without."""
    return NOTHING if value is None else _share(value, digits, get_locale().language)


@lru_cache(maxsize=16_384)
def _share(value: float | Fraction, digits: int, language: str) -> str:
    per_cent = round(float(value * 100), digits)  # a threshold is an exact fraction, of which babel makes nothing
    if value not in (0, 1):
        least = 10**-digits
        per_cent = min(max(per_cent, least), 100 - least)
    return _decimal(per_cent, "#,##0." + "#" * digits, language) + "%"


@lru_cache(maxsize=16_384)
def _decimal(number: int | float, pattern: str | None, language: str) -> str:
    """A page of a province has thousands of numbers, most of them alike; babel takes its time for each."""
    return format_decimal(number, format=pattern, locale=language)


def day(value: str | None) -> str:
    """A day as tables keep it (2026-11-22), as 22/11/2026; one that does not exist, as a held text has it, stands as it was written."""
    if not value:
        return NOTHING
    try:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    except ValueError:
        return value


def moment(value: str | None) -> str:
    """A moment as tables keep it (UTC), as 22/11/2026 14:05 in local time."""
    return instant(value).astimezone(LOCAL).strftime("%d/%m/%Y %H:%M") if value else NOTHING


def village_name(village: Any) -> str:
    """A village's name with its kind before it: Thôn Đồng Chợ."""
    return f"{words.words('village_type', village.village_type)} {village.name}"


def sheet_code(fingerprint: str) -> str:
    """Which recovery sheet, as it is printed on it: its key's fingerprint in groups of four."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4))


def install(app: Flask) -> None:
    """Gives the templates these filters, and the words of codes."""
    app.jinja_env.filters.update(
        count=count, share=share, day=day, day_of=day_of, moment=moment, village_name=village_name, sheet_code=sheet_code, named=words.named,
        bar=chart.bar, bar_of=chart.bar_of, stacked=chart.stacked,
    )  # fmt: skip
    plain: Any = app.jinja_env.globals["ngettext"]

    @pass_context
    def in_templates(context: Any, one: str, many: str, num: int, **values: Any) -> Any:
        return plain(context, one, many, num, **{"num": count(num), **values})

    app.jinja_env.globals.update(
        ngettext=in_templates, words=words.words, question=words.question, answer=words.answer, place_words=words.place_words,
    )  # fmt: skip
