"""The commands `backup` and `restore`: one person runs a commune's server, so each says plainly what it did and what comes next."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from fieldapp import asked_keys
from fieldapp.commands import Impossible
from fieldapp.config import MOST_BACKUP_DAYS
from fieldapp.paper import backup as making_one
from fieldapp.paper import erasures
from fieldapp.paper import restore as bringing_back
from fieldapp.serving import database_file, making, opened, reaching, settings_of
from fieldapp.store.sealed_file import BrokenFile, NewerFile
from fieldapp.store.sealing import WrongKey
from fieldapp.survey.day import instant
from fieldapp.web.server import utc_now

BACKED_UP = """\
{path}: {size} byte, {communes} xã · communes
SHA-256 {sha256}
Cất ở máy hoặc ổ khác, cùng tệp {list} nếu có. Theo luật phải xóa tệp này trước ngày {day}.
Keep it on another machine or disk, with {list} if there is one. By law this file must be deleted before {day}."""

RESTORED = """\
0 khác biệt. Chạy máy chủ: python3 run.py serve. Điện thoại sẽ tự gửi lại phiếu chưa có trong bản sao lưu.
Những gì làm trên trang sau lúc sao lưu thì không còn. Vui lòng xem lại: máy đã thu hồi, người đã cho nghỉ, mật khẩu đã đổi;
điện thoại nhận sau lúc đó phải cấp mã lại. {list}
0 differences. Start: python3 run.py serve. Phones will offer again what the backup does not hold.
What was done at the desk after the backup is gone: look again at revoked phones, people who left, changed passwords;
phones that came later need a new code. {list_en}"""
LISTED = "Danh sách xóa đã được xem.", "The list of erasures was read."
UNLISTED = (
    f"Không thấy tệp {erasures.FILE} bên cạnh: ai được xóa sau lúc sao lưu phải xóa lại, xem sổ yêu cầu.",
    f"There is no {erasures.FILE} beside it: whoever was erased after the backup must be erased again, see the register of requests.",
)
SHUT = "  {count} lần xóa không mở được bằng khóa này: vui lòng xóa lại theo sổ yêu cầu. · erasures that this key does not open: do them again."


def backup(file: Path | None, data: Path | None) -> int:
    """Writes one sealed file of all communes of this server, also while it serves; 0 when it is whole on disk."""
    if file is None or file.is_dir():
        raise Impossible("Cần tên tệp: backup FILE", "A file is needed: backup FILE")
    if file.exists():
        raise Impossible(f"Đã có tệp {file}, không ghi đè. Hãy đặt tên khác.", f"{file} is there already: choose another name.")
    settings = settings_of(data)
    there = database_file(settings)
    if there is not None and not there.exists():
        raise Impossible(f"Không có dữ liệu ở {there.parent}: --data DIR", f"There is no data in {there.parent}: --data DIR")
    engine = opened(settings)
    try:
        with making(file.parent), reaching():
            file.parent.mkdir(parents=True, exist_ok=True)
            made = making_one.backup(engine, file, utc_now())
            erasures.keep(engine, file.parent)
    except making_one.NoKey as commune:
        raise Impossible(
            f"{commune} chưa có khóa để niêm phong. Vào Quản lý, Phiếu khôi phục, làm phiếu trước.",
            f"{commune} has no key to seal to yet: make its recovery sheet at the desk first.",
        ) from None
    except making_one.NoCommune:
        raise Impossible("Máy chủ chưa có xã nào, chưa có gì để sao lưu.", "There is no commune here yet, and nothing to back up.") from None
    finally:
        engine.dispose()
    day = (instant(utc_now()) + timedelta(days=MOST_BACKUP_DAYS)).strftime("%d/%m/%Y")
    told = {"path": made.path, "size": made.size_bytes, "communes": len(made.sequences), "sha256": made.sha256}
    print(BACKED_UP.format(**told, list=erasures.FILE, day=day))
    return 0


def restore(file: Path | None, data: Path | None, key_file: Path | None) -> int:
    """Brings a backup back into an empty folder (or database); 0 when all of it is there and proven."""
    if file is None or not file.is_file():
        raise Impossible("Cần tệp sao lưu: restore FILE", "A backup file is needed: restore FILE")
    settings = settings_of(data)
    engine = opened(settings)
    try:
        if not bringing_back.is_empty(engine):
            raise _not_empty()
        with making(file), reaching():
            keys = _understood(lambda: asked_keys.keys(key_file, bringing_back.communes_in(file) if key_file is None else []))
            back = _understood(lambda: bringing_back.restore(engine, file, keys, utc_now(), [settings.backups]))
    finally:
        engine.dispose()
    for each in back:
        print(f"{each.name}: {each.sequence} phiếu, sao lưu lúc {each.at}, xóa lại {each.erased} · events, backed up at, erased again")
        if each.shut:
            print(SHUT.format(count=each.shut))
    vi, en = LISTED if erasures.listed([file.parent, settings.backups]) else UNLISTED
    print(RESTORED.format(list=vi, list_en=en))
    return 0


def _understood(work: Callable[[], Any]) -> Any:
    """What the work gives; each way in which a backup can't be brought back in plain words."""
    try:
        return work()
    except bringing_back.NotEmpty:
        raise _not_empty() from None
    except WrongKey as commune:
        raise Impossible(f"Khóa này không mở được phần của {commune}.", f"This key does not open the section of {commune}.") from None
    except BrokenFile:
        raise Impossible(
            "Tệp này hỏng, bị cắt ngắn hoặc không phải bản sao lưu. Chưa ghi gì. Hãy dùng bản khác.",
            "This file is damaged, cut short or no backup. Nothing was written. Use another one.",
        ) from None
    except NewerFile:
        raise Impossible(
            "Tệp này do bản Từng Nhà mới hơn tạo ra. Hãy cập nhật rồi khôi phục.", "This file was made by a newer version. Update first."
        ) from None
    except bringing_back.Unsound as differences:
        raise Impossible(f"Dữ liệu trong tệp không khớp, chưa ghi gì:\n{differences}", "What the file holds does not prove right.") from None


def _not_empty() -> Impossible:
    return Impossible(
        "Thư mục này đã có dữ liệu, không ghi đè. Hãy chọn thư mục trống: --data DIR",
        "There is data here already; nothing was overwritten. Choose an empty folder: --data DIR",
    )
