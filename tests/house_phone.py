"""The rules of the house for the phone's modules, as tests/test_house.py applies them: to the text without its comments.

The phone's floors: survey/ and clock; what is pure beside them (outbox, rows, visit, gate); what reaches out (seal, sync, tabs);
the store, the rounds of a sync, the PIN; what the phone knows (phone, places, when, visiting); the form, the lock; enrolment;
screens; the app; main."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.house_python import Source, names_are_the_fields_words

PHONE = "static/phone/"
LITERAL_OR_COMMENT = re.compile(r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|/\*.*?\*/|(?<![:\\])//[^\n]*""", re.DOTALL)
IMPORT = re.compile(r"""(?:^|[;\n])\s*(?:import|export)\b[^;"'`]*?["']([^"']+)["']|\bimport\(\s*["'`]([^"'`]+)""")
# Pure modules: what they need comes as an argument.
PURE = ("outbox.js", "rounds.js", "rows.js", "visit.js", "correcting.js", "gate.js", "clock.js", "room.js", "todo.js", "work.js", "signals.js")
WORLD = re.compile(
    r"\b(document|window|navigator|fetch|indexedDB|localStorage|sessionStorage|caches|crypto|XMLHttpRequest|WebSocket"
    r"|setTimeout|setInterval)\b(?!\s*:)|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b"
)
OTHER_WAYS_OUT = re.compile(r"\b(XMLHttpRequest|sendBeacon|EventSource|WebSocket|WebTransport)\b")
# Asking whether the browser has a database (main.js, for the gate) does not open it.
DATABASE = re.compile(r"\bindexedDB\s*[.\[]|\bopenDB\b|\bdeleteDatabase\b")
# Whether anybody looks at it, and which language it speaks, is asked of the page without touching what it shows.
PAGE = re.compile(r"\bdocument\.(?!hidden\b|addEventListener\(\"visibilitychange\"|documentElement\.lang\b)")
ON_THE_PAGE = ("main.js", "app.js", "form.js")
LEVELS = (
    ("survey/", "clock.js", "signals.js"),
    (
        "outbox.js", "rows.js", "visit.js", "correcting.js", "todo.js", "work.js", "gate.js", "room.js", "html.js", "painted.js", "words.js",
        "route.js", "first.js",
    ),
    ("icons.js", "seal.js", "hpke.js", "database.js", "sync.js", "eye.js", "tabs.js", "voice.js"),
    ("store.js", "rounds.js", "pretend.js", "shell.js", "pin.js", "envelope.js"),
    ("phone.js", "places.js"),
    ("when.js", "said.js", "visiting.js", "arriving.js", "handover.js"),
    ("form.js", "locking.js"),
    ("enrolment.js", "practice.js"),
    ("screens/",),
    ("app.js",),
    ("main.js",),
)
# The gate's words are shown where no other module may be loaded yet.
ALSO = {("main.js", "screens/gate.js")}


def phone_modules_import_downward(source: Source) -> Iterator[str]:
    here = inside(source)
    if here == "sw.js":
        return
    level = level_of(here)
    if level is None:
        yield f"{source.path}: stands on no floor of tests/house_phone.py"
        return
    for other in imported(source):
        below = level_of(other)
        if below is not None and below > level and (here, other) not in ALSO:
            yield f"{source.path}: imports {other}"
        if here.startswith("survey/") and not other.startswith("survey/") and other != "clock.js":
            yield f"{source.path}: imports {other}"


def only_sync_speaks_to_the_server(source: Source) -> Iterator[str]:
    """The worker fetches the shell's files, and names /api/ to keep out of it."""
    here, code = inside(source), code_of(source)
    if here not in ("sync.js", "sw.js"):
        if re.search(r"\bfetch\s*\(|\bfetch\b\s*[,;)]", code):
            yield f"{source.path}: fetches"
        if re.search(r"[\"'`]/api\b", code):
            yield f"{source.path}: names /api"
    if here == "sw.js" and re.search(r"fetch\(\s*[\"'`]/api", code):
        yield f"{source.path}: fetches /api"
    yield from (f"{source.path}: uses {found}" for found in OTHER_WAYS_OUT.findall(code))


def only_the_store_opens_the_database(source: Source) -> Iterator[str]:
    """By its module for that."""
    if inside(source) != "database.js":
        yield from (f"{source.path}: {found.strip()}" for found in DATABASE.findall(code_of(source)))


def outbox_and_survey_touch_nothing_around_them(source: Source) -> Iterator[str]:
    here = inside(source)
    if here in PURE or here.startswith("survey/"):
        yield from (f"{source.path}: {found[0]}" for found in WORLD.finditer(code_of(source)))


def only_screens_and_the_form_touch_the_page(source: Source) -> Iterator[str]:
    here = inside(source)
    if not here.startswith("screens/") and here not in ON_THE_PAGE:
        yield from (f"{source.path}: {found[0]}" for found in PAGE.finditer(code_of(source)))


def every_phone_module_says_what_it_is_for(source: Source) -> Iterator[str]:
    if not re.match(r"/\*\s*\S.{20}", source.text):
        yield f"{source.path}: does not open with what it is for"


def inside(source: Source) -> str:
    """The path from static/phone/ on."""
    return source.path.removeprefix(PHONE)


def level_of(module: str) -> int | None:
    """The floor of one of the phone's own modules, from the ground up; None for anything else."""
    for level, those in enumerate(LEVELS):
        if any(module == each or (each.endswith("/") and module.startswith(each)) for each in those):
            return level
    return None


def imported(source: Source) -> list[str]:
    """The phone's own modules that the source imports, at once or later, as paths from static/phone/ on."""
    names = [at_once or later for at_once, later in IMPORT.findall(code_of(source))]
    folder = str(PurePosixPath(inside(source)).parent)
    return [posixpath.normpath(posixpath.join(folder, name)) for name in names if name.startswith(".")]


def code_of(source: Source) -> str:
    """The text without comments; texts in quotes stay."""
    return LITERAL_OR_COMMENT.sub(lambda found: found[1] or " ", source.text)


RULES = (
    phone_modules_import_downward,
    only_sync_speaks_to_the_server,
    only_the_store_opens_the_database,
    outbox_and_survey_touch_nothing_around_them,
    only_screens_and_the_form_touch_the_page,
    every_phone_module_says_what_it_is_for,
    names_are_the_fields_words,
)
