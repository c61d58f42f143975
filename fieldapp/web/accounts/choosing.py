"""Choosing a username and a password, the same wherever it is done: what was typed is kept, what is wrong is said at its field."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from fieldapp.store import accounts
from fieldapp.survey.text import nfc

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
SHORTEST, LONGEST = 10, 200
MOST_LETTERS = 120


def name_of(typed: Mapping[str, str], field: str = "name") -> str:
    """The name that was typed, in NFC, with single spaces."""
    return " ".join(nfc(typed.get(field, "")).split())


def username_of(typed: Mapping[str, str]) -> str:
    """The username that was typed, in small letters: keyboards of phones begin with a capital."""
    return typed.get("username", "").strip().casefold()


def name_problem(name: str) -> str | None:
    if not name or not any(character.isalpha() for character in name):
        return _("Vui lòng ghi họ và tên.")
    return _("Họ tên quá dài.") if len(name) > MOST_LETTERS else None


def username_problem(connection: Any, username: str) -> str | None:
    """What is wrong with a new username; None when it can be taken."""
    if not USERNAME.fullmatch(username):
        return _("Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, số, dấu chấm hoặc gạch. Ví dụ: minh.thieutrung")
    return _("Tên đăng nhập này đã có người dùng. Vui lòng chọn tên khác.") if accounts.username_taken(connection, username) else None


def password_problems(typed: Mapping[str, str], username: str) -> dict[str, str]:
    """Field → what is wrong with the new password; empty when it can be taken."""
    password, again = typed.get("password", ""), typed.get("again", "")
    if len(password) < SHORTEST:
        return {"password": _("Mật khẩu cần ít nhất %(count)s ký tự. Một câu ngắn dễ nhớ là tốt nhất.", count=SHORTEST)}
    if len(password) > LONGEST:
        return {"password": _("Mật khẩu quá dài.")}
    if len(set(password)) < 4 or (username and username in password.casefold()):
        return {"password": _("Mật khẩu này quá dễ đoán.")}
    return {"again": _("Hai lần gõ chưa giống nhau.")} if password != again else {}
