"""`python3 run.py demo`: a folder with a made-up commune, made once and served as often as one likes, and the links into it.

The database is made under another name and takes its own when it is whole: a demo that was interrupted is simply made again.
`access.json` in the folder says how to get in; it holds passwords, so only its owner may read it."""

import json
import os
import secrets
import time
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fieldapp.commands import Impossible
from fieldapp.config import Settings
from fieldapp.demo import above
from fieldapp.demo.asking import ask
from fieldapp.demo.commune import BESIDE, HERE
from fieldapp.demo.weeks import live
from fieldapp.serving import address_of, listening, making, opened, run, settings_of
from fieldapp.store import accounts, areas, commune_keys, devices, sealing
from fieldapp.store.engine import reading, scrub, writing
from fieldapp.survey.day import day_of, instant, moment
from fieldapp.survey.ids import LETTERS
from fieldapp.web.accounts.passwords import hashed
from fieldapp.web.server import utc_now

FOLDER = Path("demo-data")
HOUSEHOLDS = 400
ACCESS, DATABASE, HALF = "access.json", "tung-nha.sqlite", "being-made.sqlite"
# Left in the folder by a demo that was interrupted.
RECOVERY_KEY = "recovery-key.txt"
LEFTOVERS = ("secret", RECOVERY_KEY, HALF, f"{HALF}-wal", f"{HALF}-shm")
# Whom links are made for: the people of thôn Đồng Chợ of whom every text speaks, and who leads three other villages.
ON_PHONES = ("huong", "tuan", "binh", "tra-dong-0", "phu-van-0", "ba-che-0")
PRINTED_LINKS = 3
# Of access.json: who signs in under which name.
WHO = {"officer": HERE.officer[0], "other_officer": BESIDE.officer[0], "province": above.OFFICER[0]}


@dataclass(frozen=True)
class Access:
    """How to get into the demo. enrolment: single-use links for phones; printing: the page that prints enrolment cards."""

    base_url: str
    officer: dict[str, str]
    enrolment: list[str]
    printing: str
    other_officer: dict[str, str]
    province: dict[str, str]


def demo(data: Path | None, port: int | None, households: int | None, no_serve: bool) -> int:
    """Makes the demo in its folder (or takes the one that is there), prints the links and serves it."""
    folder = data or FOLDER
    settings = settings_of(folder)
    with listening(settings, port) as listener:
        known = kept(folder)
        if known is None:
            known = make(settings, households or HOUSEHOLDS, utc_now())
        elif households:
            print(f"Thư mục {folder} đã có xã mẫu: dùng lại. Muốn tạo lại, hãy xóa thư mục này trước.")
            print(f"The folder {folder} holds a demo already: taken as it is. To make another, delete that folder first.")
        engine = opened(settings)
        access, names = invited(settings, engine, known, address_of(listener), utc_now())
        _tell(folder, access, names)
        if not no_serve:
            run(settings, engine, listener)
        engine.dispose()
    return 0


def kept(folder: Path) -> dict[str, dict[str, str]] | None:
    """Who may sign in to the demo that the folder holds; None when there is none yet. Raises Impossible when it holds others."""
    with making(folder):
        held = {path.name for path in folder.iterdir()} if folder.exists() else set()
        if held <= set(LEFTOVERS) or (HALF in held and held <= {ACCESS, *LEFTOVERS}):
            return None
        if {ACCESS, DATABASE} <= held:
            return _passwords(folder)
    raise _foreign(folder)


def _passwords(folder: Path) -> dict[str, dict[str, str]]:
    try:
        read = json.loads((folder / ACCESS).read_text("utf-8"))
        found = {name: {key: str(read[name][key]) for key in ("username", "password")} for name in WHO}
    except (ValueError, KeyError, TypeError):
        raise _foreign(folder) from None
    if [each["username"] for each in found.values()] != list(WHO.values()):
        raise _foreign(folder)
    engine = opened(settings_of(folder))
    with reading(engine) as connection:
        communes = areas.commune_ids(connection)
    engine.dispose()
    if communes != sorted([HERE.commune_id, BESIDE.commune_id, above.COMMUNE_ID]):
        raise _foreign(folder)
    return found


def _foreign(folder: Path) -> Impossible:
    return Impossible(
        f"Thư mục {folder} chứa thứ khác, không phải xã mẫu: không đụng đến. Hãy chọn thư mục khác: --data DIR",
        f"The folder {folder} holds something else, not a demo: it was left alone. Choose another: --data DIR",
    )


def make(settings: Settings, households: int, now: str) -> dict[str, dict[str, str]]:
    """Make the demo in the settings' folder; who may sign in, with new passwords."""
    began = time.monotonic()
    print("Đang tạo xã mẫu… · Making the sample commune…", flush=True)
    with making(settings.data_folder):
        settings.data_folder.mkdir(parents=True, exist_ok=True)
        for name in (HALF, f"{HALF}-wal", f"{HALF}-shm"):
            (settings.data_folder / name).unlink(missing_ok=True)
    half = settings.data_folder / HALF
    into = replace(settings, database_url=f"sqlite:///{half.resolve().as_posix()}")
    engine = opened(into)
    may = {key: {"username": username, "password": new_password()} for key, username in WHO.items()}
    hashes = {each["username"]: hashed(each["password"], settings) for each in may.values()}
    lived = live(into, engine, date.fromisoformat(day_of(now)), households, hashes)
    _give_keys(settings, engine, now)
    above.found(engine, hashes[above.OFFICER[0]], now)
    ask(engine, now)
    scrub(engine)
    engine.dispose()
    _write(settings.data_folder, Access("", may["officer"], [], "", may["other_officer"], may["province"]))
    half.rename(settings.data_folder / DATABASE)
    seconds = round(time.monotonic() - began)
    print(f"{lived.households} hộ, {lived.people} người, {seconds} giây · households, people, seconds\n")
    return may


def _give_keys(settings: Settings, engine: Any, now: str) -> None:
    """Each commune its key, printed into a file here: a demo has no sheet in a safe."""
    printed = []
    with writing(engine) as connection:
        for commune_id in (HERE.commune_id, BESIDE.commune_id, above.COMMUNE_ID):
            key, public = sealing.new_key()
            commune_keys.keep(connection, commune_id, public, now)
            printed.append(key)
    _write_text(settings.data_folder / RECOVERY_KEY, "\n".join(printed) + "\n")


def invited(
    settings: Settings, engine: Any, may: dict[str, dict[str, str]], base_url: str, now: str
) -> tuple[Access, list[str]]:
    """Fresh enrolment links, written to access.json; with the name of each link's member."""
    expires_at = moment(instant(now) + timedelta(days=settings.enrolment_days))
    with writing(engine) as connection:
        names = {each.account_id: each.name for each in accounts.of_commune(connection, HERE.commune_id)}
        codes = [devices.new_code(connection, HERE.commune_id, account_id, expires_at) for account_id in ON_PHONES]
    links = [f"{base_url}/phone/#enrol={code[:4]}-{code[4:]}" for code in codes]
    access = Access(base_url, may["officer"], links, f"{base_url}/enrolment", may["other_officer"], may["province"])
    _write(settings.data_folder, access)
    return access, [names[account_id] for account_id in ON_PHONES]


def new_password() -> str:
    """Sixty random bits that can be read aloud: k3v9-x2m7-ap4q."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def _write(folder: Path, access: Access) -> None:
    _write_text(folder / ACCESS, json.dumps(asdict(access), ensure_ascii=False, indent=2) + "\n")


def _write_text(path: Path, text: str) -> None:
    """Readable by its owner only."""
    with making(path.parent), os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _tell(folder: Path, access: Access, names: list[str]) -> None:
    rows = [
        ("Cán bộ · Officer", f"{access.base_url}/"),
        ("", f"{access.officer['username']}  /  {access.officer['password']}"),
        ("Điện thoại · Phone", f"{access.enrolment[0]}  {names[0]}"),
        *(("", f"{link}  {name}") for link, name in list(zip(access.enrolment, names, strict=True))[1:PRINTED_LINKS]),
        ("", f"+{len(names) - PRINTED_LINKS} · {folder / ACCESS}"),
        ("In thẻ · Printing", access.printing),
        ("Xã bên · Other commune", f"{access.other_officer['username']}  /  {access.other_officer['password']}"),
        ("Tỉnh · Province", f"{access.province['username']}  /  {access.province['password']}"),
    ]  # fmt: skip
    print(f"{HERE.name} ({HERE.code}), {len(HERE.spots)} thôn · sample commune, {len(HERE.spots)} villages")
    print("\n".join(f"  {label:<24}{value}" for label, value in rows) + "\n", flush=True)
