"""The public page that a sheet's code leads to, and what becomes of what was asked there."""

from pathlib import Path

import pytest

from fieldapp.store import sign_ups
from fieldapp.store.engine import reading, writing
from fieldapp.survey.phone_number import e164
from fieldapp.web.residents import sign_up_consent
from tests.conftest import BESIDE, HERE

FORM = {"name": "Cao Thị Lụa", "phone": "0912 345 678", "village": "dong-cho", "wish": ["vneid_activate", "zalo_join"], "agreed": "1"}
PAGE = "/x/15835"


@pytest.fixture
def kept(communes):
    """What a commune keeps of sign-ups."""

    def kept(commune_id=HERE, villages=None):
        with reading(communes) as connection:
            return sign_ups.listed(connection, commune_id, villages)

    return kept


def test_a_resident_asks_for_help_and_it_stands_on_the_list(anybody, minh, kept):
    answer = anybody.post(PAGE, FORM, page=PAGE)
    assert answer.status_code == 303 and answer.headers["Location"] == "/x/15835/thanks"
    assert "Đã nhận" in anybody.get("/x/15835/thanks").text
    (one,) = kept()
    assert (one.name, one.phone, one.village_id, one.wishes) == ("Cao Thị Lụa", "+84912345678", "dong-cho", ("vneid_activate", "zalo_join"))
    page = minh.get("/sign-ups").text
    assert "Cao Thị Lụa" in page and "0912\u00a0345\u00a0678" in page and "Kích hoạt VNeID" in page


def test_what_was_agreed_to_can_be_shown_later(anybody, kept):
    """The text's hash is held here: whoever changes the text has to give it another name."""
    anybody.post(PAGE, FORM, page=PAGE)
    (one,) = kept()
    assert one.consent == sign_up_consent.given("vi") and one.consent["text"] == "sign-up-1"
    assert {language: sign_up_consent.given(language)["sha256"][:16] for language in ("vi", "en")} == HASHES


HASHES = {"vi": "e049eec1eef4b1a9", "en": "ff5e8218928754e6"}


def test_nothing_is_ticked_beforehand(anybody):
    page = anybody.get(PAGE).text
    assert "checked" not in page and page.count('type="checkbox"') == 10


def test_the_village_whose_sheet_was_scanned_is_chosen(anybody):
    assert '<option value="phu-van" selected>' in anybody.get(PAGE + "?v=5").text
    assert " selected>" not in anybody.get(PAGE + "?v=99").text


def test_the_sheet_of_a_village_that_was_merged_still_leads_home(anybody, minh):
    minh.post("/office/villages/phu-van/merge", {"into": "dong-cho", "on": "2026-11-20"}, page="/office/villages/phu-van")
    page = anybody.get(PAGE + "?v=5").text
    assert '<option value="dong-cho" selected>' in page and "phu-van" not in page


@pytest.mark.parametrize("wrong", [
    {"name": ""}, {"name": "12345"}, {"phone": "12345"}, {"phone": "+14155550100"}, {"village": "nowhere"}, {"wish": []}, {"agreed": ""},
])  # fmt: skip
def test_what_is_missing_is_told_and_what_was_typed_stays(anybody, kept, wrong):
    answer = anybody.post(PAGE, FORM | wrong, page=PAGE)
    assert answer.status_code == 422 and kept() == []
    assert "Chưa gửi được" in answer.text and (wrong.get("name", "Cao Thị Lụa") in answer.text)


@pytest.mark.parametrize("typed", ["0912345678", "0912.345.678", "+84 912 345 678", "84912345678", "0084-912-345-678", "+84 (0)912 345 678"])
def test_a_number_is_one_number_however_it_is_typed(typed):
    assert e164(typed) == "+84912345678"


@pytest.mark.parametrize("typed", ["", "091234567", "09123456789", "0112345678", "112", "0912 345 67x", "+1 415 555 0100", "٠٩١٢٣٤٥٦٧٨"])
def test_what_is_no_number_of_this_country_is_not_taken(typed):
    assert e164(typed) is None


def test_landlines_are_numbers_too():
    assert e164("0237 385 2246") == "+842373852246" and e164("024 3825 5501") == "+842438255501"


def test_asking_again_within_a_day_is_one_wish_list(anybody, kept, clock):
    anybody.post(PAGE, FORM, page=PAGE)
    clock.tick(hours=20)
    again = anybody.post(PAGE, FORM | {"name": "Cao Thị Lụa (bà Tư)", "wish": ["sim_4g"]}, page=PAGE)
    (one,) = kept()
    assert again.headers["Location"] == "/x/15835/thanks" and one.name == "Cao Thị Lụa (bà Tư)"
    assert one.wishes == ("vneid_activate", "zalo_join", "sim_4g")
    clock.tick(days=2)
    anybody.post(PAGE, FORM, page=PAGE)
    assert len(kept()) == 2


def test_a_machine_that_fills_every_field_is_thanked_and_not_kept(anybody, kept):
    answer = anybody.post(PAGE, FORM | {"website": "https://spam"}, page=PAGE)
    assert answer.status_code == 303 and kept() == []


def test_a_flood_from_one_place_is_told_to_wait(anybody):
    answers = [anybody.post(PAGE, FORM, page=PAGE).status_code for _ in range(31)]
    assert answers[:30] == [303] * 30 and answers[30] == 429


def test_a_code_that_no_commune_bears_is_not_there(anybody):
    assert anybody.get("/x/99999").status_code == 404 and anybody.get("/x/15835/thanks").status_code == 200


def test_a_sign_up_reaches_the_commune_whose_sheet_it_was_only(anybody, lan, kept):
    anybody.post(PAGE, FORM, page=PAGE)
    assert kept(BESIDE) == [] and "Lụa" not in lan.get("/sign-ups").text
    (one,) = kept()
    for path in ("done", "delete"):
        assert lan.post(f"/sign-ups/{one.sign_up_id}/{path}", page="/links").status_code == 404
    assert kept()[0].done_at is None


def test_a_leader_sees_and_ends_those_of_their_villages_only(anybody, tuan, kept):
    anybody.post(PAGE, FORM, page=PAGE)
    anybody.post(PAGE, FORM | {"name": "Lê Văn Xa", "village": "phu-van"}, page=PAGE)
    page = tuan.get("/sign-ups").text
    assert "Lụa" in page and "Lê Văn Xa" not in page
    far, near = sorted(kept(), key=lambda each: each.village_id, reverse=True)
    assert tuan.post(f"/sign-ups/{far.sign_up_id}/done", page="/sign-ups").status_code == 404
    assert tuan.post(f"/sign-ups/{near.sign_up_id}/done", {"note": "Đã cài xong"}, page="/sign-ups").status_code == 303
    assert {each.name: (each.done_by, each.note) for each in kept()} == {"Cao Thị Lụa": ("tuan", "Đã cài xong"), "Lê Văn Xa": (None, None)}


def test_those_who_wait_stand_first_the_longest_first(anybody, minh, kept, clock):
    for name, phone in (("Một", "0912345671"), ("Hai", "0912345672"), ("Ba", "0912345673")):
        anybody.post(PAGE, FORM | {"name": name, "phone": phone}, page=PAGE)
        clock.tick(minutes=5)
    minh.post(f"/sign-ups/{kept()[0].sign_up_id}/done", page="/sign-ups")
    assert [each.name for each in kept()] == ["Hai", "Ba", "Một"]


def test_who_takes_it_back_is_gone(anybody, minh, kept, communes):
    anybody.post(PAGE, FORM, page=PAGE)
    (one,) = kept()
    assert minh.post(f"/sign-ups/{one.sign_up_id}/delete", page="/sign-ups").status_code == 303
    assert kept() == [] and "Lụa" not in minh.get("/sign-ups").text
    if communes.dialect.name == "sqlite":
        files = list(Path(communes.url.database).parent.glob("commune.sqlite*"))
        assert not any("Cao Thị Lụa".encode() in each.read_bytes() for each in files)


def test_who_was_helped_is_forgotten_after_thirty_days_though_nobody_comes_by(anybody, minh, kept, clock, desk_app):
    def an_hour_passes():
        for work in desk_app.extensions["jobs"]._hourly:
            work()

    anybody.post(PAGE, FORM, page=PAGE)
    clock.tick(minutes=5)
    anybody.post(PAGE, FORM | {"name": "Người Chờ", "phone": "0912345679"}, page=PAGE)
    minh.post(f"/sign-ups/{kept()[0].sign_up_id}/done", page="/sign-ups")
    clock.tick(days=29)
    an_hour_passes()
    assert len(kept()) == 2
    clock.tick(days=2)
    an_hour_passes()
    assert [each.name for each in kept()] == ["Người Chờ"]


def test_a_list_too_long_for_a_page_says_so(minh, communes, kept):
    with writing(communes) as connection:
        for number in range(302):
            n = f"{number:03d}"
            one = sign_ups.SignUp(n, f"2026-11-19T02:00:00.{n}Z", "dong-cho", f"Người {n}", f"+84912345{n}", (), {})
            sign_ups.add(connection, HERE, one, "2026-11-19T02:00:00.000Z")
    page = minh.get("/sign-ups").text
    assert "Đang chờ (302)" in page and "300 người chờ lâu nhất" in page and "Người 000" in page and "Người 301" not in page


def test_what_a_prankster_writes_stays_text(anybody, minh, kept):
    assert anybody.post(PAGE, FORM | {"name": "<script>x</script> Lụa"}, page=PAGE).status_code == 303
    assert anybody.post(PAGE, FORM | {"name": "L" * 5000}, page=PAGE).status_code == 422
    assert len(kept()) == 1 and "<script>x" not in minh.get("/sign-ups").text
