"""An officer's tasks, each begun at the overview: what is done is done, in as many clicks as docs/officer-tasks.md says."""

import re
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from fieldapp.store import boards
from fieldapp.store.engine import writing
from fieldapp.survey.criteria import Board, Line
from tests.browser import launch
from tests.conftest import HERE, PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

MOST_CLICKS = 6
TOLD = re.compile(r"^\| ([^|`]+?) \| [^|]+ \| (\d+) \|$", re.MULTILINE)
HOA, AGAIN, BON = "Trịnh Thị Hoa", "Trịnh Thị Hoa (trùng)", "Lê Văn Bốn"


class Minh:
    """The officer at the desk. clicks: since he stood before the overview; typing, with the key that ends it, is none."""

    def __init__(self, page, address):
        self.page, self.address, self.clicks = page, address, 0

    def at_overview(self):
        self.page.goto(self.address)
        self.clicks = 0

    def click(self, role, name, within=None):
        self._counted((within or self.page.locator("main")).get_by_role(role, name=name, exact=True).first).click()

    def menu(self, name):
        self.click("link", name, self.page.get_by_role("navigation", name="Các trang"))

    def choose(self, label, option):
        self._counted(self.page.get_by_label(label, exact=True).first).select_option(label=option)

    def tick(self, role, name):
        self._counted(self.page.get_by_role(role, name=name).first).check()

    def open(self, summary, within=None):
        self._counted((within or self.page).locator("summary", has_text=summary).first).click()

    def write(self, label, text):
        self.page.get_by_label(label).first.fill(text)

    def find(self, name):
        """A household's page, by its head's name."""
        self.menu("Các hộ")
        self.page.get_by_role("searchbox").fill(name)
        self.page.keyboard.press("Enter")
        self.click("link", name)

    def paper(self, role, name):
        """A click that brings a file to print, whether the browser shows or saves it."""
        with self.page.context.expect_event("response", lambda answer: answer.headers.get("content-type") == "application/pdf") as got:
            self.click(role, name)
        assert got.value.status == 200

    def sees(self, words):
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()

    def _counted(self, locator):
        self.clicks += 1
        return locator


def who_is_left(minh):
    minh.menu("Tiến độ")
    minh._counted(minh.page.get_by_role("row", name=re.compile("Thôn Đồng Chợ")).get_by_role("link").nth(1)).click()
    minh.sees(BON)
    assert minh.page.get_by_role("link", name=HOA, exact=True).count() == 0


def return_a_visit(minh):
    minh.find(HOA)
    minh.click("link", "Trả lại, duyệt")
    minh.choose("Về câu nào (không bắt buộc)", "Internet tại nhà")
    minh.write("Cần làm lại điều gì", "Xem lại trên máy của bà")
    minh.click("button", "Trả lại để làm lại")
    minh.sees("Xem lại trên máy của bà")


def correct_a_birth_year(minh):
    minh.find(BON)
    minh.click("link", "Đính chính")
    minh.write("Năm sinh", "1966")
    minh.write("Lý do", "Theo căn cước")
    minh.click("button", "Đính chính")
    minh.sees("sinh năm 1966")


def merge_two_duplicates(minh):
    minh.find(AGAIN)
    minh.open("Việc với hộ này")
    minh.click("link", "Gộp với hộ khác")
    minh.write("Mã của hộ kia", minh.code_of_hoa)
    minh.page.keyboard.press("Enter")
    minh.write("Lý do", "Một nhà vào sổ hai lần")
    minh.click("button", "Gộp hai hộ")
    minh.sees(minh.code_of_hoa)


def settle_two_opinions(minh):
    minh.menu("Cần xem")
    minh._counted(minh.page.get_by_role("row", name=re.compile("Có hai ý kiến")).get_by_role("link").first).click()
    minh.tick("radio", re.compile("^Thông minh"))
    minh.click("button", "Chốt giá trị này")
    expect(minh.page.get_by_text("Có hai ý kiến khác nhau")).to_have_count(0)


def enter_a_reported_figure(minh):
    minh.menu("Tiêu chí")
    minh.click("link", "Bộ tiêu chí của xã")
    minh.click("link", "Bản sao chứng thực điện tử")
    minh.write("Đạt được bao nhiêu", "953")
    minh.write("trên tổng số", "1105")
    minh.write("Nguồn", "Sổ chứng thực")
    minh.click("button", "Ghi")
    minh.sees("953/1.105")


def freeze_the_quarter(minh):
    minh.menu("Báo cáo")
    minh.choose("Kỳ báo cáo", "Quý IV năm 2026")
    minh.click("button", "Xem trước")
    minh.click("button", "Chốt báo cáo")
    minh.sees("Chốt lúc")


def name_a_campaign(minh):
    minh.menu("Tiến độ")
    minh.click("link", "Các đợt ra quân")
    minh.click("link", "Thêm một đợt")
    minh.write("Tên đợt", "Ngày chuyển đổi số")
    minh.click("button", "Ghi")
    minh.sees("Đến đâu rồi")


def find_who_is_left_in_a_campaign(minh):
    minh.menu("Tiến độ")
    minh.click("link", "Đang chạy: Ngày chuyển đổi số")
    minh._counted(minh.page.get_by_role("row", name=re.compile("Thôn Đồng Chợ")).get_by_role("link").nth(1)).click()
    minh.sees(BON)


def freeze_the_campaign(minh):
    minh.menu("Tiến độ")
    minh.click("link", "Đang chạy: Ngày chuyển đổi số")
    minh.click("link", "Lập báo cáo của đợt")
    minh.click("button", "Chốt báo cáo")
    minh.sees("Chốt lúc")


def print_the_report(minh):
    minh.menu("Báo cáo")
    minh.click("link", "Quý IV năm 2026")
    minh.paper("link", "Văn bản (PDF)")


def print_sign_up_sheets(minh):
    minh.menu("In phiếu")
    minh._counted(minh.page.locator("#sheet-village")).select_option(label="Thôn Đồng Chợ")
    minh.click("button", "Chọn mã và in phiếu")
    minh.paper("button", "Mở tệp PDF để in")


def give_a_member_a_phone(minh):
    minh.menu("Tổ và máy")
    minh.click("link", "Cấp mã cho điện thoại")
    minh.tick("checkbox", re.compile("Trần Bình"))
    minh.paper("button", "Tạo mã, tải thẻ PDF để in")


def report_a_lost_phone(minh):
    minh.menu("Tổ và máy")
    minh.click("link", "Xem các điện thoại")
    minh.click("link", "Lê Thị Hường")
    minh.click("link", "Báo mất máy")
    minh.write("Mất khi nào, ở đâu, thế nào", "Rơi trên đường từ chợ về")
    minh.click("button", "Báo mất và thu hồi máy")
    minh.sees("In danh sách hộ cần đến lại")


def open_a_percentage_down_to_a_visit(minh):
    minh.click("link", "Dân số trưởng thành có điện thoại thông minh")
    minh.click("link", "Thôn Đồng Chợ")
    minh.click("link", HOA)
    visit = minh.page.get_by_role("listitem").filter(has_text="Lượt đến").filter(has_text="Thông minh")
    minh.open("Đã ghi gì lần này", visit)
    expect(visit.get_by_text("Thông minh")).to_be_visible()


TASKS = {
    "Find who is left in a village": who_is_left,
    "Open a percentage down to a visit": open_a_percentage_down_to_a_visit,
    "Return a visit with a comment on one question": return_a_visit,
    "Correct a birth year": correct_a_birth_year,
    "Settle what two visits say differently": settle_two_opinions,
    "Merge two duplicates": merge_two_duplicates,
    "Enter a reported figure": enter_a_reported_figure,
    "Freeze the quarter": freeze_the_quarter,
    "Print the report": print_the_report,
    "Name a campaign": name_a_campaign,
    "Find who is left in a campaign": find_who_is_left_in_a_campaign,
    "Freeze a campaign's report": freeze_the_campaign,
    "Print sign-up sheets for a village": print_sign_up_sheets,
    "Give a member a phone": give_a_member_a_phone,
    "Report a lost phone": report_a_lost_phone,
}


@pytest.fixture
def minh_at_desk(desk_app, communes, register, visit, clock, tmp_path):
    code = register("dong-cho", HOA)
    visit(code, people={"phone": "smartphone", "vneid": "none", "epay": ["bank"]})
    visit(code, people={"phone": "basic"}, house={"internet": "fixed"}, base=[])
    assert all(register("dong-cho", name) for name in (AGAIN, BON))
    with writing(communes) as connection:
        copies = Line("copies", "government", {"vi": "Bản sao chứng thực điện tử"}, "reported")
        own = Board("cua-xa", {"vi": "Bộ tiêu chí của xã"}, "QĐ 12/QĐ-UBND", "2026-01-05", 2026, "Xã Thiệu Trung", (copies,), 1)
        boards.publish(connection, HERE, own, own.date, "minh", clock())
    server = make_server("127.0.0.1", 0, desk_app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = launch(tmp_path / "profile", viewport={"width": 1280, "height": 900})
    minh = Minh(context.pages[0], f"http://127.0.0.1:{server.port}")
    minh.code_of_hoa = code
    minh.page.goto(f"{minh.address}/sign-in")
    minh.page.fill("[name=username]", "minh")
    minh.page.fill("[name=password]", PASSWORD)
    minh.page.click("main button")
    yield minh
    context.close()
    server.shutdown()


def test_each_is_done_in_few_clicks(minh_at_desk):
    taken = {}
    for name, task in TASKS.items():
        minh_at_desk.at_overview()
        task(minh_at_desk)
        taken[name] = minh_at_desk.clicks
    told = TOLD.findall(Path("docs/officer-tasks.md").read_text("utf-8"))
    assert max(taken.values()) <= MOST_CLICKS
    assert {name: int(clicks) for name, clicks in told} == taken
