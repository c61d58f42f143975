"""How the values and thresholds of criteria boards are said."""

from fractions import Fraction

from flask_babel import gettext as _

from fieldapp.figures.criteria import LineNow
from fieldapp.survey.criteria import COUNT, IN_PROGRESS, Line, Value
from fieldapp.web.formats import count, share


def value_words(now: LineNow) -> str:
    """The value as a table has it: 86,2% (953/1.105); a dash when there is none."""
    if now.figure is not None or now.value is None:
        return share(now.share)
    return said(now.value)


def said(value: Value) -> str:
    """A reported value: 97,32%; 953/1.105 (86,24%); trên 1.600."""
    if value.measure == COUNT:
        words = count(int(value.number))
    elif value.whole is not None:
        words = f"{count(value.part or 0)}/{count(value.whole)} ({exact(value.number)})"
    else:
        words = exact(value.number)
    return _("trên %(value)s", value=words) if value.at_least else words


def exact(number: Fraction) -> str:
    """A percentage to the hundredth, without needless places."""
    return share(float(number) / 100, 2)


def is_near(now: LineNow) -> bool:
    """Whether the value reads like its threshold and does not reach it: 799 of 999 is 80,0%, and less than 80%."""
    digits = 1 if now.figure is not None else 2
    short = now.state == IN_PROGRESS and now.share is not None and now.line.threshold is not None
    return short and share(now.share, digits) == share((now.line.threshold or Fraction(0)) / 100, digits)


def threshold_words(line: Line) -> str:
    """≥ 80%; a dash where it is not known."""
    if line.threshold is None:
        return "–"
    number = count(int(line.threshold)) if line.measure == COUNT else exact(line.threshold)
    return f"{'≥' if line.direction == 'up' else '≤'} {number}"
