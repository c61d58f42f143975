"""The rules of the house for Python, as tests/test_house.py applies them: each takes one source and tells what breaks it.

Syntax trees, not text: an import inside a function, under TYPE_CHECKING or by `import_module("…")` is an import all the same."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

# Room → the rooms it may import from, itself left out. Below all: config and survey.
GROUND = {"survey", "config"}
FLOORS = {
    "survey": set(),
    "config": set(),
    "store": GROUND,
    "intake": GROUND | {"store"},
    "figures": GROUND | {"store"},
    "paper": GROUND | {"store", "intake", "figures"},
    "web": GROUND | {"store", "intake", "figures", "paper"},
}
# cli and what it is split into, demo, bench, gallery, soak, browsing and kills stand at the top: they may use everything, nobody uses them.
TOP = {"cli", "demo", "bench", "gallery", "soak", "browsing", "kills"}
OF_CLI = {
    "cli", "commands", "serving", "checking", "locking", "vendoring", "backing_up", "inviting", "asked_keys", "taking_in", "verifying", "founding",
    "packaging",
}  # fmt: skip
FLASK_AT = {"web", "cli", "__init__"}
FLASK = {"flask", "werkzeug", "wtforms"}
SQLALCHEMY = {"sqlalchemy", "alembic", "flask_sqlalchemy"}
# flask-sqlalchemy is a part of the product's card; the application opens the database with it and hands the engine to the store.
SQLALCHEMY_ALSO = {("fieldapp/web/application.py", "flask_sqlalchemy")}
# In the hall of the web: the application, and the words of all codes.
OF_ALL_ROOMS = {"application.py", "words.py"}
WEB_ROOMS = {folder.name for folder in (Path(__file__).parents[1] / "fieldapp" / "web").iterdir() if (folder / "__init__.py").exists()}
IMPURE_MODULES = {
    "time", "random", "secrets", "os", "uuid", "tempfile", "subprocess", "socket", "shutil", "urllib", "http", "io", "threading",
}  # fmt: skip
IMPURE_CALLS = {"now", "utcnow", "today", "urandom", "uuid1", "uuid4", "open", "write_text", "write_bytes"}
READS = {"read_text", "read_bytes", "glob"}
NAMELESS = {"util", "utils", "helper", "helpers", "manager", "managers", "data", "info", "misc", "common"}


class Source(NamedTuple):
    """One file. path: from the repository's root, with slashes."""

    path: str
    text: str


def room_of(path: str) -> str:
    """The room that a file of fieldapp/ stands in."""
    parts = PurePosixPath(path).with_suffix("").parts[1:]
    return "cli" if parts[0] in OF_CLI else parts[0]


def imports_run_down_the_floors(source: Source) -> Iterator[str]:
    room = room_of(source.path)
    if room in TOP or room == "__init__":
        return
    for module in imported(source):
        if _package(module) == "fieldapp":
            _, other, *_ = [*module.split("."), "__init__"]
            if other != room and other not in FLOORS.get(room, set()):
                yield f"{source.path}: {room} imports {module}"


def only_the_doors_know_flask(source: Source) -> Iterator[str]:
    if room_of(source.path) not in FLASK_AT:
        for module in imported(source):
            if _package(module) in FLASK or module.startswith("flask_"):
                yield f"{source.path}: imports {module}"


def only_the_store_knows_sqlalchemy(source: Source) -> Iterator[str]:
    if room_of(source.path) != "store":
        for module in imported(source):
            if _package(module) in SQLALCHEMY and (source.path, _package(module)) not in SQLALCHEMY_ALSO:
                yield f"{source.path}: imports {module}"


def the_hall_of_the_web_knows_none_of_its_rooms(source: Source) -> Iterator[str]:
    """Files right in fieldapp/web/ serve all its rooms; only what is assembled of them looks into them."""
    folder, name = str(PurePosixPath(source.path).parent), PurePosixPath(source.path).name
    if folder == "fieldapp/web" and name not in OF_ALL_ROOMS:
        for module in imported(source):
            if module.startswith("fieldapp.web.") and module.split(".")[2] in WEB_ROOMS:
                yield f"{source.path}: imports {module}"


def a_survey_imports_the_standard_library_only(source: Source) -> Iterator[str]:
    if room_of(source.path) == "survey":
        for module in imported(source):
            if _package(module) not in sys.stdlib_module_names and not module.startswith("fieldapp.survey"):
                yield f"{source.path}: imports {module}"


def a_survey_has_no_clock_no_random_and_no_files(source: Source) -> Iterator[str]:
    """Its own JSON may be read while it is imported."""
    if room_of(source.path) != "survey":
        return
    yield from (f"{source.path}: imports {each}" for each in imported(source) if _package(each) in IMPURE_MODULES)
    for call, at_import in _calls(ast.parse(source.text), True):
        if call in IMPURE_CALLS or (call in READS and not at_import):
            yield f"{source.path}: calls {call}()"


def every_module_says_what_it_is_for(source: Source) -> Iterator[str]:
    if not ast.get_docstring(ast.parse(source.text)):
        yield f"{source.path}: no docstring"


def names_are_the_fields_words(source: Source) -> Iterator[str]:
    for part in PurePosixPath(source.path).parts:
        for word in PurePosixPath(part).stem.replace("-", "_").split("_"):
            if word in NAMELESS:
                yield f"{source.path}: {word} says nothing"


def imported(source: Source) -> set[str]:
    """Every module that the source names; `from fieldapp.store import areas` names fieldapp.store.areas."""
    package = PurePosixPath(source.path).parts[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (start, node.module)))
            found.update(f"{module}.{alias.name}" if module.startswith("fieldapp") else module for alias in node.names)
        elif isinstance(node, ast.Call) and _name(node.func) in ("import_module", "__import__"):
            found.update(each.value for each in node.args[:1] if isinstance(each, ast.Constant) and isinstance(each.value, str))
    return found


def _package(module: str) -> str:
    return module.split(".")[0]


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def _calls(node: ast.AST, at_import: bool) -> Iterator[tuple[str, bool]]:
    """(name called, whether it runs while the module is imported)."""
    if isinstance(node, ast.Call):
        yield _name(node.func), at_import
    inside = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, at_import and not inside)


RULES = (
    imports_run_down_the_floors,
    only_the_doors_know_flask,
    only_the_store_knows_sqlalchemy,
    the_hall_of_the_web_knows_none_of_its_rooms,
    a_survey_imports_the_standard_library_only,
    a_survey_has_no_clock_no_random_and_no_files,
    every_module_says_what_it_is_for,
    names_are_the_fields_words,
)
