"""The phone's page, its worker, its manifest, and the two tables it carries along: words and questionnaire.

Everything under /phone/ is the same for everybody and holds nothing about anybody: it is kept by the browser and opened offline.
"""

import json
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from fieldapp.survey import questionnaire
from fieldapp.web import shell
from fieldapp.web.catalogue import phone_words
from fieldapp.web.headers import allow_script

pages = Blueprint("phone", __name__, url_prefix="/phone")

QUESTIONNAIRES = Path(questionnaire.__file__).parent / "questionnaires"


@pages.get("/")
def page() -> Response:
    """The page that every screen of the phone lives in."""
    inline = shell.import_map_text(_static())
    allow_script(shell.digest(inline))
    return _fresh(Response(_page(inline), mimetype="text/html"))


@pages.get("/sw.js")
def worker() -> Response:
    """The service worker, with the list of what it keeps."""
    kept = [shell.Page("/phone/", _page(shell.import_map_text(_static())).encode())]
    kept += [shell.Page(f"/phone/words.{language}.json", _words(language)) for language in ("en",)]
    kept += [shell.Page(f"/phone/{name}.json", _questionnaire(name)) for name in questionnaire.NAMES]
    response = _fresh(Response(shell.worker(_static(), kept), mimetype="text/javascript"))
    response.headers["Service-Worker-Allowed"] = "/phone/"
    return response


@pages.get("/words.<any(en):language>.json")
def words(language: str) -> Response:
    """The phone's words in another language than Vietnamese."""
    return _fresh(Response(_words(language), mimetype="application/json"))


@pages.get("/<name>.json")
def compiled(name: str) -> Response:
    """A questionnaire as the phone reads it."""
    if name not in questionnaire.NAMES:
        return Response(status=404)
    return _fresh(Response(_questionnaire(name), mimetype="application/json"))


@pages.get("/manifest.webmanifest")
def manifest() -> Response:
    """How the app stands on a home screen."""
    with force_locale("vi"):
        about = {
            "name": _("Từng Nhà"), "short_name": _("Từng Nhà"), "description": _("Đi từng ngõ, gõ từng nhà"), "lang": "vi",
            "id": "/phone/", "start_url": "/phone/", "scope": "/phone/", "display": "standalone", "orientation": "portrait",
            "background_color": "#f6f8f7", "theme_color": "#0f5c4d", "icons": ICONS,
        }  # fmt: skip
    return _fresh(Response(json.dumps(about, ensure_ascii=False), mimetype="application/manifest+json"))


ICONS = [
    {"src": "/static/phone/icons/icon-192.png", "sizes": "192x192", "type": "image/png"},
    {"src": "/static/phone/icons/icon-512.png", "sizes": "512x512", "type": "image/png"},
    {"src": "/static/phone/icons/maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
]


def _static() -> Path:
    return Path(str(current_app.static_folder))


def _page(inline: str) -> str:
    with force_locale("vi"):
        return render_template("phone.html", import_map=inline)


def _words(language: str) -> bytes:
    return json.dumps(phone_words(language), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _questionnaire(name: str) -> bytes:
    return (QUESTIONNAIRES / f"{name}.json").read_bytes()


def _fresh(response: Response) -> Response:
    # Asked for again each time: the worker is what makes it offline, a stale HTTP cache would mix versions.
    response.headers["Cache-Control"] = "no-cache"
    return response
