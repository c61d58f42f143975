"""Which language a page speaks."""

from fieldapp.web import formats


def language_of(answer):
    return answer.text.split('<html lang="')[1][:2]


def test_vietnamese_is_spoken_when_nobody_asks_for_anything(anybody):
    assert language_of(anybody.get("/sign-in")) == "vi"


def test_a_browser_that_asks_for_english_gets_english(anybody):
    answer = anybody.get("/sign-in", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert language_of(answer) == "en" and "Sign in" in answer.text


def test_a_browser_that_asks_for_neither_gets_vietnamese(anybody):
    assert language_of(anybody.get("/sign-in", headers={"Accept-Language": "fr,ja;q=0.5"})) == "vi"


def test_the_switch_is_remembered_by_the_browser(anybody):
    answer = anybody.post("/language", {"language": "en", "back": "/sign-in?next=/"})
    assert answer.headers["Location"] == "/sign-in?next=/" and language_of(anybody.get("/sign-in")) == "en"


def test_the_switch_goes_along_with_the_account(minh, desk_app):
    minh.post("/language", {"language": "en", "back": "/"}, page="/")
    elsewhere = type(minh)(desk_app)
    elsewhere.sign_in("minh")
    assert language_of(elsewhere.get("/")) == "en"


def test_one_is_one_and_thousands_have_their_sign(minh, register, visit):
    visit(register("dong-cho", "Lê Thị Một"))
    minh.post("/language", {"language": "en", "back": "/"}, page="/")
    assert ">1 household</h2>" in minh.get("/households").text and "1 of 1 household surveyed" in minh.get("/").text
    with minh.client.application.test_request_context(headers={"Accept-Language": "en"}):
        assert formats.ngettext("%(num)s hộ", "%(num)s hộ", 12345) == "12,345 households"


def test_an_unknown_language_changes_nothing(anybody):
    anybody.post("/language", {"language": "xx"})
    assert language_of(anybody.get("/sign-in")) == "vi"


def test_a_refusal_of_a_phone_speaks_its_language(anybody):
    answer = anybody.client.post("/api/sync", headers={"Accept-Language": "en"})
    assert answer.json["problem"]["code"] == "unknown_device" and answer.json["message"] == "The server does not know this phone"
