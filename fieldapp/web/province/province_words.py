"""Words of the province's pages: months, what is the matter with a commune."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_babel import ngettext

from fieldapp.figures.quiet import Quiet

ORDER = {
    "value": later("Tỷ lệ cao trước"),
    "lowest": later("Tỷ lệ thấp trước"),
    "coverage": later("Độ phủ cao trước"),
    "code": later("Mã xã"),
}


def days_words(every: Mapping[str, Quiet]) -> dict[int | None, str]:
    """Days since → words, for each number that one of these communes has."""
    found = {days for each in every.values() for days in (each.synced, each.backed_up)}
    return {days: _days_since(days) for days in found}


def _days_since(days: int | None) -> str:
    if days is None:
        return _("chưa lần nào")
    return ngettext("%(num)s ngày trước", "%(num)s ngày trước", days) if days else _("hôm nay")


def month_words(month: str) -> str:
    """A month as a heading has it: tháng 10/2026."""
    return _("tháng %(month)s/%(year)s", month=int(month[5:]), year=month[:4])
