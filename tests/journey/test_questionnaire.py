"""A commune's own question, from the officer's spreadsheet to the door and back to the household's page."""

import pytest
from playwright.sync_api import expect

from fieldapp.store import households, questionnaires
from fieldapp.store.engine import reading
from tests.changed_form import ChangedForm, published, with_pigs
from tests.conftest import HERE
from tests.journey.houses import DUNG
from tests.journey.member import BEGIN
from tests.journey.visit import begin_a_visit

# What is here is the phone's own doing; the databases behind are told apart by the journey.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ALL_SENT = "Đã gửi hết"


def test_a_communes_own_question_is_asked_offline_and_comes_to_the_household(huong, site, communes, roster, clock):
    expect(huong.sending).to_contain_text(ALL_SENT)
    name = published(communes, HERE, with_pigs(), clock())
    sync(huong)
    site.stop()
    huong.page.reload()
    huong.unlock()
    begin_a_visit(huong)
    expect(huong.page.get_by_label("Số con lợn")).to_have_count(0)
    huong.pick("house-business", "yes")
    pigs = huong.page.get_by_label("Số con lợn")
    pigs.fill("4000")
    expect(huong.page.get_by_text("Từ 0 đến 999")).to_be_visible()
    pigs.fill("12")
    expect(huong.page.get_by_text("Từ 0 đến 999")).to_have_count(0)
    huong.press("Tiếp: người trong nhà")
    huong.press("Xong phần người")
    huong.save()
    site.start()
    sync(huong)
    expect(huong.sending).to_contain_text(ALL_SENT)
    with reading(communes) as connection:
        state = households.by_id(connection, HERE, roster[DUNG["name"]]).state
    assert state["house"]["pigs"] == 12 and name


def test_a_choice_that_breaks_its_questions_rule_is_not_left_marked(huong, communes, clock):
    expect(huong.sending).to_contain_text(ALL_SENT)
    asked = {"vi": "Còn giếng", "en": "A well", "constraint": ". != 'no'", "message": "Giếng có trong sổ"}
    published(communes, HERE, ChangedForm().add("business", type="select_one yes_no", name="well", **asked), clock())
    sync(huong)
    begin_a_visit(huong)
    huong.pick("house-well", "yes")
    yes, no = (huong.page.locator(f'input[name="house-well"][value="{value}"]') for value in ("yes", "no"))
    for _twice in range(2):
        no.click()
        expect(huong.page.get_by_text("Giếng có trong sổ")).to_be_visible()
        expect(yes).to_be_checked()
        expect(no).not_to_be_checked()
    expect(huong.page.locator('[data-question="well"] .choice.checked input[value="yes"]')).to_have_count(1)


def test_who_practises_is_asked_by_the_communes_own_questions(huong, communes, clock):
    expect(huong.sending).to_contain_text(ALL_SENT)
    published(communes, HERE, with_pigs(), clock())
    sync(huong)
    huong.press("Vào chỗ tập")
    huong.open("Nguyễn Văn Tập")
    huong.knock()
    huong.pick("house-business", "yes")
    expect(huong.page.get_by_label("Số con lợn")).to_be_visible()


def test_a_visit_in_progress_ends_under_the_version_it_was_begun_with(huong, communes, clock, roster):
    expect(huong.sending).to_contain_text(ALL_SENT)
    begin_a_visit(huong)
    published(communes, HERE, with_pigs(), clock())
    sync(huong)
    assert huong.page.evaluate("import('/static/phone/phone.js').then(({ form }) => form.value.name)") == "household-1"
    huong.page.goto(huong.page.url.partition("#")[0] + "#/list")
    huong.open("Lê Thị Sáu")
    huong.press(BEGIN)
    huong.step("consent")
    with reading(communes) as connection:
        newest = questionnaires.forms(connection, HERE).newest.name
    assert huong.page.evaluate("import('/static/phone/phone.js').then(({ form }) => form.value.name)") == newest
    huong.page.goto(huong.page.url.partition("#")[0] + f"#/visit/{roster[DUNG['name']]}/house")
    expect(huong.page.locator('[data-question="internet"]')).to_be_visible()
    assert huong.page.evaluate("import('/static/phone/phone.js').then(({ form }) => form.value.name)") == "household-1"


def test_a_question_that_should_be_asked_has_a_star_and_a_word_at_the_end_and_keeps_nobody_from_saving(huong, communes, clock, roster):
    expect(huong.sending).to_contain_text(ALL_SENT)
    form = ChangedForm().add("internet", type="date", name="moved_on", vi="Về đây ngày", required="yes")
    published(communes, HERE, form, clock())
    sync(huong)
    expect(huong.sending).to_contain_text(ALL_SENT)
    begin_a_visit(huong)
    house = huong.page.url
    moved = huong.page.get_by_label("Về đây ngày *")
    expect(moved).to_be_visible()
    huong.press("Tiếp: người trong nhà")
    huong.press("Xong phần người")
    expect(huong.page.get_by_text("Chưa hỏi: Về đây ngày")).to_be_visible()
    huong.page.goto(house)
    moved.fill("2019-05-01")
    huong.press("Tiếp: người trong nhà")
    huong.press("Xong phần người")
    expect(huong.page.get_by_text("Chưa hỏi: Về đây ngày")).to_have_count(0)
    huong.save()
    expect(huong.sending).to_contain_text(ALL_SENT)
    huong.open(DUNG["name"])
    expect(huong.page.get_by_text("01/05/2019")).to_be_visible()
    with reading(communes) as connection:
        assert households.by_id(connection, HERE, roster[DUNG["name"]]).state["house"]["moved_on"] == "2019-05-01"


def test_in_english_the_questions_are_english_where_the_form_has_it(huong, communes, clock, roster):
    expect(huong.sending).to_contain_text(ALL_SENT)
    begin_a_visit(huong)
    visit = huong.page.url
    huong.page.goto(huong.page.url.partition("#")[0] + "#/status")
    huong.page.get_by_role("button", name="English").click()
    expect(huong.page.locator("html")).to_have_attribute("lang", "en")
    huong.page.goto(visit)
    internet = huong.page.locator('[data-question="internet"]')
    expect(internet).to_contain_text("Internet at home")
    expect(internet).to_contain_text("Fibre, Wi-Fi")


def sync(member):
    member.page.evaluate("import('/static/phone/when.js').then(({ syncNow }) => syncNow())")
