"""The links of sign-up sheets: what may stand on paper and what never, whatever it looks like; kept, dated, each commune's own."""

import pytest

from fieldapp.paper.addresses import address_problem, host_of
from fieldapp.paper.official_links import DEFAULTS

GOOD = {
    "title": "Cổng của xã", "url": "https://thieutrung.thanhhoa.gov.vn/huong-dan", "steps": "Quét mã\nĐọc hướng dẫn", "active": "1", "position": "1",
}  # fmt: skip
HOSTILE = {
    "http://vneid.gov.vn": "not_https",
    "javascript:alert(1)": "not_https",
    "//vneid.gov.vn": "not_https",
    "vneid.gov.vn": "not_https",
    "https://vneid.gov.vn.evil.com": "not_allowed",
    "https://evilgov.vn": "not_allowed",
    "https://gov.vn": "not_allowed",
    "https://vneid-gov.vn/": "not_allowed",
    "https://play.google.com.evil.com/store": "not_allowed",
    "https://bit.ly/vneid": "not_allowed",
    "https://evil.zalo.me.vn": "not_allowed",
    "https://vneid.gov.vn@evil.com": "more_than_a_host",
    "https://user:pass@vneid.gov.vn": "more_than_a_host",
    "https://evil.com#@vneid.gov.vn": "not_allowed",
    "https://evil.com?.gov.vn": "not_allowed",
    "https://vneid.gov.vn:8443": "more_than_a_host",
    "https://vneid.gov.vn:443": "more_than_a_host",
    "https://vneid.gov.vn.": "more_than_a_host",
    "https://.gov.vn": "more_than_a_host",
    "https://xn--vnid-qzz.gov.vn": "more_than_a_host",
    "https://127.0.0.1/": "more_than_a_host",
    "https://[::1]/": "more_than_a_host",
    "https://[vneid.gov.vn": "malformed",
    "https://evil.com\\.gov.vn": "malformed",
    "https://vneid.gov.vn\t.evil.com": "malformed",
    "https://vnеid.gov.vn": "malformed",  # the е is Cyrillic
    "https://vneid。gov.vn": "malformed",
    "https://vneid.gov.vn/\n": "malformed",
    "https://%76neid.gov.vn": "more_than_a_host",
    "https:vneid.gov.vn": "more_than_a_host",
    "https:///vneid.gov.vn": "more_than_a_host",
    "data:text/html,x": "not_https",
    " https://vneid.gov.vn": "malformed",
    "https://vneid.gov.vn/\"><script>": "malformed",
    "https://vneid.gov.vn/redirect?url=https://evil.com": "leads_on",
    "https://play.google.com/url?q=HTTP:evil.com": "leads_on",
    "https://dichvucong.gov.vn/go?to=%2F%2Fevil.com": "leads_on",
    "https://dichvucong.gov.vn/go?to=https%253A%252F%252Fevil.com": "leads_on",
    "https://zalo.me//evil.com": "leads_on",
    "": "malformed",
    "https://vneid.gov.vn/" + "a" * 120: "too_long",
}


@pytest.mark.parametrize("address", HOSTILE)
def test_no_sheet_leads_to_an_address_that_only_looks_official(address):
    assert address_problem(address) == HOSTILE[address]


@pytest.mark.parametrize("address", [
    "https://vneid.gov.vn", "HTTPS://VNEID.GOV.VN/", "https://dichvucong.gov.vn/p/home?x=1", "https://apps.apple.com/vn/app/vneid/id1582750372",
    "https://play.google.com/store/apps/details?id=com.vnid", "https://zalo.me/g/abcdef123",
])  # fmt: skip
def test_official_places_the_stores_and_zalo_are_allowed(address):
    assert address_problem(address) is None and host_of(address) == host_of(address).lower()


def test_this_server_is_allowed_by_its_whole_name_only():
    assert address_problem("https://tung-nha.example/x", "tung-nha.example") is None
    assert address_problem("https://a.tung-nha.example/x", "tung-nha.example") == "not_allowed"


def test_what_we_ship_may_be_printed():
    assert [address_problem(each.url) for each in DEFAULTS if each.url] == [None] * (len(DEFAULTS) - 1)
    assert all(len(each.title) <= 60 and 3 <= len(each.steps) <= 4 and max(map(len, each.steps)) <= 60 for each in DEFAULTS)


def test_a_link_is_kept_at_its_place_and_waits_to_be_tried(minh):
    assert minh.post("/links/new", GOOD, page="/links/new").status_code == 303
    page = minh.get("/links").text
    assert page.index("Cổng của xã") < page.index("VNeID: định danh") and "6 liên kết quá 90 ngày" not in page and "5 liên kết quá 90 ngày" in page


@pytest.mark.parametrize("wrong", [
    {"url": "https://vneid.gov.vn.evil.com"}, {"url": "http://vneid.gov.vn"}, {"title": ""}, {"steps": ""}, {"steps": "một\nhai\nba\nbốn\nnăm"},
    {"expires_on": "31/02"}, {"title": "x" * 61},
])  # fmt: skip
def test_a_wrong_link_is_told_at_its_field_and_what_was_typed_stays(minh, wrong):
    answer = minh.post("/links/new", GOOD | wrong, page="/links/new")
    assert answer.status_code == 422 and 'class="wrong"' in answer.text and (wrong.get("title", GOOD["title"]) in answer.text)
    assert "Cổng của xã" not in minh.get("/links").text


def test_another_address_has_to_be_tried_anew(minh, clock):
    minh.post("/links/vneid/checked", page="/links")
    assert "20/11/2026" in minh.get("/links").text
    minh.post("/links/vneid", GOOD | {"url": "https://bocongan.gov.vn"}, page="/links/vneid")
    assert "20/11/2026" not in minh.get("/links").text
    minh.post("/links/vneid", GOOD | {"url": "https://vneid.gov.vn", "tried": "1"}, page="/links/vneid")
    assert "20/11/2026" in minh.get("/links").text


def test_a_link_that_is_off_or_past_or_of_another_village_is_not_offered(minh):
    minh.post("/links/vneid", GOOD | {"active": ""}, page="/links/vneid")
    minh.post("/links/public-services", GOOD | {"title": "Hết hạn rồi", "expires_on": "2026-11-19"}, page="/links/public-services")
    minh.post("/links/new", GOOD | {"title": "Zalo Phú Văn", "url": "https://zalo.me/g/phuvan", "village": "phu-van"}, page="/links/new")
    minh.get("/links")  # what was said of the changes is shown once
    page = minh.get("/printing/sheets?village=dong-cho&design=handout").text
    assert "Cổng của xã" not in page and "Hết hạn rồi" not in page and "Zalo Phú Văn" not in page
    assert "Zalo Phú Văn" in minh.get("/printing/sheets?village=phu-van&design=handout").text


def test_our_own_page_is_switched_off_but_never_taken_away_or_led_elsewhere(minh):
    minh.post("/links/sign-up/remove", page="/links")
    minh.post("/links/sign-up", GOOD | {"title": "Đăng ký", "url": "https://evil.com"}, page="/links/sign-up")
    page = minh.get("/links").text
    assert "Trang đăng ký của xã" in page and "evil.com" not in page


def test_links_are_each_communes_own_and_for_officers_only(minh, lan, tuan):
    minh.post("/links/new", GOOD, page="/links/new")
    assert "Cổng của xã" not in lan.get("/links").text
    assert tuan.get("/links").status_code == 404 and tuan.get("/links/vneid").status_code == 404
    assert lan.get("/links/nothing").status_code == 404
    minh.post("/links/vneid/remove", page="/links")
    assert minh.get("/links/vneid").status_code == 404 and lan.get("/links/vneid").status_code == 200
