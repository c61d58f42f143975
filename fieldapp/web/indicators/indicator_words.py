"""The words for what is wrong with an indicator that an officer writes, and for how it counts."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from fieldapp.survey.indicator import RETIREMENT_AGE, Indicator

INDICATOR_RULE = {"when": later("Chỉ xét khi"), "yes": later("Tính là có khi"), "no": later("Tính là chưa khi")}
MEANING = {"": later("chưa rõ"), "yes": later("có"), "no": later("chưa"), "out": later("không xét (bỏ ra ngoài)")}


def ages(indicator: Indicator) -> str:
    """Whose age it counts: "từ 15 tuổi đến tuổi nghỉ hưu"."""
    first, last = indicator.age_from, indicator.age_to
    if last == RETIREMENT_AGE:
        return _("từ %(first)s tuổi đến tuổi nghỉ hưu", first=first or 0)
    if last is None:
        return _("mọi tuổi") if first is None else _("từ %(first)s tuổi", first=first)
    return _("từ %(first)s đến %(last)s tuổi", first=first or 0, last=last)
