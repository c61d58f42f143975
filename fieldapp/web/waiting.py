"""What the desk of a commune says while its figures are made again for a new version: how far that is, and nothing else. Phones don't wait: they
are answered as ever (store/remaking.py)."""

from datetime import timedelta

from flask import Response, render_template, request

from fieldapp.store import roll, shape
from fieldapp.store.engine import reading
from fieldapp.survey.day import instant, moment
from fieldapp.web import recounting
from fieldapp.web.jobs import jobs
from fieldapp.web.server import server

ASK_AGAIN_SECONDS = 3


def page(commune_id: str) -> Response | None:
    """The page that says so, after which the commune is the next one; None when there is nothing to wait for."""
    here = server()
    with reading(here.engine) as connection:
        if shape.is_whole(connection, commune_id):
            return None
    jobs().put_once(recounting.JOB, commune_id)
    with reading(here.engine) as connection:
        at = shape.made_to(connection, commune_id)
        if at is None:  # where nobody sits beside the server it was made just now
            return None
        done, all = roll.how_far(connection, commune_id, at)
        communes = shape.how_many(connection)
    seconds = recounting.seconds_left(commune_id, done / all if all else 0.0)
    ready = None if seconds is None else moment(instant(here.clock()) + timedelta(seconds=seconds))
    answer = Response(render_template("waiting.html", done=done, all=all, communes=communes, ready=ready, sent=request.method != "GET"), 503)
    answer.headers["Retry-After"] = str(ASK_AGAIN_SECONDS)
    if request.method == "GET":
        answer.headers["Refresh"] = str(ASK_AGAIN_SECONDS)
    return answer
