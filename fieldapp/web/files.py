"""Files and tables that are the same for everybody: squeezed as hard as brotli can, once, and kept so in memory.

On 2G every kilobyte of the phone's shell is a second, and on upgrade day a thousand phones ask for it at once: neither a quick
compression nor one for each of them will do.
"""

import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Flask, Response, abort, current_app, request, send_from_directory
from werkzeug.security import safe_join

from fieldapp.web.minified import minified

SQUEEZED = (".js", ".mjs", ".css", ".svg", ".json", ".webmanifest")
# Minified when served; the vendored libraries are as their makers minified them.
OF_THE_PHONE = re.compile(r"/static/phone/")
# The registry of some Windows machines says text/plain, and a browser then runs no module.
for suffix in (".js", ".mjs"):
    mimetypes.add_type("text/javascript", suffix)


def install(app: Flask, static: Path) -> None:
    """Serves the folder under /static/, in place of Flask's own way."""
    app.static_folder = str(static)
    app.add_url_rule("/static/<path:filename>", "static", static_file)


def static_file(filename: str) -> Response:
    """One file of the static folder."""
    folder = str(current_app.static_folder)
    if not filename.endswith(SQUEEZED):
        return send_from_directory(folder, filename)
    path = Path(safe_join(folder, filename) or abort(404))
    if not path.is_file():
        abort(404)
    return shared(content_of(path), mimetypes.guess_type(filename)[0] or "text/plain")


def content_of(path: Path) -> bytes:
    """What is served of a file: the phone's minified, for on 2G nobody reads comments; the others as they are."""
    content = path.read_bytes()
    return minified(content, path.suffix) if OF_THE_PHONE.search(path.as_posix()) else content


def shared(content: bytes, mimetype: str) -> Response:
    """An answer that is the same for everybody; the browser asks each time whether it changed, mostly in vain."""
    small = "br" in request.accept_encodings
    response = Response(_squeezed(content) if small else content, mimetype=mimetype)
    if small:
        response.content_encoding = "br"
    response.set_etag(hashlib.sha256(content).hexdigest()[:32] + ("-br" if small else ""))
    # Not "keep for a year": the worker is what makes it offline, and a stale copy would mix versions.
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    return response.make_conditional(request)  # type: ignore[return-value]


@lru_cache(maxsize=256)
def _squeezed(content: bytes) -> bytes:
    return brotli.compress(content, quality=11)
