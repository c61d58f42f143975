"""What the pages name is there: files, functions, commands, other pages; and both READMEs say the same."""

import re
import struct
from pathlib import Path

import pytest

from fieldapp.commands import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
NAMING = [page for page in PAGES if page.name not in ("CHANGELOG.md", "commands.md", "settings.md")]
TOKEN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
FILE = re.compile(r"\.?[\w-]+(?:/[\w.-]+)*(?:/|\.(?:py|js|md|json|html|css|txt|in|toml|po|cfg))")
FUNCTION = re.compile(r"([A-Za-z_$]\w*)\(\)")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
MADE_BY_RUNNING = {"access.json", "docs/pictures/"}
PICTURE_BYTES = 150 * 1024
DECISION_LINES = 40


def prose(page):
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def name(page):
    return page.relative_to(ROOT).as_posix()


def headings(page):
    return re.findall(r"^(#+) (.+)$", prose(page), re.MULTILINE)


def anchor(heading):
    """The fragment under which a heading of a page is found."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def is_defined(function, code):
    kinds = r"(?:def|class|function\*?|const|let|async)"
    return re.search(rf"\b{kinds}\s+{re.escape(function)}\b|^\s+(?:async )?{re.escape(function)}\s*[:(]", code, re.MULTILINE)


def unknown_names(page):
    """Files that are not there, and functions that the file named before them does not define."""
    file = None
    for token in TOKEN.findall(prose(page)):
        if FILE.fullmatch(token):
            file = next((path for path in (ROOT / token, page.parent / token) if path.exists()), None)
            if file is None and token not in MADE_BY_RUNNING:
                yield token
        elif (function := FUNCTION.fullmatch(token)) and not (
            file is not None and file.is_file() and is_defined(function[1], file.read_text(encoding="utf-8"))
        ):
            yield f"{file and name(file)}: {token}"


@pytest.mark.parametrize("page", NAMING, ids=name)
def test_every_file_and_function_named_is_there(page):
    assert list(unknown_names(page)) == []


def test_a_name_that_is_not_there_is_seen(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("`fieldapp/nowhere.py` and `fieldapp/config.py` `from_environment()` and `not_there()`", encoding="utf-8")
    assert list(unknown_names(page)) == ["fieldapp/nowhere.py", "fieldapp/config.py: not_there()"]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page):
    lost = []
    for link in LINK.findall(prose(page)):
        path, _, fragment = link.partition("#")
        target = page.parent / path if path else page
        if "://" in link:
            continue
        if not target.exists() or (fragment and fragment not in {anchor(text) for _, text in headings(target)}):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_named_is_one(page):
    named = set(re.findall(r"run\.py ([a-z][a-z-]*)", page.read_text(encoding="utf-8")))
    assert named <= {command.name for command in COMMANDS}


def test_both_readmes_have_the_same_parts():
    english, vietnamese = (parts_of(ROOT / each) for each in ("README.md", "README.vi.md"))
    assert english == vietnamese and len(english[0]) > 3


def parts_of(page):
    """Levels of the headings, pictures and pages linked to (the other language's apart), commands."""
    links = [link for link in LINK.findall(prose(page)) if not link.startswith("README")]
    return [level for level, _ in headings(page)], links, re.findall(r"python3 run\.py \w+", page.read_text(encoding="utf-8"))


def test_every_decision_is_short_and_says_why():
    assert DECISIONS
    for page in DECISIONS:
        assert [text for level, text in headings(page) if level == "##"] == ["Context", "Decision", "Consequences"], name(page)
        assert len(page.read_text(encoding="utf-8").splitlines()) <= DECISION_LINES, name(page)


def test_every_decision_is_listed():
    listed = set(LINK.findall(prose(ROOT / "docs/decisions/README.md")))
    assert {page.name for page in DECISIONS} <= listed


def test_every_picture_is_small_and_shown():
    shown = {(page.parent / link).resolve() for page in PAGES for link in LINK.findall(prose(page)) if link.endswith(".png")}
    pictures = {path.resolve() for path in (ROOT / "docs/pictures").glob("*")}
    assert pictures == shown and pictures
    for path in pictures:
        content = path.read_bytes()
        assert len(content) <= PICTURE_BYTES and content.startswith(b"\x89PNG"), path
        assert min(struct.unpack(">II", content[16:24])) > 200, path
