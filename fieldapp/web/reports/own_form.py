"""The province's own form, filled in with a frozen report: nothing of it is kept, the filled file is the answer."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from fieldapp.figures.outside import outside
from fieldapp.figures.published import published
from fieldapp.paper.form_places import CAMPAIGN, LISTS, Placeholder, placeholders, rows
from fieldapp.paper.own_form import Unfillable, filled
from fieldapp.store.reports import Report
from fieldapp.survey.report import unsealed
from fieldapp.web import guard
from fieldapp.web.figures.cut_words import name_of, part_words
from fieldapp.web.reports.frozen import kept_report
from fieldapp.web.reports.report_files import FORMS, in_vietnamese
from fieldapp.web.reports.report_words import period_words

pages = Blueprint("own_form", __name__)


@pages.get("/reports/<report_id>/form")
@guard.signed_in(roles=("officer",))
def page(report_id: str) -> str:
    """Where a form is uploaded, and every placeholder that it may hold."""
    return _shown(kept_report(report_id))


@pages.post("/reports/<report_id>/form")
@guard.signed_in(roles=("officer",))
def fill(report_id: str) -> Any:
    """The form filled in."""
    kept, file = kept_report(report_id), request.files.get("file")
    content = file.read() if file else b""
    try:
        with in_vietnamese(outside(published(unsealed(kept.text)))) as (report, words):
            form, made = filled(content, report, words)
    except Unfillable as why:
        return _shown(kept, _problem(why.names)), 422
    name = f"bieu-mau-{kept.as_of}.{form}"
    return Response(made, mimetype=FORMS[form].mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _problem(names: list[str]) -> str:
    if names:
        return _("Biểu mẫu có chỗ trống mà báo cáo không có: %(names)s. Sửa tên theo bảng bên dưới.", names=", ".join(names))
    return _("Không đọc được tệp. Cần tệp Word (.docx) hoặc Excel (.xlsx) không đặt mật khẩu, tối đa 2 MB.")


def _shown(kept: Report, problem: str = "") -> str:
    report = outside(published(unsealed(kept.text)))
    with in_vietnamese(report) as (_report, words):
        every, lists = placeholders(report, words), rows(report, words)
    alone = [each for each in every if each.cut is None]
    shown: dict[str, Any] = {"groups": _by_kind(every), "lists": {name: lists[name][0] for name in LISTS if lists.get(name)}}
    shown["of_campaign"] = {each.part for each in every if each.part.startswith(CAMPAIGN)}
    shown |= {"report": report, "alone": alone, "problem": problem, "title": period_words(report.period)}
    return render_template("reports/own_form.html", name_of=name_of, part_words=part_words, **shown)


def _by_kind(every: list[Placeholder]) -> dict[str, list[list[Placeholder]]]:
    """Cut's kind → of each of its groups: the share, then the counts, which end otherwise."""
    found: dict[str, dict[Any, list[Placeholder]]] = {}
    for each in every:
        if each.cut is not None and each.indicator is not None:
            found.setdefault(each.cut[0], {}).setdefault((each.indicator.code, each.cut), []).append(each)
    return {kind: list(groups.values()) for kind, groups in found.items()}
