"""Door cards of many doors are a file that is made beside the pages: how far it is, given up, fetched, forgotten; of nobody but who asked for it."""

import io
import re
import tracemalloc
import zipfile

import pypdfium2
import pytest

from fieldapp.bench.commune import COMMUNE, founded
from fieldapp.store import access, areas, made_files
from fieldapp.store.engine import reading, writing
from fieldapp.store.made_files import MadeFile
from fieldapp.web import made, made_cards, printing
from tests.conftest import HERE

DOORS = {"dong-cho": 7, "phu-van": 1}


@pytest.fixture
def doors(register, monkeypatch):
    """Eight doors in two villages, which are many here."""
    monkeypatch.setattr(printing, "MOST_AT_ONCE", 5)
    return {village: [register(village, f"Trịnh Thị {number}") for number in range(count)] for village, count in DOORS.items()}


@pytest.fixture
def queue(desk_app):
    """The jobs, none of which begins before the test says so."""
    queue = desk_app.extensions["jobs"]
    queue.huey.immediate = False
    return queue


def asked(browser, **form):
    answer = browser.post("/printing/door-cards", form, page="/printing/door-cards")
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def cards(answer):
    """File → the codes on its cards."""
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        files = {name: pypdfium2.PdfDocument(packed.read(name)) for name in packed.namelist()}
        texts = {name: "".join(page.get_textpage().get_text_range() for page in each) for name, each in files.items()}
    return {name: sorted(set(re.findall(r"15835-0\d-\d{4}(?=\s)", text))) for name, text in texts.items()}


def test_what_an_address_says_beside_is_carried_on_and_nothing_else_is_made_of_it(minh, doors):
    answer = minh.get("/printing/door-cards.pdf?village=dong-cho&endpoint=x&_method=y")
    assert (answer.status_code, answer.location) == (302, "/printing/door-cards?village=dong-cho&endpoint=x&_method=y")


def test_every_door_is_in_its_villages_file_and_all_are_said(minh, doors):
    assert minh.get("/printing/door-cards.pdf").headers["Location"].endswith("/printing/door-cards")
    assert "Làm tệp để in" in minh.get("/printing/door-cards").text
    page = asked(minh)
    assert "Đã xong đủ 8 thẻ" in minh.get(page).text and "đã xong" in minh.get("/printing").text
    file = minh.get(f"{page}/file")
    assert 'filename="the-ho.zip"' in file.headers["Content-Disposition"]
    assert cards(file) == {"03 Thôn Đồng Chợ.pdf": doors["dong-cho"], "05 Thôn Phú Văn.pdf": doors["phu-van"]}


def test_few_doors_stay_a_plain_file(minh, doors):
    assert minh.get("/printing/door-cards.pdf?village=phu-van").mimetype == "application/pdf"
    assert "Mở tệp PDF để in" in minh.get("/printing/door-cards?village=phu-van").text


def test_a_leader_gets_the_doors_of_their_villages(tuan, doors):
    assert cards(tuan.get(f"{asked(tuan)}/file")) == {"03 Thôn Đồng Chợ.pdf": doors["dong-cho"]}
    assert tuan.post("/printing/door-cards", {"village": "phu-van"}, page="/printing/door-cards").status_code == 404


def test_a_leader_of_a_village_that_became_part_of_another_gets_its_doors(tuan, doors, communes):
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "dong-cho", "phu-van", "2026-11-10")
    page = asked(tuan)
    assert "Đã xong đủ 7 thẻ" in tuan.get(page).text
    assert list(cards(tuan.get(f"{page}/file")).values()) == [doors["dong-cho"]]


def test_it_is_nobody_elses(minh, tuan, lan, doors):
    page = asked(minh)
    for browser in (tuan, lan):
        assert {browser.get(page).status_code, browser.get(f"{page}/file").status_code, browser.post(f"{page}/stop").status_code} == {404}


def test_whose_card_it_holds_stands_in_the_access_log(minh, doors, communes):
    asked(minh)  # from the page that shows all eight
    with reading(communes) as connection:
        log, _ = access.readings(connection, HERE, account_id="minh", page="card")
    assert sorted(each.shown for each in log) == [1, 7, 8]


def test_it_says_how_far_it_is_and_can_be_given_up(minh, doors, queue, monkeypatch):
    page = asked(minh)
    assert "0 trên 8 thẻ" in minh.get(page).text and minh.get(page).headers["Refresh"] == "2"
    seen = []
    write = made_cards.door_cards.pdf

    def pdf(leaves, now, said):
        def and_look(done):
            seen.append(done)
            if len(seen) == 2:
                assert "6 trên 8 thẻ" in minh.get(page).text
                minh.post(f"{page}/stop", page=page)
            said(done)

        return write(leaves, now, and_look)

    monkeypatch.setattr(made_cards.door_cards, "pdf", pdf)
    queue.huey.execute(queue.huey.dequeue())
    assert len(seen) == 2 and "Đã dừng giữa chừng" in minh.get(page).text and minh.get(f"{page}/file").status_code == 404


def test_what_went_wrong_is_said(minh, doors, monkeypatch):
    monkeypatch.setattr(made_cards.door_cards, "pdf", lambda *about: 1 / 0)
    page = asked(minh)
    assert "Chưa làm được tệp" in minh.get(page).text and "chưa làm được" in minh.get("/printing").text


def test_one_cut_off_by_a_killed_server_has_ended_and_left_nothing(minh, doors, queue, desk_app):
    page = asked(minh)
    here = desk_app.extensions["fieldapp"]
    folder = here.settings.data_folder / made.FOLDER
    folder.mkdir(exist_ok=True)
    (folder / f"{page.rpartition('/')[2]}{made.HALF}").write_bytes(b"PK")
    made.cut_off(here)
    assert "Đã dừng giữa chừng" in minh.get(page).text and list(folder.iterdir()) == []
    queue.huey.execute(queue.huey.dequeue())
    assert minh.get(f"{page}/file").status_code == 404


def test_after_a_day_it_is_gone(minh, doors, desk_app, clock):
    page = asked(minh)
    here = desk_app.extensions["fieldapp"]
    clock.tick(hours=23)
    made.forget(here)
    assert len(list((here.settings.data_folder / made.FOLDER).iterdir())) == 1
    clock.tick(hours=2)
    made.forget(here)
    assert list((here.settings.data_folder / made.FOLDER).iterdir()) == []
    assert minh.get(page).status_code in (302, 404)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_more_villages_need_no_more_memory(engine, desk_app):
    founded(engine, 6, 360)
    here = desk_app.extensions["fieldapp"]

    def peak_bytes(villages):
        file = MadeFile(str(villages), "officer", "", made.DOOR_CARDS, {"villages": villages, "since": None, "address": None}, 0, made_files.MAKING)
        tracemalloc.start()
        try:
            with (here.settings.data_folder / "cards").open("wb") as target:
                made_cards.write(here, COMMUNE, file, target, lambda done: None)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak_bytes(["village-1"])  # what is loaded once
    assert peak_bytes(None) < 1.1 * peak_bytes(["village-1"])
