"""The phone's page, its worker, its manifest, and the two tables it carries along: words and questionnaire.

Everything under /phone/ is the same for everybody and holds nothing about anybody: it is kept by the browser and opened offline.
"""

import json
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _

from fieldapp.survey import questionnaire
from fieldapp.web.catalogue import phone_words
from fieldapp.web.files import shared
from fieldapp.web.headers import allow_script
from fieldapp.web.language import LANGUAGES
from fieldapp.web.phone import shell
from fieldapp.web.phone.pack import Kept

pages = Blueprint("phone", __name__, url_prefix="/phone")

TRANSLATED = tuple(language for language in LANGUAGES if language != "vi")


@pages.get("/")
def page() -> Response:
    """The page that every screen of the phone lives in."""
    inline = shell.import_map_text(_static())
    allow_script(shell.digest(inline))
    return shared(_page(inline).encode(), "text/html")


@pages.get("/sw.js")
def worker() -> Response:
    """The service worker, with the list of what it keeps."""
    response = shared(_worker(), "text/javascript")
    response.headers["Service-Worker-Allowed"] = "/phone/"
    return response


@pages.get("/pack", endpoint="pack")
@pages.get("/pack/scanner", endpoint="scanner")
def pack() -> Response:
    """All text files of a pack, which the worker keeps and the page does not load itself, in one answer, cut by the worker's list."""
    return shared(shell.pack(request.path, _static(), _made_here()), "text/plain")


@pages.get("/words.<language>.js")
def words(language: str) -> Response:
    """The phone's words in another language than Vietnamese, as a module: {Vietnamese: words}."""
    if language not in TRANSLATED:
        abort(404)
    return shared(_words(language), "text/javascript")


@pages.get("/questionnaires/<name>.js")
def compiled(name: str) -> Response:
    """A questionnaire as the phone reads it, as a module."""
    if name not in questionnaire.NAMES:
        abort(404)
    return shared(_questionnaire(name), "text/javascript")


@pages.get("/manifest.webmanifest")
def manifest() -> Response:
    """How the app stands on a home screen."""
    return shared(_manifest(), "application/manifest+json")


def version() -> str:
    """The version of the phone's files that this server hands out now, as phones say theirs."""
    return shell.version_in(_worker())


def _worker() -> bytes:
    return shell.worker(_static(), _made_here())


def _made_here() -> list[Kept]:
    """What the phone keeps that is no file."""
    kept = [Kept("/phone/", _page(shell.import_map_text(_static())).encode())]
    kept += [Kept(f"/phone/words.{language}.js", _words(language)) for language in TRANSLATED]
    kept += [Kept(f"/phone/questionnaires/{name}.js", _questionnaire(name)) for name in questionnaire.NAMES]
    kept.append(Kept("/phone/manifest.webmanifest", _manifest()))
    return kept


def _manifest() -> bytes:
    with force_locale("vi"):
        about = {
            "name": _("Từng Nhà"), "short_name": _("Từng Nhà"), "description": _("Đi từng ngõ, gõ từng nhà"), "lang": "vi",
            "id": "/phone/", "start_url": "/phone/", "scope": "/phone/", "display": "standalone", "orientation": "portrait",
            "background_color": "#f6f8f7", "theme_color": "#0f5c4d", "icons": ICONS,
        }  # fmt: skip
    return json.dumps(about, ensure_ascii=False).encode()


ICONS = [
    {"src": "/static/phone/icons/icon-192.png", "sizes": "192x192", "type": "image/png"},
    {"src": "/static/phone/icons/icon-512.png", "sizes": "512x512", "type": "image/png"},
    {"src": "/static/phone/icons/maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
]


def _static() -> Path:
    return Path(str(current_app.static_folder))


def _page(inline: str) -> str:
    with force_locale("vi"):
        return render_template("phone/phone.html", import_map=inline)


def _words(language: str) -> bytes:
    forms = [questionnaire.load(name) for name in questionnaire.NAMES]
    of_forms = [form.translated(language) for form in forms if language in form.languages]
    return _module({text: said for words in (*of_forms, phone_words(language)) for text, said in words.items()})


def _questionnaire(name: str) -> bytes:
    return _module(questionnaire.load(name).for_phone(languages=1))


def _module(table: object) -> bytes:
    """A table as a module: imported like code, so that only the phone's sync ever fetches anything."""
    return f"export default {json.dumps(table, ensure_ascii=False, separators=(',', ':'))};\n".encode()
