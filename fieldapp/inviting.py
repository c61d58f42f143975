"""The command `invite`: the way back in for an officer whose password nobody knows any more. Whoever runs the server may use it, as they
may set the commune up; the account stays the same, and so does everything that was done under it."""

from datetime import timedelta
from pathlib import Path

from fieldapp.commands import Impossible
from fieldapp.serving import database_file, opened, reaching, settings_of
from fieldapp.store import accounts, areas, invitations
from fieldapp.store.accounts import Account
from fieldapp.store.engine import Engine, reading, writing
from fieldapp.survey.day import instant, moment
from fieldapp.web.server import utc_now

HOURS = 1

INVITED = """\
{name} ({username}): mở trang /invited của máy chủ, gõ mã {code} rồi chọn mật khẩu mới. Mã dùng một lần, trong {hours} giờ.
{name} ({username}): open the server's page /invited, type the code {code} and choose a new password. It works once, within {hours} hour."""


def invite(username: str | None, data: Path | None) -> int:
    """Prints a code by which an officer chooses a new password; without a username, of the only officer there is."""
    settings = settings_of(data)
    there = database_file(settings)
    if there is not None and not there.exists():
        raise Impossible(f"Không có dữ liệu ở {there.parent}: --data DIR", f"There is no data in {there.parent}: --data DIR")
    engine = opened(settings)
    try:
        with reaching():
            officer = _officer(engine, username)
            until = moment(instant(utc_now()) + timedelta(hours=HOURS))
            with writing(engine) as connection:
                code = invitations.invite(connection, officer.commune_id, officer.account_id, until)
    finally:
        engine.dispose()
    print(INVITED.format(name=officer.name, username=officer.username, code=f"{code[:4]}-{code[4:]}", hours=HOURS))
    return 0


def _officer(engine: Engine, username: str | None) -> Account:
    with reading(engine) as connection:
        everybody = [each for commune_id in areas.commune_ids(connection) for each in accounts.of_commune(connection, commune_id)]
    officers = {each.username: each for each in everybody if each.username and each.role == "officer" and each.active}
    if username is None and len(officers) == 1:
        return next(iter(officers.values()))
    found = officers.get(username.strip().casefold()) if username else None
    if found is None:
        names = ", ".join(sorted(map(str, officers))) or "–"
        raise Impossible(f"Cần tên đăng nhập của một cán bộ xã: {names}", f"The username of an officer is needed: {names}")
    return found
