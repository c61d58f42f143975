"""How a refusal reaches people and phones: one table from kinds to statuses, one page for every kind of error.

Only `Refused`, Flask's own HTTP errors and a database that can't work now (full, locked, gone: nothing was taken) are answered here;
anything else is our bug and becomes the 500 page.
"""

import logging
from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from fieldapp.store.engine import DatabaseDown
from fieldapp.survey.problems import PROBLEMS, Problem, Refused
from fieldapp.web.limits import wait_seconds
from fieldapp.web.words import problem_words

logger = logging.getLogger(__name__)

RETRY_SECONDS = 60
STATUS = {
    "malformed": 400,
    "unknown_device": 401,
    "forbidden": 403,
    "unknown": 404,
    "used": 409,
    "gone": 410,
    "too_large": 413,
    "held": 422,
    "file": 422,
}

# What happened, and what to do next: an officer reads both.
PAGES = {
    400: (later("Không đọc được yêu cầu"), later("Vui lòng quay lại trang trước và thử lại.")),
    403: (later("Không có quyền làm việc này"), later("Tài khoản này không được làm việc này. Vui lòng hỏi cán bộ phụ trách.")),
    404: (later("Không có trang này"), later("Địa chỉ có thể đã gõ nhầm, hoặc nội dung không thuộc phạm vi của tài khoản này.")),
    405: (later("Không mở được trang này như vậy"), later("Vui lòng quay lại trang trước và thử lại.")),
    413: (later("Nội dung gửi lên quá lớn"), later("Vui lòng gửi ít hơn trong một lần.")),
    429: (later("Đã thử quá nhiều lần"), later("Vui lòng đợi rồi thử lại.")),
    500: (later("Máy chủ gặp lỗi"), later("Dữ liệu đã lưu vẫn còn. Vui lòng thử lại; nếu vẫn lỗi, hãy báo người phụ trách.")),
    503: (
        later("Máy chủ tạm thời chưa lưu được"),
        later("Lần gửi này chưa được nhận. Vui lòng thử lại sau ít phút; nếu vẫn vậy, hãy báo người phụ trách: ổ đĩa của máy chủ có thể đã đầy."),
    ),
}
# What a phone is told of the errors that no room below speaks of.
CODES = {404: "not_found", 405: "not_found", 413: "too_large", 429: "too_many_requests", 500: "server_down", 503: "not_written"}
EXPIRED_FORM = (
    later("Biểu mẫu đã hết hiệu lực"),
    later("Trang này mở từ phiên làm việc trước nên chưa lưu gì. Vui lòng mở lại trang và làm lại."),
)


def status_of(problem: Problem) -> int:
    """The HTTP status that says this kind of problem."""
    return STATUS[PROBLEMS[problem.code]]


def install(app: Flask) -> None:
    """Answers refusals and errors of the application: as JSON under /api/, as a page elsewhere."""
    app.register_error_handler(Refused, _refusal)
    app.register_error_handler(RateLimitExceeded, _limited)
    app.register_error_handler(CSRFError, lambda error: (_page(*EXPIRED_FORM), 400))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DatabaseDown, _database_down)


def _refusal(refused: Refused) -> tuple[Any, int]:
    problem, status = refused.problem, status_of(refused.problem)
    if not request.path.startswith("/api/"):
        return _page(str(problem_words(problem.code)), PAGES[400][1]), status
    answer = jsonify(
        problem={"code": problem.code, "where": problem.where, "details": problem.details},
        message=str(problem_words(problem.code)),
    )
    return answer, status


def _limited(error: RateLimitExceeded) -> Response:
    seconds = wait_seconds()
    advice = _("Vui lòng thử lại sau %(minutes)s phút.", minutes=-(-seconds // 60))
    response = app_answer(429, advice)
    response.headers["Retry-After"] = str(seconds)
    return response


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return app_answer(error.code)


def _database_down(error: DatabaseDown) -> Response:
    logger.error("nothing was taken: %s", error.orig)
    response = app_answer(503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def app_answer(status: int, advice: str | None = None) -> Response:
    """The answer for an HTTP status: a page with what to do next, or its JSON twin for a phone."""
    title, usual_advice = PAGES.get(status, PAGES[500] if status >= 500 else PAGES[400])
    if request.path.startswith("/api/"):
        problem = {"code": CODES.get(status, "wrong_shape"), "where": "", "details": {}}
        response = jsonify(problem=problem, message=f"{title}. {advice or usual_advice}")
    else:
        response = Response(_page(title, advice or usual_advice), mimetype="text/html")
    response.status_code = status
    return response


def _page(title: Any, advice: Any) -> str:
    return render_template("error.html", title=title, advice=advice)
