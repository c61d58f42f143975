"""Which language a page speaks: Vietnamese first, English second.

A message's id is its Vietnamese text, so Vietnamese needs no catalogue and can't be out of date.
"""

from pathlib import Path

from flask import Blueprint, Flask, Response, redirect, request
from flask_babel import Babel, get_locale
from flask_login import current_user

from fieldapp.config import Settings
from fieldapp.store import accounts
from fieldapp.store.engine import writing
from fieldapp.web import catalogue
from fieldapp.web.paths import safe_target
from fieldapp.web.server import server

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "language"
ONE_YEAR_SECONDS = 31_536_000

pages = Blueprint("language", __name__)


def chosen() -> str:
    """The language of the present request: the account's, else the browser's choice, else what it asks for, else the default."""
    of_account = current_user.account.language if current_user.is_authenticated else None
    for asked in (of_account, request.cookies.get(COOKIE)):
        if asked in LANGUAGES:
            return str(asked)
    return request.accept_languages.best_match(list(LANGUAGES)) or server().settings.language


@pages.post("/language")
def switch() -> Response:
    """Keeps the language chosen on the page, in the browser and in the account, and goes back to it."""
    response = redirect(safe_target(request.form.get("back")))
    language = request.form.get("language")
    if language in LANGUAGES:
        if current_user.is_authenticated:
            with writing(server().engine) as connection:
                accounts.set_language(connection, current_user.commune_id, current_user.account.account_id, language)
        https = server().settings.https
        response.set_cookie(COOKIE, language, max_age=ONE_YEAR_SECONDS, secure=https, httponly=True, samesite="Lax")
    return response  # type: ignore[return-value]


def install(app: Flask, settings: Settings, translations: Path) -> None:
    """Compiles what is stale and lets every page of the application speak the chosen language."""
    catalogue.compile_stale(translations)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations)
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Ho_Chi_Minh"
    Babel(app, default_locale=settings.language, locale_selector=chosen)
    app.register_blueprint(pages)
    app.context_processor(lambda: {"language": str(get_locale()), "languages": LANGUAGES})
