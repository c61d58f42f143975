"""The command `take-in`: a phone's hand-over file taken in at the server itself, by whoever holds the recovery sheet."""

from pathlib import Path
from typing import Any

from fieldapp import asked_keys
from fieldapp.commands import Impossible
from fieldapp.intake import handover
from fieldapp.serving import database_file, making, opened, reaching, settings_of
from fieldapp.store import areas
from fieldapp.store.engine import Engine, reading
from fieldapp.survey.problems import Problem, Refused
from fieldapp.web.server import utc_now

SEEN = """\
Máy {device} của {member}, tệp làm lúc {made_at}: {events} phiếu, {known} đã có. Mã phiếu khôi phục: {sheet}.
Phone {device} of {member}, made at {made_at}: {events} events, {known} known. Code of the recovery sheet: {sheet}."""
TAKEN = """\
Đã nhận. Mới, đã tính: {stored}. Đã có từ trước: {known}. Giữ lại để xem: {held}. Dở, chưa lưu: {drafts} hộ.
Taken in. New and counted: {stored}. Known: {known}. Held: {held}. Begun and not saved: {drafts} households."""
DAMAGED = """\
{count} phiếu hỏng, không mở được: số {numbers}. Lưu lại tệp từ điện thoại rồi nhận thêm lần nữa.
{count} events are damaged and do not open: number {numbers}. Make the file again on the phone and take it in once more."""
WHY = {
    "handover_unreadable": ("Đây không phải tệp bàn giao của Từng Nhà. Chưa nhận gì.", "This is no hand-over file. Nothing was taken."),
    "handover_damaged": (
        "Tệp bị cắt ngắn hoặc hỏng trên đường gửi. Chưa nhận gì. Lưu lại tệp từ điện thoại.",
        "The file is cut short or damaged. Nothing was taken. Make it again on the phone.",
    ),
    "handover_newer": ("Tệp do ứng dụng mới hơn máy chủ làm ra. Hãy cập nhật máy chủ.", "The file is of a newer version. Update the server first."),
    "handover_too_large": ("Tệp quá lớn. Chưa nhận gì.", "The file is too large. Nothing was taken."),
    "handover_commune": ("Tệp này là của xã khác. Chưa nhận gì.", "The file is of a commune that is not here. Nothing was taken."),
    "key_of_another_sheet": (
        "Khóa này là của phiếu khôi phục khác. Chưa nhận gì. Tìm phiếu có mã ở trên.",
        "The key is of another recovery sheet. Nothing was taken. Find the one with the code above.",
    ),
}


def take_in(file: Path | None, data: Path | None, key_file: Path | None) -> int:
    """Takes in what opens and says what became of it; 1 when a part of the file was damaged."""
    if file is None or not file.is_file():
        raise Impossible("Cần tệp bàn giao: take-in FILE", "A hand-over file is needed: take-in FILE")
    settings = settings_of(data)
    there = database_file(settings)
    if there is not None and not there.exists():
        raise Impossible(f"Không có dữ liệu ở {there.parent}: --data DIR", f"There is no data in {there.parent}: --data DIR")
    with making(file), file.open("rb") as opening:
        content = opening.read(handover.MOST_BYTES + 1)
    engine = opened(settings)
    try:
        with reaching():
            return _taken_in(engine, content, key_file)
    except Refused as refused:
        raise Impossible(*WHY[refused.problem.code]) from None
    finally:
        engine.dispose()


def _taken_in(engine: Engine, content: bytes, key_file: Path | None) -> int:
    read = handover.read(content)
    with reading(engine) as connection:
        if read.commune not in areas.commune_ids(connection):
            raise Refused(Problem("handover_commune", "file"))
        name, before = areas.commune(connection, read.commune).name, handover.before(connection, read.commune, read)
    print(SEEN.format(**_told(before)))
    key = handover.data_key(read, asked_keys.keys(key_file, [name]))
    taken = handover.take_in(engine, read.commune, read, key, utc_now())
    stored, known, held = taken.numbers
    print(TAKEN.format(stored=stored, known=known, held=held, drafts=len(taken.drafts)))
    if taken.damaged:
        print(DAMAGED.format(count=len(taken.damaged), numbers=", ".join(str(n) if n else "?" for n in sorted(taken.damaged))))
    return 1 if taken.damaged else 0


def _told(before: handover.Before) -> dict[str, Any]:
    file = before.file
    return {
        "device": file.device[:8], "member": before.member or "?", "made_at": file.made_at, "events": len(file.events), "known": before.known,
        "sheet": file.key.for_,
    }  # fmt: skip
