"""The commands `package` and `take-package`: a commune's months carried to its province, and what the province makes of them."""

from pathlib import Path

from fieldapp.commands import Impossible
from fieldapp.figures.months import keep_up
from fieldapp.intake import packages
from fieldapp.paper.package import NothingTold
from fieldapp.paper.package import package as made
from fieldapp.serving import database_file, making, opened, reaching, settings_of
from fieldapp.store import provinces
from fieldapp.store.areas import Commune
from fieldapp.store.engine import Connection, Engine, writing
from fieldapp.survey.day import day_of
from fieldapp.survey.problems import Refused
from fieldapp.web.formats import sheet_code
from fieldapp.web.server import utc_now

MOST_BYTES = 64 * 1024 * 1024

WRITTEN = """\
{path}: {commune}, số liệu đến tháng {month}. Mã khóa của xã: {key} (lần đầu, đọc cho cán bộ tỉnh qua điện thoại).
{path}: {commune}, figures to {month}. Code of the commune's key: {key} (the first time, read it to the province by telephone)."""
TAKEN = """\
Đã nhận gói của {commune}: đến tháng {month}, {months} tháng mới. {changed} tháng khác lần trước.
Taken in: {commune}, to {month}, {months} new months. {changed} months differ from what was told before."""
WHY = {
    "package_unreadable": ("Đây không phải gói số liệu của Từng Nhà.", "This is no package."),
    "package_newer": ("Gói do máy chủ mới hơn làm ra. Hãy cập nhật máy chủ này.", "The package is of a newer version. Update this server first."),
    "package_changed": ("Gói đã bị sửa hoặc hỏng: chữ ký không khớp. Chưa nhận gì.", "The package was changed or damaged: nothing was taken in."),
    "package_unfit": ("Chữ ký đúng nhưng nội dung không đúng quy cách. Chưa nhận gì.", "Rightly signed, wrongly made: nothing was taken in."),
    "package_province": ("Gói của xã thuộc tỉnh khác. Chưa nhận gì.", "The package is of another province's commune. Nothing was taken in."),
    "package_hosted": ("Xã này ở ngay trên máy chủ này. Không cần nhận gói.", "The commune is on this server: there is nothing to take in."),
    "package_known": ("Gói này đã nhận rồi.", "The package was taken in before."),
    "package_older": ("Gói này cũ hơn gói đã nhận của xã. Chưa nhận gì.", "The package is older than the one that counts. Nothing was taken in."),
    "package_key": (
        "Khóa của xã chưa được xác nhận, hoặc đã đổi. Gọi cho xã {commune}, hỏi mã khóa, rồi: --key “{key}” nếu đúng là mã ấy.",
        "The commune's key is not confirmed, or changed. Telephone {commune}, ask for its code, then: --key “{key}” if it is that one.",
    ),
}  # fmt: skip


def package(file: Path | None, commune: str | None, data: Path | None) -> int:
    """Writes the package of the commune; 0 when it is written."""
    if file is None or file.is_dir():
        raise Impossible("Cần tên tệp: package FILE", "A file is needed: package FILE")
    engine, now = _engine(data), utc_now()
    try:
        with reaching(), writing(engine) as connection:
            of = _commune(connection, commune)
            keep_up(connection, of.commune_id, day_of(now))
            new = made(connection, of.commune_id, now)
        with making(file.parent):
            file.write_bytes(new.content)
    except NothingTold:
        raise Impossible(
            "Xã chưa có số liệu tháng nào: tháng đầu có sau khi hết tháng năm ngày.", "No month was told yet: the first is, five days after its end."
        ) from None
    finally:
        engine.dispose()
    key = sheet_code(packages.fingerprint(new.public_key))
    print(WRITTEN.format(path=file, commune=of.name, month=f"{new.month[5:]}/{new.month[:4]}", key=key))
    return 0


def take_package(file: Path | None, key: str | None, data: Path | None) -> int:
    """Takes the package in at its province; 0 when it stands."""
    if file is None or not file.is_file():
        raise Impossible("Cần tệp gói số liệu: take-package FILE", "A package is needed: take-package FILE")
    with making(file), file.open("rb") as opening:
        content = opening.read(MOST_BYTES)
    words = {"commune": "", "key": ""}
    engine = _engine(data)
    try:
        read = packages.read(content)
        words = {"commune": read.about.commune.name, "key": sheet_code(read.fingerprint)}
        with reaching(), writing(engine) as connection:
            province = next((each for each in provinces.everybody(connection) if provinces.is_province(each)), None)
            if province is None:
                raise Impossible("Máy chủ này chưa có tỉnh: found CODE NAME trước.", "There is no province here: found CODE NAME first.")
            confirmed = "".join(letter for letter in key.lower() if letter.isalnum()) if key else None
            taken = packages.take_in(connection, "", province, read, confirmed, utc_now())
    except Refused as refused:
        vi, en = WHY[refused.problem.code]
        raise Impossible(vi.format(**words), en.format(**words)) from None
    finally:
        engine.dispose()
    month = read.about.month
    print(TAKEN.format(commune=words["commune"], month=f"{month[5:]}/{month[:4]}", months=taken.months, changed=len(taken.changed)))
    return 0


def _engine(data: Path | None) -> Engine:
    settings = settings_of(data)
    there = database_file(settings)
    if there is not None and not there.exists():
        raise Impossible(f"Không có dữ liệu ở {there.parent}: --data DIR", f"There is no data in {there.parent}: --data DIR")
    return opened(settings)


def _commune(connection: Connection, code: str | None) -> Commune:
    every = [each for each in provinces.everybody(connection) if not provinces.is_province(each)]
    found = [each for each in every if code in (None, each.code)]
    if len(found) != 1:
        codes = ", ".join(each.code for each in every) or "–"
        raise Impossible(f"Cần mã xã: package FILE --commune CODE ({codes})", f"The commune's code is needed: package FILE --commune CODE ({codes})")
    return found[0]
