"""Who is signed in, and what exists for them: what a person may not see is answered 404, like what is not there.

An officer sees everything of one commune, a leader the villages they are assigned to, a province officer what is told of its communes. Members
work on the phone and have no password here.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, abort, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user

from fieldapp.store import access, accounts
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import day_of
from fieldapp.web import waiting
from fieldapp.web.server import server

# Who works with households on the web.
DESK_ROLES = ("officer", "leader")
# Who sees a commune's figures; an auditor sees journal heads and the access log beside them, and nobody's name.
FIGURE_ROLES = (*DESK_ROLES, "auditor")
# Whoever has a place at the desk at all. A province sees what was told of its communes, and nothing of what this was made of.
SIGN_IN_ROLES = (*FIGURE_ROLES, "province")
# Who looks after a tenant of this server: its people, its recovery sheet, its backups.
KEEPERS = ("officer", "province")

manager = LoginManager()


@dataclass(frozen=True, slots=True)
class Signed(UserMixin):
    """The signed-in person; their account as the store has it at this request."""

    account: accounts.Account

    def get_id(self) -> str:
        """Names the account in the session. Its end changes with the password: a new password ends the old sessions."""
        seal = hashlib.sha256(str(self.account.password_hash).encode()).hexdigest()[:16]
        return "|".join((self.account.commune_id, self.account.account_id, seal))

    @property
    def commune_id(self) -> str:
        return self.account.commune_id

    @property
    def name(self) -> str:
        return self.account.name

    @property
    def role(self) -> str:
        return self.account.role


def may_sign_in(account: accounts.Account | None) -> bool:
    """Whether this account has a place at the desk."""
    return account is not None and account.active and account.role in SIGN_IN_ROLES


def let_in(account: accounts.Account) -> None:
    """Begins this person's session in the browser; whatever session was there before is over."""
    session.clear()
    session.permanent = True
    login_user(Signed(account))


@manager.user_loader
def signed(session_id: str) -> Signed | None:
    """The person whom a session names; None when the account is gone, was closed or has another password since."""
    commune_id, _, rest = session_id.partition("|")
    with reading(server().engine) as connection:
        account = accounts.by_id(connection, commune_id, rest.partition("|")[0])
    if account is None or not may_sign_in(account):
        return None
    person = Signed(account)
    return person if person.get_id() == session_id else None


@manager.unauthorized_handler
def to_sign_in() -> Any:
    """Asks who is there, and remembers where they were going."""
    return redirect(url_for("sign_in.form", next=request.full_path.rstrip("?")))


def signed_in(view: Any = None, *, roles: tuple[str, ...] = DESK_ROLES) -> Any:
    """Lets a view be opened by these roles only; for other signed-in people it does not exist. While the commune's figures are made again they are
    told so instead."""

    def guarded(view: Any) -> Any:
        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return manager.unauthorized()
            if current_user.role not in roles:
                abort(404)
            # A province sees what was told it, and nothing that is being made again.
            waits = None if current_user.role == "province" else waiting.page(current_user.commune_id)
            return view(*args, **kwargs) if waits is None else waits

        answer.roles = roles  # type: ignore[attr-defined]
        return answer

    return guarded(view) if view else guarded


def villages_seen(connection: Any) -> set[str] | None:
    """Ids of the villages whose households exist for the signed-in person; None: all of the commune."""
    return seen_by(connection, current_user.account, day_of(server().clock()))


def seen_by(connection: Any, account: accounts.Account, day: str) -> set[str] | None:
    """As `villages_seen`, of anybody with a place at the desk."""
    if account.role in ("officer", "auditor"):
        return None
    return accounts.villages_of(connection, account.commune_id, account.account_id, day)


def require_village(connection: Any, village_id: str | None) -> None:
    """Answers 404 unless this village is one that the signed-in person sees."""
    seen = villages_seen(connection)
    if seen is not None and village_id not in seen:
        abort(404)


def note_reading(page: str, households: Iterable[str], others: int = 0) -> None:
    """Write into the access log that the signed-in person was shown these households (ids) on this kind of page, and so many others who
    are in no book yet."""
    here, account = server(), current_user.account
    with writing(here.engine) as connection:
        access.record(connection, account.commune_id, account.account_id, page, households, request.remote_addr, here.clock(), others)


def no_nul() -> None:
    """What holds a NUL is nothing's name: PostgreSQL can't even be asked for it."""
    if request.blueprint == "api":
        return  # judged text by text in intake
    asked = (request.path, *(value for part in (request.args, request.form) for _, value in part.items(multi=True)))
    if any("\0" in each for each in asked):
        abort(404)


def install(app: Flask) -> None:
    """Keeps sign-ins of the application."""
    app.before_request(no_nul)
    manager.init_app(app)
