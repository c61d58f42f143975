"""Door cards of many doors are a file that is made beside the pages: how far it is, given up, fetched, forgotten; of nobody but who asked for it."""

import io
import re
import tracemalloc
import zipfile

import pypdfium2
import pytest
from sqlalchemy import update

from fieldapp.bench.commune import COMMUNE, founded
from fieldapp.store import access, accounts, areas, made_files
from fieldapp.store.engine import reading, writing
from fieldapp.store.made_files import MadeFile
from fieldapp.store.tables import account
from fieldapp.web.jobs import Jobs
from fieldapp.web.printing import made_cards, made_job, sheets
from tests.conftest import HERE, TODAY

DOORS = {"dong-cho": 7, "phu-van": 1}


@pytest.fixture
def doors(register, monkeypatch):
    """Eight doors in two villages, which are many here."""
    monkeypatch.setattr(sheets, "MOST_AT_ONCE", 5)
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
    folder = here.settings.data_folder / made_job.FOLDER
    folder.mkdir(exist_ok=True)
    (folder / f"{page.rpartition('/')[2]}{made_job.HALF}").write_bytes(b"PK")
    made_job.cut_off(here, Jobs(here.settings))
    assert "Chưa làm được tệp. Vui lòng làm lại" in minh.get(page).text and list(folder.iterdir()) == []
    queue.huey.execute(queue.huey.dequeue())
    assert minh.get(f"{page}/file").status_code == 404


def test_after_a_day_it_is_gone(minh, doors, desk_app, clock):
    page = asked(minh)
    here = desk_app.extensions["fieldapp"]
    clock.tick(hours=23)
    made_job.forget(here, desk_app.extensions["jobs"])
    assert len(list((here.settings.data_folder / made_job.FOLDER).iterdir())) == 1
    clock.tick(hours=2)
    made_job.forget(here, desk_app.extensions["jobs"])
    assert list((here.settings.data_folder / made_job.FOLDER).iterdir()) == []
    assert minh.get(page).status_code in (302, 404)


@pytest.fixture
def change(communes):
    """Changes an account of the commune."""

    def change(who, **values):
        with writing(communes) as connection:
            connection.execute(update(account).where(account.c.commune_id == HERE, account.c.account_id == who).values(**values))

    return change


def gone(browser, page):
    assert {browser.get(page).status_code, browser.get(f"{page}/file").status_code, browser.post(f"{page}/stop").status_code} == {404}
    assert page not in browser.get("/printing").text
    return True


def test_who_lost_the_village_since_gets_no_file_of_it(tuan, doors, communes):
    page = asked(tuan)
    assert tuan.get(f"{page}/file").status_code == 200
    with writing(communes) as connection:
        accounts.withdraw(connection, HERE, "tuan", "dong-cho", TODAY[:10])
        accounts.assign(connection, HERE, "tuan", "phu-van", TODAY[:10])
    assert gone(tuan, page)


def test_an_officer_who_leads_a_team_from_now_on_has_no_file_of_the_whole_commune(minh, doors, change):
    page = asked(minh)
    change("minh", role="leader")
    assert gone(minh, page)


def test_who_lost_the_right_while_it_waited_has_none_made(tuan, minh, doors, queue, communes, stored):
    page = asked(tuan)
    with writing(communes) as connection:
        accounts.withdraw(connection, HERE, "tuan", "dong-cho", TODAY[:10])
    queue.huey.execute(queue.huey.dequeue())
    assert stored(made_files.by_id, page.rpartition("/")[2]).state == "stopped"


def erase(minh, code):
    form = {"typed": code, "counted": "0", "reason": "Theo đơn của gia đình"}
    assert minh.post(f"/households/{code}/erase", form, page=f"/households/{code}/erase").status_code == 303


def test_an_erasure_takes_the_files_away_that_were_made_of_the_book_before(minh, doors, desk_app):
    page = asked(minh)
    erase(minh, doors["dong-cho"][2])
    assert "Tệp đã xóa, vì" in minh.get(page).text and minh.get(f"{page}/file").status_code == 404
    assert list((desk_app.extensions["fieldapp"].settings.data_folder / made_job.FOLDER).iterdir()) == []
    assert minh.get(f"{asked(minh)}/file").status_code == 200


def test_one_that_was_half_made_when_somebody_was_erased_is_not_finished(minh, doors, queue, desk_app, monkeypatch):
    page = asked(minh)
    write = made_cards.door_cards.pdf

    def pdf(*about):
        monkeypatch.setattr(made_cards.door_cards, "pdf", write)
        erase(minh, doors["dong-cho"][2])
        return write(*about)

    monkeypatch.setattr(made_cards.door_cards, "pdf", pdf)
    queue.huey.execute(queue.huey.dequeue())
    assert "Tệp đã xóa, vì" in minh.get(page).text and minh.get(f"{page}/file").status_code == 404
    assert list((desk_app.extensions["fieldapp"].settings.data_folder / made_job.FOLDER).iterdir()) == []


def test_one_that_could_not_even_say_that_it_ended_has_failed(minh, doors, desk_app, clock, stored, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(made_files, "end", lambda *about: 1 / 0)
        page = asked(minh)
    here, file_id = desk_app.extensions["fieldapp"], page.rpartition("/")[2]
    assert "Chưa làm được tệp. Vui lòng làm lại" in minh.get(page).text and "chưa làm được" in minh.get("/printing").text
    assert list((here.settings.data_folder / made_job.FOLDER).iterdir()) == [] and minh.get(f"{page}/file").status_code == 404
    clock.tick(hours=2)
    made_job.forget(here, desk_app.extensions["jobs"])
    assert stored(made_files.by_id, file_id).state == "failed"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_more_villages_need_no_more_memory(engine, desk_app):
    founded(engine, 6, 360)
    here = desk_app.extensions["fieldapp"]

    def peak_bytes(villages):
        about = {"villages": villages, "since": None, "address": None}
        file = MadeFile(str(villages), "officer", "", made_job.DOOR_CARDS, about, 0, made_files.MAKING)
        tracemalloc.start()
        try:
            with (here.settings.data_folder / "cards").open("wb") as target:
                made_cards.write(here, COMMUNE, file, target, lambda done: None)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak_bytes(["village-1"])  # what is loaded once
    assert peak_bytes(None) < 1.1 * peak_bytes(["village-1"])
