"""The API as an OpenAPI 3.1 document, made of the very shapes that its calls read and write: nothing stands here a second time.

docs/wire.md tells the same to people, with the reasons."""

import re
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec

from fieldapp.intake import told, wire
from fieldapp.survey.problems import Problem
from fieldapp.web.problems import CODES, status_of

BODY_PROBLEMS = ("not_json", "wrong_shape", "bad_compression", "protocol_unknown", "too_large")
ALWAYS = (500, 503)
SCHEMAS = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Call:
    """asks, answers: the shapes of bodies; problems: with which codes it refuses; statuses: those that no problem stands for."""

    path: str
    method: str
    says: str
    answers: Any
    asks: Any = None
    problems: tuple[str, ...] = ()
    statuses: tuple[int, ...] = ALWAYS
    with_token: bool = False


CALLS = (
    Call("/api/enrol", "post", "Makes a phone a member's, for a code.", told.Enrolled, wire.EnrolRequest,
         (*BODY_PROBLEMS, "code_unknown", "code_used", "code_expired", "other_member", "other_commune"), (429, *ALWAYS)),
    Call("/api/sync", "post", "Takes a phone's events, tells what changed.", told.Synced, wire.SyncRequest,
         (*BODY_PROBLEMS, "unknown_device"), with_token=True),
    Call("/api/health", "get", "Says that the server and its database answer.", told.Health),
)  # fmt: skip


@cache
def document() -> bytes:
    """The document, as JSON."""
    shapes = {shape for call in CALLS for shape in (call.answers, call.asks) if shape is not None}
    ordered = sorted(shapes, key=lambda shape: shape.__name__)
    _, components = msgspec.json.schema_components([*ordered, told.Refusal, wire.AnyEvent], ref_template=SCHEMAS + "{name}")
    (event,), _ = msgspec.json.schema_components([wire.AnyEvent], ref_template=SCHEMAS + "{name}")
    paths: dict[str, Any] = {}
    for call in CALLS:
        paths.setdefault(call.path, {})[call.method] = _operation(call)
    whole = {
        "openapi": "3.1.0",
        "info": {"title": "Từng Nhà", "version": str(wire.PROTOCOLS[-1]), "description": "How phones and the server speak: docs/wire.md"},
        "paths": paths,
        "components": {
            "schemas": _portable({**components, wire.EVENT: event}),
            "securitySchemes": {"phone": {"type": "http", "scheme": "bearer"}},
        },
    }  # fmt: skip
    return msgspec.json.encode(whole)


def _operation(call: Call) -> dict[str, Any]:
    statuses = sorted({status_of(Problem(code)) for code in call.problems} | set(call.statuses))
    operation: dict[str, Any] = {
        "operationId": call.path.rpartition("/")[2],
        "summary": call.says,
        "responses": {"200": _told(call.answers, "OK"), **{str(status): _told(told.Refusal, _why(call, status)) for status in statuses}},
    }
    if call.asks is not None:
        operation["requestBody"] = {"required": True, "content": _json(call.asks)}
    if call.with_token:
        operation["security"] = [{"phone": []}]
    return operation


def _why(call: Call, status: int) -> str:
    """The codes of an answer of this status; the words of HTTP where no code stands for it."""
    codes = [code for code in call.problems if status_of(Problem(code)) == status]
    return ", ".join(codes or [CODES.get(status, HTTPStatus(status).phrase)])


def _told(shape: Any, says: str) -> dict[str, Any]:
    ours = {"X-Tung-Nha": {"schema": {"const": "1"}, "description": "an answer without it is none of ours"}}
    return {"description": says, "headers": ours, "content": _json(shape)}


def _json(shape: Any) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": SCHEMAS + shape.__name__}}}


def _portable(schema: Any) -> Any:
    """Python's end of a text, in the patterns, is everybody's."""
    if isinstance(schema, dict):
        return {key: re.sub(r"\\Z$", "$", each) if key == "pattern" and isinstance(each, str) else _portable(each) for key, each in schema.items()}
    return [_portable(each) for each in schema] if isinstance(schema, list) else schema
