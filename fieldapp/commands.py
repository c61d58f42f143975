"""Every command of `python3 run.py …`, in one table: its name, its arguments, what it does in both languages, and where it lives.

Functions are named, not imported: `lock` must run where half of the packages are missing, and `--help` at once.
`docs/commands.md` tells the same in prose; a test holds both equal."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_HOUSEHOLDS, FEWEST_HOUSEHOLDS = 10_000, 20
MOST_OF_PROVINCE = 1_500_000
BENCHES = ("sync", "figures", "roster", "phone")
# Whatever else was typed.
REST = "…"


class Impossible(Exception):
    """A command can't be carried out as asked; in plain words: what is so, and what to do."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


@dataclass(frozen=True, slots=True)
class Argument:
    """name: `--port`, or without dashes for a word by its place; value: what stands for its value in --help, None for a switch;
    read: makes the value of the text, ValueError with the words why when it can't."""

    name: str
    value: str | None
    vi: str
    en: str
    read: Callable[[str], Any] = str


@dataclass(frozen=True, slots=True)
class Command:
    """function: `module:function`, called with its arguments by name, giving the exit code."""

    name: str
    function: str
    vi: str
    en: str
    arguments: tuple[Argument, ...] = ()


def whole(fewest: int, most: int) -> Callable[[str], int]:
    """Reads a whole number within bounds."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and fewest <= int(text) <= most):
            raise ValueError(f"{fewest}–{most}")
        return int(text)

    return read


def bench(text: str) -> str:
    if text not in BENCHES:
        raise ValueError(", ".join(BENCHES))
    return text


PORT = Argument("--port", "N", "cổng; 0: cổng trống bất kỳ", "port; 0: any free one", whole(0, 65_535))
DATA = Argument("--data", "DIR", "thư mục dữ liệu", "folder of the data", Path)
KEY_FILE = Argument(
    "--key-file", "FILE", "tệp chứa khóa của phiếu khôi phục; không có thì hỏi", "file with the recovery sheet's key; else asked for", Path
)

COMMANDS = (
    Command(
        "serve", "fieldapp.serving:serve", "chạy máy chủ trên máy này (cũng là khi không gõ lệnh nào)",
        "serves on this machine (also without any command)", (DATA, PORT),
    ),
    Command(
        "demo", "fieldapp.demo.links:demo", "một xã mẫu đủ dữ liệu trong thư mục riêng, rồi chạy máy chủ",
        "a whole commune with sample data in a folder of its own, and serves it",
        (
            DATA,
            PORT,
            Argument(
                "--households", "N", f"số hộ, {FEWEST_HOUSEHOLDS} đến {MOST_HOUSEHOLDS}; 400 nếu không ghi",
                f"households, {FEWEST_HOUSEHOLDS} to {MOST_HOUSEHOLDS}; 400 when not given",
                whole(FEWEST_HOUSEHOLDS, MOST_HOUSEHOLDS),
            ),
            Argument("--no-serve", None, "chỉ tạo dữ liệu, không chạy máy chủ", "only makes it, does not serve"),
        ),
    ),
    Command(
        "backup", "fieldapp.backing_up:backup", "ghi một tệp sao lưu niêm phong, kể cả khi máy chủ đang chạy",
        "writes one sealed backup file, also while serving", (Argument("file", "FILE", "tệp sao lưu", "the backup's file", Path), DATA),
    ),
    Command(
        "restore", "fieldapp.backing_up:restore", "khôi phục bản sao lưu vào thư mục trống", "brings a backup back into an empty folder",
        (Argument("file", "FILE", "tệp sao lưu", "the backup's file", Path), DATA, KEY_FILE),
    ),
    Command(
        "take-in", "fieldapp.taking_in:take_in", "nhận tệp bàn giao của một điện thoại, kể cả khi máy chủ đang chạy",
        "takes in a phone's hand-over file, also while serving",
        (Argument("file", "FILE", "tệp bàn giao", "the hand-over file", Path), DATA, KEY_FILE),
    ),
    Command(
        "invite", "fieldapp.inviting:invite", "cấp mã để một cán bộ quên mật khẩu chọn mật khẩu mới",
        "a code by which an officer who forgot the password chooses another",
        (Argument("username", "USERNAME", "tên đăng nhập của cán bộ", "the officer's username"), DATA),
    ),
    Command(
        "found", "fieldapp.founding:found", "lập thêm một xã (mã 5 số) hoặc một tỉnh (mã 2 số) trên máy chủ này, mời cán bộ đầu tiên",
        "one more commune (code of 5 digits) or a province (2 digits) on this server, and an invitation for its first officer",
        (
            Argument("code", "CODE", "mã đơn vị hành chính", "code of the administrative unit"),
            Argument("name", "NAME", "họ tên cán bộ", "the officer's name"),
            DATA,
        ),
    ),
    Command(
        "package", "fieldapp.packaging:package", "ghi gói số liệu tháng có chữ ký của xã, để gửi tỉnh",
        "writes the commune's signed package of monthly figures, for its province",
        (
            Argument("file", "FILE", "tệp gói", "the package's file", Path),
            Argument("--commune", "CODE", "mã xã, khi máy chủ có nhiều xã", "code of the commune, where there are several"),
            DATA,
        ),
    ),
    Command(
        "take-package", "fieldapp.packaging:take_package", "tỉnh nhận gói số liệu tháng của một xã ở máy chủ riêng",
        "takes in a commune's package, at its province",
        (
            Argument("file", "FILE", "tệp gói", "the package's file", Path),
            Argument("--key", "CODE", "mã khóa của xã, khi nhận lần đầu", "the code of the commune's key, the first time"),
            DATA,
        ),
    ),
    Command(
        "check", "fieldapp.checking:check", "nhật ký nguyên vẹn và dựng lại từ đầu ra đúng như đang có",
        "the journal's chain holds and a rebuild equals what there is", (DATA,),
    ),
    Command(
        "verify-report", "fieldapp.verifying:verify_report", "dựng lại một báo cáo đã chốt từ nhật ký, so từng con số",
        "makes a frozen report again from the journal and compares each number",
        (Argument("file", "FILE", "tệp báo cáo (JSON)", "the report's file (JSON)", Path), DATA),
    ),
    Command(
        "bench", "fieldapp.checking:bench", "đo tốc độ, mỗi số đo bên cạnh mức sàn của nó",
        "the speed figures, each beside its floor",
        (
            Argument("which", "|".join(BENCHES), "chỉ một phép đo", "only one of them", bench),
            Argument(
                "--households", "N", "số hộ của tỉnh mẫu, cho `figures`; 30000 nếu không ghi",
                "households of its province, for `figures`; 30000 when not given", whole(FEWEST_HOUSEHOLDS, MOST_OF_PROVINCE),
            ),
            Argument("--json", "FILE", "ghi các dòng kết quả vào tệp", "writes the rows to a file", Path),
        ),
    ),
    Command(
        "soak", "fieldapp.soak.soak:soak", "phá ngẫu nhiên điện thoại, mạng và máy chủ, rồi đếm xem có mất hay trùng gì không",
        "random faults against phones, network and server, then counts what was lost or counted twice",
        (
            Argument("--minutes", "N", "chạy bao nhiêu phút; 1 nếu không ghi", "how many minutes; 1 when not given", whole(1, 1440)),
            Argument("--seed", "S", "cùng số thì cùng sự cố", "the same one makes the same faults", whole(0, 2**31)),
            Argument("--rounds", "N", "đúng bấy nhiêu vòng", "exactly so many rounds", whole(1, 100_000)),
            Argument("--json", "FILE", "ghi kết quả vào tệp", "writes the result to a file", Path),
        ),
    ),
    Command(
        "test", "fieldapp.checking:test", "chạy mọi kiểm thử (run.py cài thêm công cụ kiểm thử)",
        "every test (run.py brings the test tools)", (Argument("arguments", REST, "chuyển cho pytest", "handed to pytest"),),
    ),
    Command(
        "gallery", "fieldapp.gallery.gallery:gallery", "chụp mọi trang và màn hình, hai ngôn ngữ, điện thoại và máy tính",
        "pictures of every page and screen, both languages, phone and desktop widths",
        (Argument("folder", "DIR", "thư mục để ảnh", "folder for the pictures", Path),),
    ),
    Command(
        "training-pictures", "fieldapp.gallery.training:training_pictures", "chụp lại các màn hình cho tờ hướng dẫn tập",
        "takes the pictures of the training sheet anew",
    ),
    Command(
        "kills", "fieldapp.kills.kills:kills", "giết trình duyệt và máy chủ thật giữa chừng, rồi đếm xem có mất lượt đến nào",
        "kills a real browser and server in the middle of their work, then counts whether any visit is lost",
        (
            Argument("--rounds", "N", "số vòng; 200 nếu không ghi", "rounds; 200 when not given", whole(1, 100_000)),
            Argument("--seed", "S", "số gieo của kế hoạch; 1 nếu không ghi", "the plan's seed; 1 when not given", whole(0, 1_000_000_000)),
            Argument("--json", "FILE", "ghi kết quả vào tệp", "writes the result to a file", Path),
        ),
    ),
    Command("words", "fieldapp.checking:words", "cập nhật danh mục bản dịch", "brings the catalogues of translations up to date"),
    Command(
        "questionnaire", "fieldapp.checking:questionnaire", "dịch phiếu khảo sát (XLSForm) sang JSON",
        "compiles the questionnaires (XLSForm) to JSON",
    ),
    Command(
        "lock", "fieldapp.locking:lock", "khóa lại phiên bản các gói", "locks the versions of the packages",
        (Argument("--upgrade", None, "lấy bản mới nhất", "takes the newest versions"),),
    ),
    Command("vendor", "fieldapp.vendoring:vendor", "tải lại thư viện của điện thoại", "fetches the phone's libraries again"),
)  # fmt: skip
