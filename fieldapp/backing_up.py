"""The commands `backup` and `restore`: one person runs a commune's server, so each says plainly what it did and what comes next."""

import getpass
import sys
from pathlib import Path
from typing import Any

from fieldapp.commands import Impossible
from fieldapp.paper import backup as making_one
from fieldapp.paper import restore as bringing_back
from fieldapp.serving import making, opened, settings_of
from fieldapp.store.sealed_file import BrokenFile, NewerFile
from fieldapp.store.sealing import WrongKey, read_private
from fieldapp.web.server import utc_now

ASKED = "Khóa trên phiếu khôi phục của {name} · Key of the recovery sheet: "


def backup(file: Path | None, data: Path | None) -> int:
    """Writes one sealed file of all communes of this server, also while it serves; 0 when it is whole on disk."""
    if file is None:
        raise Impossible("Cần tên tệp: backup FILE", "A file is needed: backup FILE")
    engine = opened(settings_of(data))
    try:
        with making(file.parent):
            file.parent.mkdir(parents=True, exist_ok=True)
            made = making_one.backup(engine, file, utc_now())
    except making_one.NoKey as commune:
        raise Impossible(
            f"{commune} chưa có khóa để niêm phong. Vào Quản lý, Phiếu khôi phục, làm phiếu trước.",
            f"{commune} has no key to seal to yet: make its recovery sheet at the desk first.",
        ) from None
    finally:
        engine.dispose()
    print(f"{made.path}: {made.size_bytes} byte, {len(made.sequences)} xã · communes\nSHA-256 {made.sha256}")
    return 0


def restore(file: Path | None, data: Path | None, key_file: Path | None) -> int:
    """Brings a backup back into an empty folder (or database); 0 when all of it is there and proven."""
    if file is None or not file.is_file():
        raise Impossible("Cần tệp sao lưu: restore FILE", "A backup file is needed: restore FILE")
    engine = opened(settings_of(data))
    try:
        if not bringing_back.is_empty(engine):
            raise Impossible(
                "Thư mục này đã có dữ liệu, không ghi đè. Hãy chọn thư mục trống: --data DIR",
                "There is data here already; nothing was overwritten. Choose an empty folder: --data DIR",
            )
        keys = _keys(file, key_file)
        back = _restored(engine, file, keys)
    finally:
        engine.dispose()
    for each in back:
        print(f"{each.name}: {each.sequence} phiếu, sao lưu lúc {each.at}, xóa lại {each.erased} · events, backed up at, erased again")
    print("0 khác biệt. Chạy máy chủ: python3 run.py serve. Điện thoại sẽ tự gửi lại phiếu chưa có trong bản sao lưu.")
    print("0 differences. Start: python3 run.py serve. Phones will offer again what the backup does not hold.")
    return 0


def _restored(engine: Any, file: Path, keys: list[Any]) -> list[bringing_back.Restored]:
    try:
        return bringing_back.restore(engine, file, keys, utc_now())
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


def _keys(file: Path, key_file: Path | None) -> list[Any]:
    """The private keys: of the given file, one a line, else typed at the terminal, one for each commune of the backup."""
    try:
        if key_file is not None:
            with making(key_file):
                texts = [line for line in key_file.read_text("utf-8").splitlines() if line.strip()]
        else:
            texts = [getpass.getpass(ASKED.format(name=name)) for name in bringing_back.communes_in(file)]
        return [read_private(text) for text in texts]
    except WrongKey:
        raise Impossible(
            "Khóa gõ chưa đúng: có chữ sai, thiếu hoặc thừa. Xem lại từng nhóm trên phiếu.", "The key was mistyped: check each group on the sheet."
        ) from None
    except (BrokenFile, NewerFile):
        raise Impossible("Tệp này không phải bản sao lưu của Từng Nhà.", "This file is no backup of ours.") from None
    except EOFError:
        print(file=sys.stderr)
        raise Impossible("Chưa có khóa.", "No key was given.") from None
