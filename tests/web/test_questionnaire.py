"""The page of the questionnaire: taken away, changed in a spreadsheet, brought back, looked at, published."""

import base64
import io
import re

import pytest

from fieldapp.intake.form import tables
from fieldapp.store import households, questionnaires
from fieldapp.store.engine import reading
from tests.changed_form import VI, ChangedForm, with_pigs
from tests.conftest import HERE

PAGE = "/office/questionnaire"


@pytest.fixture
def bring(minh):
    """Uploads a form as Minh does; gives the answer."""

    def bring(form):
        file = io.BytesIO(form if isinstance(form, bytes) else form.xlsx()), "phieu.xlsx"
        return minh.post(PAGE, {"file": file}, page=PAGE)

    return bring


@pytest.fixture
def publish(minh, bring):
    """Uploads and publishes a form; gives the last answer."""

    def publish(form, **more):
        shown = bring(form).text
        fields = dict(re.findall(r'<input type="hidden" name="(carried|number)" value="([^"]+)"', shown))
        return minh.post(f"{PAGE}/publish", {**fields, **more}, page=PAGE)

    return publish


def test_what_is_taken_away_and_brought_back_changes_nothing(minh, bring):
    taken = minh.get(f"{PAGE}/1.xlsx").data
    answer = bring(taken)
    assert "giống hệt phiếu đang dùng" in answer.text and "Phát hành bản" not in answer.text


def test_a_changed_form_shows_what_it_changes_and_how_phones_will_ask_it(bring, stored):
    page = bring(with_pigs()).text
    for words in ("Phát hành bản 2", "Số con lợn", "${business} = &#39;yes&#39;", "Từ 0 đến 999", "Chữ của người khiếm thị"):
        assert words in page, words
    assert stored(questionnaires.versions) == []


def test_a_published_form_is_the_version_in_use(minh, publish, stored):
    assert "Đã phát hành bản 2" in minh.get(publish(with_pigs()).headers["Location"]).text
    number, form = stored(questionnaires.current)
    assert (number, form.version, "pigs" in form.questions) == (2, "2", True)
    (version,) = stored(questionnaires.versions)
    assert version.published_by == "minh" and version.name == form.name


def test_a_published_form_can_be_taken_away_again(minh, publish, bring):
    publish(with_pigs())
    again = minh.get(f"{PAGE}/2.xlsx").data
    assert "giống hệt phiếu đang dùng" in bring(again).text
    assert tables.plain(tables.read(again))["settings"][1][2] == "2"


def test_what_is_wrong_is_told_by_cell_all_at_once_and_nothing_is_published(bring, minh, stored):
    form = with_pigs().set("pigs", "relevant", "${bussiness} = 'yes'").set("vneid", VI, "")
    page = bring(form)
    pigs, vneid = form.line("survey", "pigs"), form.line("survey", "vneid")
    assert page.status_code == 422 and f"survey H{pigs}" in page.text and f"survey C{vneid}" in page.text
    answer = minh.post(f"{PAGE}/publish", {"carried": base64.b64encode(form.xlsx()).decode(), "number": "2"}, page=PAGE)
    assert answer.status_code == 409 and stored(questionnaires.versions) == []


def test_a_rewording_is_published_only_by_who_says_that_it_means_the_same(publish, stored):
    form = ChangedForm().set("camera", VI, "Nhà có gắn camera")
    assert publish(form).status_code == 422 and stored(questionnaires.versions) == []
    assert publish(form, same_meaning="1").status_code == 303 and len(stored(questionnaires.versions)) == 1


def test_who_looked_at_a_version_that_is_no_longer_the_last_looks_again(minh, publish, bring, stored):
    shown = bring(ChangedForm().add("business", type="text", name="crops", vi="Trồng gì")).text
    fields = dict(re.findall(r'<input type="hidden" name="(carried|number)" value="([^"]+)"', shown))
    publish(with_pigs())
    assert minh.post(f"{PAGE}/publish", fields, page=PAGE).status_code == 409 and len(stored(questionnaires.versions)) == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"x" * 3_000_000], ids=["empty", "broken", "too large"])
def test_what_is_no_spreadsheet_is_refused_with_words(bring, content):
    answer = bring(content)
    assert answer.status_code == 422 and "Tệp" in answer.text


def test_another_commune_keeps_its_own_form(publish, lan, stored):
    publish(with_pigs())
    assert "bản 1." in lan.get(PAGE).text and lan.get(f"{PAGE}/2.xlsx").status_code == 404
    assert "Số con lợn" not in lan.get(f"{PAGE}/screens").text


def test_an_answer_of_the_communes_own_stands_on_the_households_page_under_its_label(minh, publish, register, huong, communes):
    code = register("dong-cho", "Trịnh Thị Hoa")
    publish(with_pigs())
    with reading(communes) as connection:
        household = households.by_code(connection, HERE, code).household_id
        name = questionnaires.current(connection, HERE)[1].name
    consent = {"given": True, "text": "consent-1", "sha256": "0" * 64, "purposes": ["survey"], "method": "spoken"}
    said = {"business": "yes", "pigs": 12}
    body = {"outcome": "done", "consent": consent, "respondent": "k3v9x2m7ap", "house": said, "people": {"k3v9x2m7ap": {"reads_braille": "no"}}}
    huong.seal("visit", household, body, questionnaire=name)
    assert huong.sync()["receipts"][0]["outcome"] == "stored"
    page = minh.get(f"/households/{code}").text
    for words in ("Số con lợn", "12", "Biết chữ nổi"):
        assert words in page, words
    corrected = [minh.get(path).text for path in re.findall(rf'/households/{code}/correct/[^"]+', page)]
    assert any("Số con lợn" in each and 'value="12"' in each for each in corrected)


def test_where_in_a_rule_it_goes_wrong_and_which_name_stands_twice_is_told(bring):
    form = with_pigs().set("pigs", "relevant", "${business} => 'yes'").set("reads_braille", "name", "vneid")
    page = bring(form).text
    assert "ký tự thứ 14" in page and f"dòng {form.line('survey', 'vneid')}" in page
