"""Every kind of sheet that bears a code, in one table: each is printed, rendered at 150 dpi, and every code on it is read and measured in
millimetres. A place in the code that draws a code and stands in no line here fails."""

import ast
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from fieldapp.store import accounts, areas
from fieldapp.store.accounts import Account
from fieldapp.store.engine import writing
from fieldapp.store.tables import account
from tests.browser import launch
from tests.conftest import HERE
from tests.web.printer import codes, printed, sizes_mm, spilt

SOURCE = Path(__file__).resolve().parents[2] / "fieldapp"
LINKS = ("sign-up", "vneid", "public-services", "vneid-android", "vneid-iphone")
LONGEST = "Đồng Chợ Thượng và xóm mới tái định cư ven bờ Nam Sông Chu"
NAME = "Nguyễn Thị Phương Thảo Nguyên Tôn Nữ"
MEMBERS = ["huong", "tuan", "binh", "m0", "m1", "m2", "m3"]


@dataclass(frozen=True)
class Kind:
    """One kind of sheet. drawn: the function that draws its code; ask(browser, minh) gives the printed file; codes: how many on each page;
    begins: with what a code's text begins; side_mm, module_mm: of the smallest code, never less."""

    drawn: str
    ask: Callable[[Any, Any], bytes]
    codes: tuple[int, ...]
    begins: tuple[str, ...]
    side_mm: float
    module_mm: float
    paper_mm: tuple[int, int] = (210, 297)


def file_at(path: str) -> Callable[[Any, Any], bytes]:
    return lambda _browser, minh: minh.get(path).data


def page_at(path: str) -> Callable[[Any, Any], bytes]:
    return lambda browser, minh: printed(browser, minh, path)


def file_after(path: str, **form: Any) -> Callable[[Any, Any], bytes]:
    return lambda _browser, minh: minh.post(path, form, page=path).data


def page_after(path: str, form_at: str, **form: Any) -> Callable[[Any, Any], bytes]:
    """A page that is shown once, as the answer to a form."""
    return lambda browser, minh: printed(browser, minh, path, minh.post(path, form, page=form_at))


def sheet_kinds() -> dict[str, Kind]:
    """Both designs on both sizes, as page and as file. On a poster of two codes they are twice as large."""
    shapes = {
        ("poster", "A4", 2): ((2,), 66.0), ("poster", "A4", 5): ((4, 1), 46.0),
        ("poster", "A5", 2): ((2,), 45.0), ("poster", "A5", 5): ((4, 1), 28.0),
        ("handout", "A4", 5): ((5,), 31.0), ("handout", "A5", 5): ((3, 2), 30.0),
    }  # fmt: skip
    found = {}
    for (design, size, count), (on_pages, side_mm) in shapes.items():
        for made, suffix in (("page", ""), ("file", ".pdf")):
            path = f"/printing/sheets{suffix}?chosen=1&village=dong-cho&design={design}&size={size}"
            path += "".join(f"&link={each}" for each in LINKS[:count])
            laid = "_below" if (design, count) == ("poster", 5) else "_beside"
            drawn = "web/printing/sheets.py _sheet_code" if made == "page" else f"paper/sheet_pdf.py {laid}"
            ask = page_at(path) if made == "page" else file_at(path)
            paper_mm = (210, 297) if size == "A4" else (148, 210)
            found[f"{design} {size} {count} {made}"] = Kind(drawn, ask, on_pages, ("http",), side_mm, 0.75, paper_mm)
    return found


ENROL = ("http://localhost/phone/#enrol=",)
KINDS = {
    "door cards page": Kind("web/printing/sheets.py _door_code", page_at("/printing/door-cards?village="), (6, 1, 1), ("CNS1:",), 28.5, 1.3),
    "door cards file": Kind("paper/door_cards.py _card", file_at("/printing/door-cards.pdf?village="), (6, 1, 1), ("CNS1:",), 28.5, 1.3),
    "enrolment page": Kind("web/teams/enrolment.py _card", page_after("/enrolment", "/enrolment", account=MEMBERS), (6, 1), ENROL, 35, 0.9),
    "enrolment file": Kind("paper/enrolment_cards.py _card", file_after("/enrolment", account=MEMBERS, pdf="1"), (6, 1), ENROL, 35, 0.9),
    "invitation": Kind(
        "web/accounts/people.py card_of", page_after("/office/people", "/office/people", name="Cao Thị Lụa", new="h0th0h0th0", role="officer"), (1,),
        ("http://localhost/invited#code=",), 35, 0.9,
    ),
    "recovery sheet": Kind("web/office/first_days.py recovery_sheet", page_after("/office/key", "/office/key"), (1,), ("",), 40, 1.0),
    **sheet_kinds(),
}  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    context = launch(str(tmp_path_factory.mktemp("printer")), headless=True)
    yield context
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("kind", KINDS)
def test_every_code_of_this_kind_is_read_at_150_dpi_and_large_enough(kind, minh, communes, register, browser):
    with writing(communes) as connection:
        for number in range(4):
            accounts.add(connection, Account(HERE, f"m{number}", f"Trịnh Thị Số {number}", "member"))
    for village in ["dong-cho"] * 7 + ["phu-van"]:
        register(village, "Nguyễn Thị Phương Thảo Nguyên")
    meant = KINDS[kind]
    paper = meant.ask(browser, minh)
    found = codes(paper)
    assert tuple([each.page for each in found].count(page) for page in range(len(sizes_mm(paper)))) == meant.codes, found
    assert len({each.text for each in found}) == sum(meant.codes) and all(each.text.startswith(meant.begins) for each in found)
    assert set(sizes_mm(paper)) == {meant.paper_mm}
    for each in found:
        assert each.side_mm >= max(25, meant.side_mm) and each.module_mm >= meant.module_mm and each.has_its_quiet_zone, each


@pytest.mark.browser
def test_the_longest_names_stand_on_every_page_whole(minh, communes, register, browser):
    with writing(communes) as connection:
        areas.describe_village(connection, HERE, "dong-cho", LONGEST, "thon", False)
        long = update(account).where(account.c.commune_id == HERE, account.c.account_id.in_(("huong", "tuan")))
        connection.execute(long.values(name=NAME, phone="+84912345678"))
    register("dong-cho", "Nguyễn Thị Phương Thảo Nguyên")
    found = {"doors": spilt(browser, minh, "/printing/door-cards?village=dong-cho")}
    for (design, size), count in itertools.product(itertools.product(("poster", "handout"), ("A4", "A5")), (2, 4)):
        path = f"/printing/sheets?chosen=1&village=dong-cho&design={design}&size={size}&person=huong&person=tuan&text={'Chiến dịch ' * 8}"
        found[design, size, count] = spilt(browser, minh, path + "".join(f"&link={each}" for each in LINKS[:count]))
    found["members"] = spilt(browser, minh, "/enrolment", minh.post("/enrolment", {"account": ["huong", "tuan"]}, page="/enrolment"))
    invited = minh.post("/office/people", {"name": NAME, "new": "h0th0h0th0", "role": "officer"}, page="/office/people")
    found["invited"] = spilt(browser, minh, "/office/people", invited)
    assert invited.status_code == 200
    assert {name: those for name, those in found.items() if those} == {}


def test_every_place_that_draws_a_code_stands_in_the_table():
    drawing = {
        f"{path.relative_to(SOURCE).as_posix()} {function.name}"
        for room in ("web", "paper") for path in sorted((SOURCE / room).glob("**/*.py"))
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function) if isinstance(call, ast.Call) and _draws(call.func)
    }  # fmt: skip
    assert drawing == {each.drawn for each in KINDS.values()}


def _draws(called: ast.expr) -> bool:
    return (isinstance(called, ast.Name) and called.id == "svg") or (isinstance(called, ast.Attribute) and called.attr in ("qr", "svg"))
