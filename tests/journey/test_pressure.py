"""A phone under pressure: no room left, the browser closing or emptying the store under the app, two tabs that send at once. What was answered stays
on the screen, what was saved is sent once, and what is gone is said."""


import json

import pytest
from playwright.sync_api import expect

from tests.journey.houses import DUNG, ROSTER
from tests.journey.member import LIST, Member
from tests.journey.visit import begin_a_visit, nobody_home

# What is here is the phone's own doing; the databases behind are told apart by the journey.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT, SECOND, THIRD = "Đã gửi hết", ROSTER[1]["people"][0]["name"], ROSTER[2]["people"][0]["name"]
NOT_KEPT = "Máy hết chỗ, chưa ghi được câu vừa rồi. Câu trả lời vẫn còn đây: giữ màn hình này mở"
NOT_SAVED = "Máy chưa lưu được. Lượt đến vẫn còn đây; vui lòng xóa bớt ảnh hoặc video rồi bấm lại."
# A site may keep half of it.
SMALL_PHONE = "--enable-features=StorageQuotaSettings:PoolSizeBytes/24000000/PerHostRatio/0.5/MustRemainAvailableBytes/1000"
# Photographs, until not even a little one fits.
FILL = """async () => {
    const db = await new Promise((done) => {
        const request = indexedDB.open("photographs", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("all", { autoIncrement: true });
        request.onsuccess = () => done(request.result);
    });
    const fits = (bytes) => new Promise((done) => {
        const photograph = new Uint8Array(bytes);
        for (let i = 0; i < bytes; i += 65536) crypto.getRandomValues(photograph.subarray(i, Math.min(bytes, i + 65536)));
        const tx = db.transaction("all", "readwrite", { durability: "strict" });
        tx.objectStore("all").put(photograph);
        tx.oncomplete = () => done(true);
        tx.onabort = () => done(false);
    });
    for (let bytes = 1_000_000; bytes > 50; ) if (!(await fits(bytes))) bytes = Math.floor(bytes / 3);
    db.close();
}"""
EMPTY = """() => new Promise((done) => { indexedDB.deleteDatabase("photographs").onsuccess = () => done(true); })"""
# A newer version asks for the database and gives up: the app's connection is closed, the database stays as it was.
CLOSE_STORES = """async () => {
    for (const { name } of await indexedDB.databases()) await new Promise((done) => {
        const request = indexedDB.open(name, 99);
        request.onupgradeneeded = () => request.transaction.abort();
        request.onerror = done;
    });
}"""
SYNC = "import('/static/phone/when.js').then(({ syncNow }) => syncNow())"


def test_answers_that_a_full_phone_could_not_keep_stay_on_the_screen_until_it_can(browsers, link, journal_rows, sound):
    huong = Member(browsers("small phone", args=[SMALL_PHONE]).pages[0])
    huong.enrol(link("huong"))
    expect(huong.sending).to_contain_text(ALL_SENT)
    begin_a_visit(huong)
    huong.page.evaluate(FILL)
    huong.ask({"electricity_cashless": "yes"})
    expect(huong.page.get_by_text(NOT_KEPT)).to_be_visible()
    huong.page.evaluate("location.hash = location.hash.replace(/house$/, 'summary')")
    huong.press("Lưu lượt đến")
    expect(huong.page.get_by_text(NOT_SAVED)).to_be_visible()
    huong.page.evaluate(EMPTY)
    huong.save()
    expect(huong.sending).to_contain_text(ALL_SENT)
    (visit,) = [json.loads(row.text)["body"] for row in journal_rows() if row.device_id]
    assert visit["house"] == {"internet": "fixed", "electricity_cashless": "yes"}
    sound()


def test_a_store_that_the_browser_closed_is_opened_again_in_the_middle_of_a_visit(huong, journal_rows, sound):
    expect(huong.sending).to_contain_text(ALL_SENT)
    begin_a_visit(huong)
    huong.page.evaluate(CLOSE_STORES)
    huong.ask({"electricity_cashless": "yes"})
    huong.page.evaluate(CLOSE_STORES)
    huong.page.evaluate("location.hash = location.hash.replace(/house$/, 'summary')")
    huong.save()
    huong.page.evaluate(CLOSE_STORES)
    nobody_home(huong, SECOND)
    expect(huong.sending).to_contain_text(ALL_SENT)
    assert [row.n for row in journal_rows() if row.device_id] == [1, 2]
    sound()


def test_a_store_that_the_browser_emptied_is_said_with_what_is_gone_and_the_phone_is_enrolled_anew(huong, site, link, journal_rows, sound):
    expect(huong.sending).to_contain_text(ALL_SENT)
    nobody_home(huong, DUNG["name"])
    expect(huong.sending).to_contain_text(ALL_SENT)
    site.stop()
    nobody_home(huong, SECOND)
    expect(huong.sending).to_contain_text("1 phiếu chờ gửi")
    session = huong.page.context.new_cdp_session(huong.page)
    session.send("Storage.clearDataForOrigin", {"origin": site.address, "storageTypes": "indexeddb"})
    huong.row(THIRD).click()
    huong.heading("Dữ liệu trên máy đã bị xóa")
    expect(huong.page.get_by_text("1 phiếu chưa gửi không còn. Vui lòng báo tổ trưởng để đến lại những hộ đó.")).to_be_visible()
    site.start()
    huong.press("Đăng ký lại máy này")
    huong.heading("Đăng ký máy")
    expect(huong.page.get_by_label("Mã đăng ký")).to_have_value("")
    huong.enrol(link("huong"))
    nobody_home(huong, SECOND)
    expect(huong.sending).to_contain_text(ALL_SENT)
    mine = [row for row in journal_rows() if row.device_id]
    assert [(row.n, row.held) for row in mine] == [(1, None), (1, None)] and len({row.device_id for row in mine}) == 2
    sound()


def test_two_tabs_that_send_at_once_send_each_visit_once(huong, site, journal_rows, sound):
    expect(huong.sending).to_contain_text(ALL_SENT)
    tabs = [huong.page, huong.page.context.new_page()]
    other = Member(tabs[1])
    other.start(site.address)
    other.heading(LIST)
    outcomes = []
    for tab in tabs:
        tab.on("response", lambda answer: outcomes.append(answer) if answer.url.endswith("/api/sync") else None)
    site.stop()
    for each in (huong, other):
        each.page.bring_to_front()
        for house in ROSTER:
            nobody_home(each, house["people"][0]["name"])
    site.start()
    for tab in tabs:
        tab.evaluate(f"() => {{ {SYNC}; {SYNC}; }}")
    for each in (huong, other):
        expect(each.sending).to_contain_text(ALL_SENT)
    receipts = [receipt["outcome"] for answer in outcomes for receipt in answer.json()["receipts"]]
    assert receipts == ["stored"] * 6
    assert [row.n for row in journal_rows() if row.device_id] == [1, 2, 3, 4, 5, 6]
    sound()
