"""An officer's own indicators: written in a form or a spreadsheet, tried over the commune, published, counted beside the phones' syncing."""

import html
import io
import re

import pytest
from sqlalchemy import func, update

from fieldapp.figures.proof import proof
from fieldapp.store import households, indicators, ledger, recounting, reports
from fieldapp.store.desk_tables import indicator as table
from fieldapp.store.engine import reading, writing
from fieldapp.store.rebuild import differences
from fieldapp.survey.indicator import OWN_FROM
from fieldapp.survey.report import unsealed
from fieldapp.web import recounting as job
from tests.changed_form import ChangedForm, with_pigs
from tests.conftest import HERE

PAGE = "/office/indicators"
OPENED = {
    "unit": "person", "question": "health_record", "answer-seen": "yes", "answer-yes": "no", "answer-no": "no", "age_from": "15",
    "name_vi": "Người mở được hồ sơ sức khỏe", "short_vi": "Mở được hồ sơ", "group": "society", "source": "Kế hoạch 12 của xã",
}  # fmt: skip
CODE = "xa_mo_duoc_ho_so"

REPORT = f"{1:08}-0000-7000-8000-{0:012}"


def carried(page):
    """What the page that shows a trial carries on to the next."""
    return {name: html.unescape(value) for name, value in re.findall(r'<input type="hidden" name="(carried|seen)" value="([^"]*)"', page)}


@pytest.fixture
def publish(minh):
    """Writes the form, looks, publishes; gives the last answer."""

    def publish(**fields):
        shown = minh.post(f"{PAGE}/check", {**OPENED, **fields}, page=f"{PAGE}/new?question=health_record")
        assert shown.status_code == 200, shown.text
        return minh.post(f"{PAGE}/publish", carried(shown.text), page=PAGE)

    return publish


@pytest.fixture
def waiting(desk_app):
    """Jobs wait: what is published is not counted before the test says so."""
    desk_app.extensions["jobs"].huey.immediate = False


@pytest.fixture
def count(communes):
    """Counts so many households, or all that is left."""

    def count(most=None):
        if most is None:
            return job.work(communes, HERE)
        with writing(communes) as connection:
            recounting.count_some(connection, HERE, most)

    return count


@pytest.fixture
def sound(communes):
    def sound():
        with reading(communes) as connection:
            assert differences(connection, HERE) == [] and list(indicators.unlike_noted(connection, HERE)) == []

    return sound


def visit_with(communes, huong, code, form, house):
    """Sends a visit of that form from Hường's phone, with these answers of the house."""
    with reading(communes) as connection:
        household = households.by_code(connection, HERE, code).household_id
    consent = {"given": True, "text": "consent-1", "sha256": "0" * 64, "purposes": ["survey"], "method": "spoken"}
    body = {"outcome": "done", "consent": consent, "respondent": "k3v9x2m7ap", "house": house, "people": {"k3v9x2m7ap": {}}}
    huong.seal("visit", household, body, questionnaire=form)
    assert huong.sync()["receipts"][0]["outcome"] == "stored"


def test_an_indicator_goes_from_the_form_to_the_figures_while_a_phone_syncs(minh, register, visit, publish, waiting, count, sound, huong):
    """The walk: form, preview, publish, the job in slices with a sync between them, then overview, village and report; nothing to mend."""
    first, second, third = (register("dong-cho", f"Trịnh Thị {name}") for name in ("Hoa", "Lan", "Mai"))
    visit(first, people={"health_record": "seen"}), visit(second, people={"health_record": "yes"})
    shown = minh.post(f"{PAGE}/check", OPENED, page=f"{PAGE}/new?question=health_record").text
    assert "50%" in shown and "sức khỏe" in shown
    assert minh.post(f"{PAGE}/publish", carried(shown), page=PAGE).status_code == 303
    assert "Đã tính 0 trên 3 hộ" in minh.get(PAGE).text and CODE not in minh.get("/").text
    sound()
    count(1)
    sound()
    huong.wait(minutes=5)
    visit(third, people={"health_record": "seen"})
    visit(first, people={"health_record": "yes"})
    sound()
    assert minh.get(f"/indicators/{CODE}").status_code == 404
    count()
    sound()
    page = minh.get(f"/indicators/{CODE}").text
    assert "33,3%" in page and "Người mở được hồ sơ sức khỏe" in page
    assert "mở được hồ sơ sức khỏe" in minh.get("/").text
    assert "mở được hồ sơ sức khỏe" in minh.get("/villages/dong-cho").text
    assert "mở được hồ sơ sức khỏe" in minh.get("/reports/preview?period=month.2026-11-01.2026-11-30").text


def test_until_every_household_is_counted_the_old_version_is_shown_and_the_page_says_so(minh, register, visit, waiting, count):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"phone": "smartphone"}), register("dong-cho", "Trịnh Thị Lan")
    written = {"code": "smartphone", "unit": "person", "yes": "${phone} = 'basic'", "no": "${phone} = 'smartphone'", "name_vi": "Máy bấm phím",
               "short_vi": "Máy bấm phím", "group": "society", "source": "thử"}  # fmt: skip
    shown = minh.post(f"{PAGE}/check", written, page=f"{PAGE}/smartphone").text
    minh.post(f"{PAGE}/publish", carried(shown), page=PAGE)
    before = minh.get("/indicators/smartphone").text
    assert ">100%<" in before and "Đang tính lại" in before and "Đang tính lại" in minh.get("/").text
    count()
    after = minh.get("/indicators/smartphone").text
    assert "Máy bấm phím" in after and ">100%<" not in after and "Đang tính lại" not in after and "của xã, số 1" in after


def test_what_is_changed_keeps_its_earlier_reports(minh, register, visit, publish, clock, stored):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"health_record": "yes"})
    publish(), clock.tick(days=1)
    minh.post("/reports", {"period": "month.2026-11-01.2026-11-30", "new": REPORT}, page="/reports/preview?period=month.2026-11-01.2026-11-30")
    publish(code=CODE, **{"answer-yes": "yes"})
    (report,) = stored(reports.of_commune)
    told = {row["code"]: row["version"] for row in unsealed(report.text)["indicators"]}
    assert told[CODE] == OWN_FROM and [each.indicator.version for each in stored(indicators.own)] == [OWN_FROM, OWN_FROM + 1]
    assert "100%" in minh.get(f"/indicators/{CODE}").text
    assert stored(lambda connection, commune_id: proof(connection, report.text)).verdict == "same"


def test_who_cancels_has_what_was_there_before(minh, register, visit, publish, waiting, count, sound, stored):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"health_record": "seen"})
    publish(), count(1)
    assert stored(ledger.balances)["dong-cho", f"{CODE}:{OWN_FROM}"].yes == 1
    assert "Đã dừng" in minh.get(minh.post(f"{PAGE}/cancel", page=PAGE).headers["Location"]).text
    assert not [key for _, key in stored(ledger.balances) if CODE in key] and minh.get(f"/indicators/{CODE}").status_code == 404
    count()
    sound()
    publish(), count(), sound()
    assert [each.indicator.version for each in stored(indicators.own)] == [OWN_FROM, OWN_FROM + 1]


def test_a_server_that_starts_again_goes_on_where_it_was_cut_off(minh, register, visit, publish, waiting, count, desk_app, sound):
    for name in ("Hoa", "Lan"):
        visit(register("dong-cho", f"Trịnh Thị {name}"), people={"health_record": "seen"})
    publish(), count(1)
    jobs = desk_app.extensions["jobs"]
    jobs.huey.immediate = True  # as what stands beside a server that starts
    (go_on,) = (task for task in jobs._hourly if task.name == "figures-go-on")
    go_on()
    assert "100%" in minh.get(f"/indicators/{CODE}").text
    sound()


def test_a_stopped_one_is_shown_no_more_and_can_come_back(minh, publish, stored):
    publish()
    publish(code=CODE, stopped="x")
    assert minh.get(f"/indicators/{CODE}").status_code == 404 and "Đã thôi dùng" in minh.get(PAGE).text
    publish(code=CODE)
    assert minh.get(f"/indicators/{CODE}").status_code == 200


@pytest.mark.parametrize(("fields", "said"), [
    ({"question": "", "yes": "${khong_co} = 'x'", "no": "${phone} = 'none'"}, "không có câu hỏi nào tên này"),
    ({"question": "", "yes": "${internet} = 'fixed'", "no": "${phone} = 'none'"}, "không dùng được ở đây"),
    ({"question": "", "yes": "${phone} = 'iphone'", "no": "${phone} = 'none'"}, "không có câu trả lời này"),
    ({"question": "", "yes": "${phone} = ", "no": "${phone} = 'none'"}, "Không hiểu công thức"),
    ({"question": "", "yes": "${phone}", "no": "${phone} = 'none'"}, "phải so với gì đó"),
    ({"question": "", "yes": "today() = '2026-01-01'", "no": "${phone} = 'none'"}, "dù tính vào ngày nào"),
    ({"answer-seen": "no"}, "Chọn ít nhất một câu trả lời"), ({"age_from": "mười"}, "Tuổi là một số"), ({"age_to": "3"}, "nhỏ hơn từ tuổi"),
    ({"name_vi": ""}, "Chưa ghi"), ({"valid_from": "2027-01-01"}, "chưa đến"), ({"group": "khac"}, "Không có nhóm này"),
    ({"code": "smartphone", "unit": "household", "question": "internet", "answer-fixed": "yes", "answer-none": "no"}, "đếm người sang đếm hộ"),
])  # fmt: skip
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(minh, stored, fields, said):
    answer = minh.post(f"{PAGE}/check", {**OPENED, **fields}, page=f"{PAGE}/new?question=health_record")
    assert answer.status_code == 422 and said in html.unescape(answer.text), answer.text
    assert stored(indicators.own) == []


def test_who_looked_before_another_was_published_looks_again(minh, publish, stored):
    shown = minh.post(f"{PAGE}/check", {**OPENED, "short_vi": "Khác"}, page=f"{PAGE}/new?question=health_record").text
    publish()
    assert minh.post(f"{PAGE}/publish", carried(shown), page=PAGE).status_code == 409 and len(stored(indicators.own)) == 1


def test_a_question_of_the_communes_own_can_be_counted(minh, publish_form, register, huong, publish, communes, sound, stored):
    code = register("dong-cho", "Trịnh Thị Hoa")
    name = publish_form(with_pigs())
    visit_with(communes, huong, code, name, {"business": "yes", "pigs": 12})
    rules = {"yes": "${pigs} > 10", "no": "${pigs} <= 10", "question": "", "unit": "household", "age_from": ""}
    answer = publish(**rules, name_vi="Hộ nuôi trên 10 con lợn", short_vi="Nhiều lợn")
    assert answer.status_code == 303
    sound()
    assert "100%" in minh.get("/indicators/xa_nhieu_lon").text and "Số con lợn" in minh.get("/indicators/xa_nhieu_lon").text
    shown = minh.post("/office/questionnaire", {"file": (io.BytesIO(ChangedForm().xlsx("2")), "phieu.xlsx")}, page="/office/questionnaire").text
    assert "Chỉ tiêu của xã đếm câu này" in shown and "Nhiều lợn" in shown
    minh.post("/reports", {"period": "month.2026-11-01.2026-11-30", "new": REPORT}, page="/reports/preview?period=month.2026-11-01.2026-11-30")
    publish_form(ChangedForm())
    visit_with(communes, huong, register("dong-cho", "Trịnh Thị Lan"), name, {"business": "yes", "pigs": 3})
    sound()
    assert "50%" in minh.get("/indicators/xa_nhieu_lon").text
    (report,) = stored(reports.of_commune)
    assert stored(lambda connection, commune_id: proof(connection, report.text)).verdict == "same"


def test_a_definition_that_somebody_changed_in_the_database_is_told(publish, communes):
    publish()
    with writing(communes) as connection:
        connection.execute(update(table).values(text=func.replace(table.c.text, "15", "16")))
    with reading(communes) as connection:
        assert list(indicators.unlike_noted(connection, HERE)) == [f"indicator {CODE}:1001: is not the one that was published"]


def test_another_commune_has_none_of_it(publish, lan):
    publish()
    assert "Mở được hồ sơ" not in lan.get(PAGE).text
    assert lan.get(f"{PAGE}/{CODE}").status_code == lan.get(f"/indicators/{CODE}").status_code == 404
