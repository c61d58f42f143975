"""Bodies that phones or others send: gzip, too large, bombs, broken. Each is answered with its problem, and marked as ours."""

import gzip
import json
import time
import tracemalloc

import pytest

from fieldapp.survey.problems import PROBLEMS
from fieldapp.web.problems import STATUS

TOKEN = {"Authorization": "Bearer thieu-trung.phone.token"}
MIB = 1024**2


def send(app, body, **headers):
    return app.test_client().post("/api/sync", data=body, headers={**TOKEN, **headers})


def test_every_problem_has_a_status():
    assert {kind for kind in PROBLEMS.values()} <= set(STATUS)


def test_an_answer_is_marked_as_ours_and_never_kept(app):
    answer = send(app, b"{}")
    assert answer.headers["X-Tung-Nha"] == "1" and answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "body, headers, code",
    [
        (b"{", {}, "not_json"),
        (b"[]", {}, "wrong_shape"),
        (gzip.compress(b"{", mtime=0), {"Content-Encoding": "gzip"}, "not_json"),
        (b"no gzip", {"Content-Encoding": "gzip"}, "bad_compression"),
        (gzip.compress(b"{}" * 1000, mtime=0)[:-9], {"Content-Encoding": "gzip"}, "bad_compression"),
        (gzip.compress(b"{}", mtime=0) + b"more", {"Content-Encoding": "gzip"}, "bad_compression"),
        (b"{}", {"Content-Encoding": "br"}, "bad_compression"),
    ],
)
def test_what_can_not_be_read_is_refused(app, body, headers, code):
    answer = send(app, body, **headers)
    assert answer.status_code == 400 and answer.json["problem"]["code"] == code


def test_a_phone_without_a_token_is_unknown(app):
    answer = app.test_client().post("/api/sync", json={})
    assert answer.status_code == 401 and answer.json["problem"]["code"] == "unknown_device"


def test_a_body_of_20_megabytes_is_too_large(app):
    answer = send(app, b"x" * (20 * MIB))
    assert answer.status_code == 413 and answer.json["problem"]["code"] == "too_large" and answer.headers["X-Tung-Nha"] == "1"


def test_a_gzip_of_20_megabytes_is_too_large(app):
    answer = send(app, gzip.compress(b" " * (20 * MIB)), **{"Content-Encoding": "gzip"})
    assert answer.status_code == 413 and answer.json["problem"]["code"] == "too_large"


def test_a_gzip_bomb_is_stopped_early(app):
    bomb = gzip.compress(gzip.compress(b"\0" * (64 * MIB)) * 0 + b"\0" * (400 * MIB), 9)
    tracemalloc.start()
    began = time.perf_counter()
    answer = send(app, bomb, **{"Content-Encoding": "gzip"})
    taken_s, (_now, peak_bytes) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 413 and peak_bytes < 40 * MIB and taken_s < 2


def test_a_wrong_address_under_the_api_is_answered_as_json(app):
    answer = app.test_client().get("/api/nothing")
    assert answer.status_code == 404 and answer.json["problem"]["code"] == "not_found"


def test_health_says_that_the_database_answers(app):
    assert app.test_client().get("/api/health").json == {"status": "ok"}


def test_json_of_many_levels_is_refused_not_crashed_on(app):
    assert send(app, json.dumps("[" * 100_000).encode()[1:-1]).status_code == 400
