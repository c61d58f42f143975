"""The command `verify-report`: whether a frozen report's file is what was frozen, and what the journal gives."""

from pathlib import Path
from typing import Any

from fieldapp.commands import Impossible
from fieldapp.figures import proof
from fieldapp.serving import database_file, opened, reaching, settings_of
from fieldapp.store.engine import reading

# Verdict → what it means and what to do. Each sentence of both stands on its own for whoever reads only one.
SAYS = {
    proof.SAME: (
        "ĐÚNG. Dựng lại từ nhật ký đến phiếu số {sequence}, {numbers} con số khớp từng số một.",
        "RIGHT. Made again from the journal up to row {sequence}: {numbers} numbers are the same, each of them.",
    ),
    proof.CHANGED: (
        "SAI. Tệp đã bị sửa sau khi chốt. Tải lại tệp từ trang Báo cáo của xã.",
        "WRONG. The file was changed after it was frozen. Download it again from the commune's Reports page.",
    ),
    proof.FOREIGN: (
        "Chưa kiểm được: máy chủ này không giữ dữ liệu của xã trong báo cáo.",
        "Not proven: this server does not hold the data of the report's commune.",
    ),
    proof.SHORT: (
        "Chưa kiểm được: nhật ký ở đây chưa đến phiếu số {sequence}. Có lẽ máy chủ được khôi phục từ bản sao lưu cũ hơn báo cáo.",
        "Not proven: the journal here ends before row {sequence}. The server may have been restored from a backup older than the report.",
    ),
    proof.OTHER: (
        "SAI. Nhật ký ở đây không phải nhật ký đã làm ra báo cáo này: mã khóa tại phiếu số {sequence} khác.",
        "WRONG. The journal here is not the one that the report was made from: its hash at row {sequence} is another.",
    ),
    proof.BROKEN: (
        "SAI. Nhật ký ở máy chủ này không còn nguyên vẹn; chạy lệnh check để xem.",
        "WRONG. The journal of this server does not hold any more; run check.",
    ),
    proof.NOT_FROZEN: (
        "SAI. Máy chủ này chưa từng chốt một báo cáo như tệp này.",
        "WRONG. This server never froze such a report.",
    ),
    proof.ERASED: (
        "Tệp đúng là bản đã chốt, nhưng sau đó có người dân yêu cầu xóa và không tính nữa, nên vài con số không dựng lại được. Số khác:",
        "The file is the one that was frozen; but residents have since asked to be erased and not to be counted, so some can't be made again:",
    ),
    proof.UNLIKE: (
        "SAI. Nhật ký cho ra con số khác (trong báo cáo / dựng lại):",
        "WRONG. The journal gives other numbers (in the report / made again):",
    ),
}  # fmt: skip
SHOWN = """\
{commune}, {first} – {last}, số liệu đến {as_of}; {name} chốt lúc {at}.
{commune}, {first} – {last}, figures as of {as_of}; frozen by {name} at {at}."""


def verify_report(file: Path | None, data: Path | None) -> int:
    """Says what the file proves to be; 0 when every number is made again, 1 when it is not."""
    text = _read(file)
    settings = settings_of(data)
    there = database_file(settings)
    if there is not None and not there.exists():
        raise Impossible(f"Không có dữ liệu ở {there.parent}: --data DIR", f"There is no data in {there.parent}: --data DIR")
    engine = opened(settings)
    try:
        with reaching(), reading(engine) as connection:
            found = proof.proof(connection, text)
    finally:
        engine.dispose()
    if found.verdict == proof.UNREADABLE:
        raise Impossible(
            "Đây không phải tệp báo cáo đã chốt của Từng Nhà, hoặc do bản mới hơn làm ra.",
            "This is no frozen report of Từng Nhà, or one of a newer version.",
        )
    print("\n".join(_said(found)))
    return 0 if found.verdict == proof.SAME else 1


def _read(file: Path | None) -> str:
    if file is None or not file.is_file():
        raise Impossible("Cần tệp báo cáo đã chốt: verify-report FILE", "A frozen report's file is needed: verify-report FILE")
    # Bytes that are no text are no report: which of them were changed nobody can say.
    return file.read_bytes().decode("utf-8", "surrogateescape")


def _said(found: proof.Proof) -> list[str]:
    words: dict[str, Any] = {"sequence": "?", "numbers": found.numbers}
    lines = []
    if found.document is not None:
        period, frozen = found.document["period"].split("."), found.document["frozen"]
        words["sequence"] = found.document["head"]["sequence"]
        about = {"commune": found.document["commune"]["name"], "first": period[1], "last": period[2], "as_of": found.document["as_of"]}
        lines.append(SHOWN.format(**about, name=frozen["name"], at=frozen["at"]))
    return [*lines, *(each.format(**words) for each in SAYS[found.verdict]), *found.told]
