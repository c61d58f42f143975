"""The application, assembled: the only place that knows every part; it wires them and decides nothing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from fieldapp.config import Settings, from_environment, kept_secret
from fieldapp.store.engine import prepare
from fieldapp.web import files, formats, guard, headers, jobs, language, limits, menu, problems, queue_place, recounting
from fieldapp.web.accounts import invited, people, sign_in
from fieldapp.web.criteria import board_making, points, standing
from fieldapp.web.figures import behind, overview, progress, village, village_map
from fieldapp.web.households import actions, corrections, erasing, history, household, listed, merging, readings
from fieldapp.web.indicators import written
from fieldapp.web.office import alarms, backup, first_days, noticing, setup, villages
from fieldapp.web.phone import api, page
from fieldapp.web.printing import made, made_job, sheets
from fieldapp.web.province import months, province_office, province_targets
from fieldapp.web.questionnaire import as_spreadsheet
from fieldapp.web.reports import frozen, own_form, packages
from fieldapp.web.residents import links, sign_up, sign_ups
from fieldapp.web.review import checks, held, one_house, queue, rules
from fieldapp.web.roster import rostering, steps
from fieldapp.web.server import Server, utc_now
from fieldapp.web.teams import campaigns, enrolment, handover, lost_phone, members, phones, roll

ROOT = Path(__file__).parents[2]
BLUEPRINTS = (
    # open to all
    api.calls, page.pages, sign_up.pages,
    # the desk, room by room
    sign_in.pages, invited.pages, people.pages,
    setup.pages, first_days.pages, backup.pages, noticing.pages, villages.pages,
    roll.pages, members.pages, phones.pages, lost_phone.pages, handover.pages, enrolment.pages, campaigns.pages,
    listed.pages, household.pages, history.pages, actions.pages, corrections.pages, merging.pages, erasing.pages, readings.pages,
    queue.pages, one_house.pages, rules.pages, checks.pages, held.pages,
    overview.pages, behind.pages, progress.pages, village.pages, village_map.pages,
    standing.pages, board_making.pages, points.pages, written.pages,
    frozen.pages, own_form.pages, packages.pages,
    months.pages, province_targets.pages, province_office.pages,
    sheets.pages, made.pages, sign_ups.pages, links.pages,
    as_spreadsheet.pages, steps.pages,
)  # fmt: skip

csrf = CSRFProtect()


def assembled(settings: Settings | None, engine: Any, clock: Callable[[], str] | None) -> Flask:
    """The application that `fieldapp.create_app` gives; its arguments are described there."""
    settings = settings or from_environment()
    app = Flask("fieldapp", static_folder=None, template_folder=str(ROOT / "templates"))
    app.config.from_mapping(_configuration(settings))
    here = app.extensions["fieldapp"] = Server(settings, _opened(app) if engine is None else engine, clock or utc_now)
    # Registered first, run last: the headers are put on what all the others answer.
    headers.install(app, settings)
    language.install(app, settings, ROOT / "translations")
    files.install(app, ROOT / "static")
    problems.install(app)
    guard.install(app)
    csrf.init_app(app)
    csrf.exempt(api.calls)
    limits.install(app)
    formats.install(app)
    menu.install(app)
    queue_place.install(app)
    alarms.install(app)
    queue_of_jobs = jobs.install(app, settings)
    daily = backup.install(app, here, queue_of_jobs)
    sign_ups.install(here, queue_of_jobs)
    months.install(here, queue_of_jobs)
    rules.install(here, queue_of_jobs)
    # Phones visit an imported household within the hour: it must not be in one place only.
    rostering.install(here, queue_of_jobs, lambda commune_id: daily.unasked(commune_id, here.clock()))
    recounting.install(app, here, queue_of_jobs)
    made_job.install(here, queue_of_jobs)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    Compress(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _opened(app: Flask) -> Any:
    with app.app_context():
        return prepare(SQLAlchemy(app).engine)


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": kept_secret(settings),
        "SQLALCHEMY_DATABASE_URI": settings.database_address,
        "MAX_CONTENT_LENGTH": settings.body_limit_bytes,
        # A hand-over file goes from its first page to the second within the form.
        "MAX_FORM_MEMORY_SIZE": settings.body_limit_bytes,
        "SESSION_COOKIE_NAME": "tung-nha",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        # A form is good for as long as the session: an officer is called away for more than an hour.
        "WTF_CSRF_TIME_LIMIT": None,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_ALGORITHM_STREAMING": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 6,
    }
