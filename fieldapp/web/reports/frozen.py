"""Reports of periods: what was frozen, a look at what would be, the freezing itself, and the files of a frozen one."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.figures.published import published
from fieldapp.figures.reporting import drawn_up, freeze, new_id
from fieldapp.store import areas, campaigns, reports
from fieldapp.store.engine import reading, writing
from fieldapp.survey.cut import OF_REPORTS
from fieldapp.survey.day import day_of
from fieldapp.survey.report import Document, unsealed
from fieldapp.web import guard
from fieldapp.web.figures.cut_words import CUT, name_of
from fieldapp.web.reports import report_words
from fieldapp.web.reports.report_files import FORMS
from fieldapp.web.server import server

pages = Blueprint("reports", __name__)

SEEN_BY = ("officer", "auditor")


@pages.get("/reports")
@guard.signed_in(roles=SEEN_BY)
def page() -> str:
    """Every frozen report, the latest first, and the form for another."""
    return _listed({}, {})


@pages.get("/reports/preview")
@guard.signed_in(roles=("officer",))
def preview() -> Any:
    """A report as it would be frozen now."""
    with reading(server().engine) as connection:
        document, problems = _drawn_up(connection)
    if document is None:
        return _listed(request.args, problems), 422
    return _shown(document, new=new_id(server().clock()))


@pages.post("/reports")
@guard.signed_in(roles=("officer",))
def make() -> Any:
    """Freeze the report that the form names. `new`: its id, made with the page: sent twice, it is one report."""
    report_id = request.form.get("new", "")
    with reading(server().engine) as connection:
        document, _problems = _drawn_up(connection)
    if document is None or not _is_id(report_id):
        abort(400)
    # Nobody waits while it is drawn up: what arrives meanwhile is in the next one.
    with writing(server().engine) as connection:
        kept = freeze(connection, current_user.account, document, report_id, server().clock())
    flash(_("Đã chốt báo cáo. Từ nay các con số này không đổi; phiếu đến sau được nêu ở báo cáo kỳ sau."), "good")
    return redirect(url_for("reports.one", report_id=kept.report_id), 303)


@pages.get("/reports/<report_id>")
@guard.signed_in(roles=SEEN_BY)
def one(report_id: str) -> str:
    """A frozen report, as it was frozen."""
    return _shown(unsealed(kept_report(report_id).text))


@pages.get("/reports/<report_id>.<any(docx, pdf, xlsx, csv, cuts, sqlite, dhis2, adx, json):form>")
@guard.signed_in(roles=SEEN_BY)
def file(report_id: str, form: str) -> Response:
    """A frozen report as a file; json: the sealed text itself, that `verify-report` proves."""
    kept = kept_report(report_id)
    name = f"bao-cao-{kept.period.replace('campaign', 'dot').replace('.', '-')}-den-{kept.as_of}.{FORMS[form].suffix}"
    return Response(FORMS[form].made(kept), mimetype=FORMS[form].mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _drawn_up(connection: Any) -> tuple[Document | None, dict[str, str]]:
    """The report that the request asks for, None where it does not ask rightly; and what is wrong then."""
    asked = report_words.of_address(_today(), campaigns.of_commune(connection, current_user.commune_id))
    if asked.problems or asked.period is None:
        return None, asked.problems
    return drawn_up(connection, current_user.commune_id, asked.period, asked.as_of, asked.cuts, asked.campaign), {}


def _listed(values: Any, problems: dict[str, str]) -> str:
    with reading(server().engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        begun = campaigns.of_commune(connection, commune.commune_id)
        kept = [(each, published(unsealed(each.text))) for each in reversed(reports.of_commune(connection, commune.commune_id))]
    chosen = report_words.cuts_of_address()
    shown = {"commune": commune, "rows": kept, "today": _today()}
    shown |= {"periods": report_words.choices(_today(), begun)}
    shown |= {"ways": [(each, CUT[each], each in chosen) for each in OF_REPORTS]}
    return render_template("reports/reports.html", **shown, values=values, problems=problems, period_words=report_words.period_words)


def _shown(document: Any, **more: Any) -> str:
    report = published(document)
    return render_template("reports/report.html", report=report, document=document, period_words=report_words.period_words, cut_name=name_of, **more)


def kept_report(report_id: str) -> reports.Report:
    """The commune's frozen report of that id; 404 when there is none."""
    with reading(server().engine) as connection:
        return reports.by_id(connection, current_user.commune_id, report_id) or abort(404)


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _today() -> str:
    return day_of(server().clock())
