"""How often something may be tried: signing in, and enrolment codes, are what somebody would guess at.

Kept in memory: the server is one process, and forgetting the counts at a restart harms nobody.
Only failures are counted: a whole village signs in and enrols behind one address of the commune's office.
"""

import time
from collections.abc import Callable
from typing import Any

from flask import Flask, Response
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

View = Callable[..., Any]

limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")


def install(app: Flask) -> None:
    """Lets the limits below count for this application, from zero."""
    limiter.init_app(app)


def failed(response: Response) -> bool:
    """Whether this answer says that the try was wrong: a right one is answered 200 (JSON) or by going on (302)."""
    return response.status_code >= 400


def account_tried() -> str:
    """The signed-in person whose password is asked for once more."""
    return "account:" + "|".join((current_user.commune_id, current_user.account.account_id))


def everybody() -> str:
    """One count for all callers together."""
    return "everybody"


def wait_seconds() -> int:
    """Seconds until the caller may try again; at least one."""
    current = limiter.current_limit
    return max(1, round(current.reset_at - time.time())) if current else 60


def sign_in_limits(username: Callable[[], str]) -> Callable[[View], View]:
    """30 failures in 15 minutes from one address, 8 for one username: one account can't be guessed at from many addresses."""
    by_address = limiter.limit("30 per 15 minutes", methods=["POST"], deduct_when=failed)
    by_username = limiter.limit("8 per 15 minutes", methods=["POST"], key_func=lambda: "username:" + username(), deduct_when=failed)
    return lambda view: by_address(by_username(view))


def password_limits(view: View) -> View:
    """8 failures in 15 minutes for the signed-in person: who finds a browser left open does not guess at its password."""
    return limiter.limit("8 per 15 minutes", methods=["POST"], key_func=account_tried, deduct_when=failed)(view)


def enrolment_limits(view: View) -> View:
    """60 failures in 15 minutes from one address, where a whole commune's team types codes in one hall; 600 an hour from everybody.

    A code has 40 random bits: at 600 tries an hour, with 1,000 codes open, a hit is to be expected after 200 years."""
    by_address = limiter.limit("60 per 15 minutes", methods=["POST"], deduct_when=failed)
    together = limiter.limit("600 per hour", methods=["POST"], key_func=everybody, deduct_when=failed)
    return by_address(together(view))


def sign_up_limits(view: View) -> View:
    """30 sent in 15 minutes from one address (a hall's one network), 600 an hour from everybody: this form is open to the world."""
    by_address = limiter.limit("30 per 15 minutes", methods=["POST"])
    together = limiter.limit("600 per hour", methods=["POST"], key_func=everybody)
    return by_address(together(view))
