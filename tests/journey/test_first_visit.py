"""A phone that opens the app for the first time fetches it once, in few answers; and where the worker can't keep it, it opens all the same."""

import pytest
from playwright.sync_api import expect

from fieldapp.browsing.site import Site
from tests.journey.member import Member
from tests.journey.releases import version_at
from tests.journey.test_updates import comes_true, runs

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

# Run first in the server's process: what it answers with a body is written down, and the pack can be missing.
BEFORE = """
from pathlib import Path
from flask import request
from fieldapp.web import files
from fieldapp.web.phone import shell

FOLDER = Path({folder!r})
conditional, pack = files.Response.make_conditional, shell.pack

def noted(response, *arguments, **named):
    answer = conditional(response, *arguments, **named)
    if request.path.startswith(("/phone/", "/static/")):
        with (FOLDER / "answers").open("a") as file:
            file.write(f"{{answer.status_code}} {{request.path}}\\n")
    return answer

files.Response.make_conditional = noted
shell.pack = lambda *arguments: b"" if (FOLDER / "no pack").exists() else pack(*arguments)
"""
ENOUGH_ANSWERS = 12  # the page, what it needs to choose its gate, its icons, the worker, the two packs
RECEIVE = "Nhận máy này"


@pytest.fixture
def site(communes, roster, tmp_path):
    site = Site(communes, tmp_path / "data", BEFORE.format(folder=str(tmp_path)))
    site.start()
    yield site
    site.stop()


def answered(tmp_path) -> list[str]:
    """The addresses that were answered with their bytes, one for each answer."""
    return [line.split()[1] for line in (tmp_path / "answers").read_text().splitlines() if line.startswith("200 ")]


def test_a_first_visit_is_few_answers_each_given_once_and_the_app_opens_without_a_network_then(browsers, link, site, tmp_path):
    page = browsers("phone").pages[0]
    page.goto(link("huong"))
    expect(page.get_by_role("button", name=RECEIVE)).to_be_visible()
    given = answered(tmp_path)
    assert len(given) == len(set(given)) <= ENOUGH_ANSWERS and "/phone/pack" in given, given
    site.stop()
    page.reload()
    expect(page.get_by_role("button", name=RECEIVE)).to_be_visible()


def test_where_the_shell_can_not_be_kept_the_app_opens_from_the_network_and_is_kept_later(browsers, link, site, tmp_path):
    (tmp_path / "no pack").touch()
    huong = Member(browsers("phone").pages[0])
    huong.enrol(link("huong"))
    assert "/static/phone/app.js" in answered(tmp_path)
    (tmp_path / "no pack").unlink()
    huong.page.reload()
    huong.unlock()
    runs(huong, version_at(site.address))
    comes_true(lambda: huong.page.evaluate("Boolean(navigator.serviceWorker.controller)"))


def test_another_language_is_fetched_when_it_is_chosen_and_kept_from_then_on(browsers, link, site, tmp_path):
    huong = Member(browsers("phone").pages[0])
    huong.enrol(link("huong"))
    site.stop()
    huong.sending.click()
    huong.press("English")
    expect(huong.page.get_by_role("region").get_by_text("Cần có mạng để tải English lần đầu")).to_be_visible()
    site.start()
    huong.press("English")
    expect(huong.page.get_by_role("heading", name="This phone")).to_be_visible()
    assert answered(tmp_path).count("/phone/words.en.js") == 1
    site.stop()
    huong.page.reload()
    expect(huong.page.get_by_role("heading", name="Enter the PIN")).to_be_visible()
