"""The command `found`: one more commune on this server, or the province whose officers see its communes' figures. Whoever runs the server may do
it, as they may set the first commune up; whom they name chooses a password by the code that is printed."""

import os
from datetime import timedelta
from pathlib import Path

from fieldapp.commands import Impossible
from fieldapp.serving import opened, reaching, settings_of
from fieldapp.store import accounts, areas, invitations, provinces
from fieldapp.store.accounts import Account
from fieldapp.store.areas import Commune
from fieldapp.store.engine import Connection, writing
from fieldapp.survey.communes import COMMUNES, PROVINCES, VALID_FROM
from fieldapp.survey.day import instant, moment
from fieldapp.survey.ids import RANDOM_BYTES, uuid7
from fieldapp.web.server import utc_now

DAYS = 7
LONGEST_NAME = 80

FOUNDED = """\
{place}: {name} mở trang /invited của máy chủ, gõ mã {code} rồi chọn tên đăng nhập và mật khẩu. Mã dùng một lần, trong {days} ngày.
{place}: {name} opens the server's page /invited, types the code {code} and chooses a username and a password. It works once, within {days} days.
Việc đầu tiên sau khi đăng nhập: Quản lý, Phiếu khôi phục, in phiếu. · First thing then: Quản lý, Phiếu khôi phục, print the sheet."""


def found(code: str | None, name: str | None, data: Path | None) -> int:
    """Founds the place where it is not here yet, and prints the code for its officer; 0 when it is done."""
    code, name = (code or "").strip(), " ".join((name or "").split())
    if code not in COMMUNES and code not in PROVINCES:
        raise Impossible("Cần mã xã (5 số) hoặc mã tỉnh (2 số): found CODE NAME", "The code of a commune or a province is needed: found CODE NAME")
    if not 2 <= len(name) <= LONGEST_NAME:
        raise Impossible("Cần họ tên cán bộ: found CODE NAME", "The officer's name is needed: found CODE NAME")
    engine = opened(settings_of(data))
    try:
        with reaching(), writing(engine) as connection:
            place, officer = _founded(connection, code, name)
            until = moment(instant(utc_now()) + timedelta(days=DAYS))
            invitation = invitations.invite(connection, place.commune_id, officer.account_id, until)
    finally:
        engine.dispose()
    print(FOUNDED.format(place=place.name, name=name, code=f"{invitation[:4]}-{invitation[4:]}", days=DAYS))
    return 0


def _founded(connection: Connection, code: str, name: str) -> tuple[Commune, Account]:
    place = next((each for each in provinces.everybody(connection) if each.code == code), None)
    if place is not None and not provinces.is_province(place):
        raise Impossible(
            f"{place.name} đã có ở đây. Cán bộ của xã mời thêm người ở trang Ai được đăng nhập.",
            f"{place.name} is here already: its officers invite others on the page Ai được đăng nhập.",
        )
    if place is None:
        place = _new(code)
        areas.found_commune(connection, place, VALID_FROM)
    officer = Account(place.commune_id, _id(), name, "province" if provinces.is_province(place) else "officer")
    accounts.add(connection, officer)
    return place, officer


def _new(code: str) -> Commune:
    if code in PROVINCES:
        return Commune(_id(), code, PROVINCES[code], PROVINCES[code], _id())
    listed = COMMUNES[code]
    return Commune(_id(), code, listed.name, listed.province, _id())


def _id() -> str:
    return uuid7(int(instant(utc_now()).timestamp() * 1000), os.urandom(RANDOM_BYTES))
