"""The rules of the house (CONTRIBUTING.md), each held on every file, and each proven by planted breaches that it must see.

A rule that never fails guards nothing: adding one means a line in RULES and a line in PLANTED."""

import statistics
from pathlib import Path

import pytest

from tests import house_phone, house_python
from tests.house_python import Source

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES, MEDIAN_LINES = 250, 100
SIZED = (
    *("run.py", "fieldapp/**/*.py", "migrations/**/*.py", "tests/**/*.py", "tests/**/*.js"),
    *("static/**/*.js", "static/**/*.css", "templates/**/*.html"),
)

PLANTED = {
    "imports_run_down_the_floors": (
        ("fieldapp/intake/board.py", "from fieldapp.figures import board"),
        ("fieldapp/figures/late.py", "def later():\n    import fieldapp.intake.sync"),
        ("fieldapp/store/rooms.py", "from fieldapp import web"),
        ("fieldapp/store/rooms.py", "from ..web import api"),
        ("fieldapp/survey/typed.py", "if TYPE_CHECKING:\n    from fieldapp.store.areas import Village"),
        ("fieldapp/web/shown.py", "from importlib import import_module\nimport_module('fieldapp.demo.links')"),
        ("fieldapp/paper/sheet.py", "from fieldapp import create_app"),
        ("fieldapp/web/start.py", "from fieldapp.serving import run"),
        ("fieldapp/config.py", "from fieldapp.survey.day import moment"),
    ),
    "only_the_doors_know_flask": (
        ("fieldapp/intake/sync.py", "from flask import request"),
        ("fieldapp/paper/qr.py", "import flask_babel"),
        ("fieldapp/figures/board.py", "from werkzeug.exceptions import NotFound"),
    ),
    "only_the_store_knows_sqlalchemy": (
        ("fieldapp/intake/sync.py", "from sqlalchemy import Engine"),
        ("fieldapp/web/figures/overview.py", "from flask_sqlalchemy import SQLAlchemy"),
        ("fieldapp/web/application.py", "import sqlalchemy.orm"),
        ("fieldapp/demo/stage.py", "import alembic.command"),
    ),
    "the_hall_of_the_web_knows_none_of_its_rooms": (
        ("fieldapp/web/guard.py", "from fieldapp.web.office import setup"),
        ("fieldapp/web/menu.py", "from fieldapp.web.review.queue import waiting"),
    ),
    "a_survey_imports_the_standard_library_only": (
        ("fieldapp/survey/event.py", "import msgspec"),
        ("fieldapp/survey/event.py", "from fieldapp.config import Settings"),
    ),
    "a_survey_has_no_clock_no_random_and_no_files": (
        ("fieldapp/survey/day.py", "from datetime import date\ndef day():\n    return date.today()"),
        ("fieldapp/survey/day.py", "import time"),
        ("fieldapp/survey/ids.py", "from random import Random"),
        ("fieldapp/survey/ids.py", "from uuid import uuid4"),
        ("fieldapp/survey/criteria.py", "BOARDS = open('boards.json')"),
        ("fieldapp/survey/criteria.py", "def boards():\n    return Path('boards.json').read_text()"),
    ),
    "every_module_says_what_it_is_for": (("fieldapp/survey/cut.py", "ALL = 'all'"),),
    "names_are_the_fields_words": (
        ("fieldapp/store/utils.py", ""),
        ("fieldapp/helpers/day.py", ""),
        ("fieldapp/web/form_data.py", ""),
        ("static/phone/info.js", ""),
    ),
    "phone_modules_import_downward": (
        ("static/phone/survey/fold.js", 'import { now } from "../phone.js";'),
        ("static/phone/survey/fold.js", 'import {\n  next,\n} from "../outbox.js";'),
        ("static/phone/store.js", 'const later = await import("./screens/list.js");'),
        ("static/phone/sync.js", 'export { rounds } from "./rounds.js";'),
        ("static/phone/nowhere.js", ""),
    ),
    "only_sync_speaks_to_the_server": (
        ("static/phone/screens/list.js", 'await fetch("/phone/words.en.js")'),
        ("static/phone/when.js", 'navigator.sendBeacon("/x")'),
        ("static/phone/enrolment.js", 'post("/api/enrol")'),
        ("static/phone/sw.js", 'fetch("/api/sync")'),
    ),
    "only_the_store_opens_the_database": (
        ("static/phone/phone.js", 'import { openDB } from "idb";'),
        ("static/phone/main.js", 'indexedDB.open("tung-nha")'),
    ),
    "outbox_and_survey_touch_nothing_around_them": (
        ("static/phone/outbox.js", "const wait = Math.random() * 5;"),
        ("static/phone/survey/fold.js", "const today = Date.now();"),
        ("static/phone/survey/check.js", "window.alert(code)"),
        ("static/phone/survey/ids.js", "crypto.getRandomValues(bytes)"),
    ),
    "only_screens_and_the_form_touch_the_page": (("static/phone/phone.js", 'document.title = "Từng Nhà";'),),
    "every_phone_module_says_what_it_is_for": (("static/phone/rows.js", "export const rows = [];"),),
}  # fmt: skip
ON_PYTHON = {rule.__name__: rule for rule in house_python.RULES}
ON_PHONE = {rule.__name__: rule for rule in house_phone.RULES}


def sources(*patterns):
    paths = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
    found = [Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths]
    return [each for each in found if "/vendor/" not in each.path]


@pytest.mark.parametrize("rule", ON_PYTHON.values(), ids=ON_PYTHON)
def test_python_keeps(rule):
    assert [broken for source in sources("fieldapp/**/*.py") for broken in rule(source)] == []


@pytest.mark.parametrize("rule", ON_PHONE.values(), ids=ON_PHONE)
def test_the_phone_keeps(rule):
    assert [broken for source in sources("static/phone/**/*.js") for broken in rule(source)] == []


@pytest.mark.parametrize(
    "name, path, text", [(name, *planted) for name, those in PLANTED.items() for planted in those],
    ids=lambda value: value if value in PLANTED else "",
)  # fmt: skip
def test_a_planted_breach_is_seen(name, path, text):
    assert list((ON_PHONE | ON_PYTHON)[name](Source(path, text))), f"{name} saw nothing in {path}: {text}"


def test_every_rule_is_proven_by_a_planted_breach():
    assert {*ON_PYTHON, *ON_PHONE} == set(PLANTED)


def test_a_comment_is_no_breach():
    told = '/* fetch() and indexedDB.open are not for us, see "/api". */\nconst a = "http://x"; // Math.random\n'
    assert [broken for rule in house_phone.RULES for broken in rule(Source("static/phone/outbox.js", told))] == []


def test_no_file_asks_to_be_split():
    assert {each.path: lines for each in sources(*SIZED) if (lines := len(each.text.splitlines())) > MOST_LINES} == {}


def test_most_files_are_short():
    lengths = [len(each.text.splitlines()) for each in sources("fieldapp/**/*.py", "static/**/*.js") if each.text.strip()]
    assert statistics.median(lengths) < MEDIAN_LINES
