"""What every answer tells the browser it may do: next to nothing, and nothing from a foreign host.

flask-talisman would bring this as a dependency that nobody keeps any more; the table is short enough to own.
"""

from flask import Flask, Response, g

from fieldapp.config import Settings

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The camera reads door cards; position is sensitive by law and stays off.
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
}

ONE_YEAR_SECONDS = 31_536_000


def allow_script(digest: str) -> None:
    """Lets the present answer carry the one inline script with this digest ('sha256-…'): the phone's import map."""
    g.script_digest = digest


def policy() -> str:
    """The content security policy of the present answer."""
    lines = dict(POLICY)
    if "script_digest" in g:
        lines["script-src"] += f" '{g.script_digest}'"
    return "; ".join(f"{name} {value}" for name, value in lines.items())


def install(app: Flask, settings: Settings) -> None:
    """Puts the headers on every answer of the application, errors and files too."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy()
        response.headers.update(HEADERS)
        if settings.https:
            response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR_SECONDS}"
        # Pages hold residents' names: a shared computer's cache must not. Files that say otherwise keep their word.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
