"""The training sheet: one A4 page by which a new member practises alone, six steps with pictures of the real screens.

A commune's server has no browser, so the pictures are kept in static/training; `python3 run.py training-pictures` takes them anew, and
whoever changes one of these screens runs it. They are of the place to practise in, so no picture shows anybody."""

from pathlib import Path

from fieldapp.paper.pdf import BRAND, LINE, SOFT, WHITE, Paper

TITLE = "Tập dùng Từng Nhà trong 10 phút"
HOW = "Hộ trong chỗ tập không có thật: cứ bấm thử, không phiếu nào được gửi hay được tính."
FOOT = "Không bao giờ hỏi số căn cước, mật khẩu, mã OTP, số tài khoản. Người dân không muốn trả lời thì thôi."
WIDTH_PX, HEIGHT_PX = 360, 740
# (picture, what it is, what to do)
STEPS = (
    ("start", "1. Vào chỗ tập", "Mở trang Từng Nhà, bấm “Tập trước, chưa cần mã”. Đã đăng ký: “Vào chỗ tập” ở danh sách hộ hoặc “Gửi và nhận”."),
    ("list", "2. Chọn một nhà", "Dải vàng trên cùng: đang tập. Bấm nhà “Nguyễn Văn Tập”, rồi “Bắt đầu lượt đến”. Ngoài thật thì quét thẻ treo cửa."),
    ("outcome", "3. Bấm kết quả", "Gặp nhà: “Bắt đầu lượt đến”, đọc to, xin đồng ý. Không ai ở nhà: “Không hỏi được”, “Vắng nhà”, chọn ngày."),
    ("person", "4. Hỏi từng người", "Mỗi câu một chạm. Ai thiếu gì thì giúp ngay: bấm “Hỗ trợ” dưới câu đó, ghi xong, hẹn hay không muốn."),
    ("summary", "5. Đọc lại, lưu", "Đọc lại cho chủ nhà nghe. Đúng rồi bấm “Lưu lượt đến”. Lỡ tay thì sửa ở ngay đây."),
    ("waiting", "6. Cho gửi", "Mất mạng vẫn làm được: phiếu chờ trong máy. Bấm “Bật mạng” để có mạng lại, chờ hiện “Đã gửi hết”."),
)  # fmt: skip
MARGIN_MM, GAP_MM, HEAD_MM, FOOT_MM = 10.0, 4.0, 24.0, 9.0
COLUMNS, ROWS = 3, 2
PICTURE_MM = 43.0


def picture(folder: Path, name: str) -> Path:
    """The file of a picture. folder: static/training."""
    return folder / f"{name}.png"


def pdf(folder: Path, place: str, address: str, now: str) -> bytes:
    """The sheet as a file to print. place: the commune, in words; address: where the app is opened."""
    paper = Paper(TITLE, now)
    paper.add_page()
    width, height = 210 - 2 * MARGIN_MM, 297 - 2 * MARGIN_MM
    paper.block(MARGIN_MM, MARGIN_MM, width, HEAD_MM, BRAND, 3)
    x, inside = MARGIN_MM + 5, width - 10
    below = paper.one_line(f"{place} · {address}", x, MARGIN_MM + 2, inside, 10, bold=True, ink=WHITE)
    below = paper.one_line(TITLE, x, below, inside, 19, bold=True, ink=WHITE)
    paper.one_line(HOW, x, below, inside, 9.5, ink=WHITE)
    across = (width - GAP_MM * (COLUMNS - 1)) / COLUMNS
    down = (height - HEAD_MM - FOOT_MM - GAP_MM * ROWS) / ROWS
    for number, (name, title, words) in enumerate(STEPS):
        row, column = divmod(number, COLUMNS)
        left, top = MARGIN_MM + column * (across + GAP_MM), MARGIN_MM + HEAD_MM + GAP_MM + row * (down + GAP_MM)
        _step(paper, folder, (name, title, words), left, top, across, down)
    paper.one_line(FOOT, MARGIN_MM, 297 - MARGIN_MM - FOOT_MM + 3, width, 10, bold=True, ink=BRAND, align="C")
    return paper.finished()


def _step(paper: Paper, folder: Path, step: tuple[str, str, str], x: float, y: float, width: float, height: float) -> None:
    name, title, words = step
    paper.frame(x, y, width, height, LINE, 0.3, 2.5)
    below = paper.one_line(title, x + 3, y + 1.5, width - 6, 12.5, bold=True, ink=BRAND) + 0.5
    high = PICTURE_MM * HEIGHT_PX / WIDTH_PX
    left = x + (width - PICTURE_MM) / 2
    paper.image(picture(folder, name), left, below, PICTURE_MM, high)
    paper.frame(left, below, PICTURE_MM, high, SOFT, 0.3)
    paper.fitted(words, x + 3, below + high + 1.5, width - 6, ((9.5, 5), (9, 5), (8.5, 6)))
