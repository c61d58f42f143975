"""The two calls of a phone, the one of a watchman, and what describes them. Thin: what a call means is decided in intake.

Called with a bearer token and never with a cookie, so a foreign page can't make a browser call them: exempt from CSRF.
"""

from flask import Blueprint, Response, jsonify, request

from fieldapp.intake import enrol, sync
from fieldapp.store import areas
from fieldapp.store.engine import reading
from fieldapp.survey.problems import Problem, Refused
from fieldapp.web.limits import enrolment_limits
from fieldapp.web.phone.body import body_of_request
from fieldapp.web.phone.openapi import document
from fieldapp.web.server import server

calls = Blueprint("api", __name__, url_prefix="/api")


@calls.post("/sync")
def synchronise() -> Response:
    """Takes what a phone sends and answers with what it needs to know: docs/wire.md."""
    here = server()
    token = _bearer_token()
    answer = sync.answer(here.engine, token, body_of_request(here.settings.body_limit_bytes), here.clock())
    return Response(answer, mimetype="application/json")


@calls.post("/enrol")
@enrolment_limits
def enrol_phone() -> Response:
    """Makes a phone a member's, once, for a code from an enrolment card: docs/wire.md."""
    here = server()
    answer = enrol.answer(here.engine, body_of_request(here.settings.body_limit_bytes), here.clock())
    return Response(answer, mimetype="application/json")


@calls.get("/health")
def health() -> Response:
    """Says that the server and its database answer; nothing about anybody."""
    with reading(server().engine) as connection:
        areas.commune_ids(connection)
    return jsonify(status="ok")


@calls.get("/openapi.json")
def described() -> Response:
    """The calls as an OpenAPI document: for whoever writes another client."""
    return Response(document(), mimetype="application/json")


@calls.after_request
def ours(response: Response) -> Response:
    """Marks the answer as ours: a captive portal's page, status 200, carries no such header."""
    response.headers["X-Tung-Nha"] = "1"
    response.headers["Cache-Control"] = "no-store"
    return response


def _bearer_token() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not token.strip():
        raise Refused(Problem("unknown_device", "authorization"))
    return token.strip()
