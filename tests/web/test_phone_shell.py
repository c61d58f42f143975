"""What the phone keeps to start offline: the list is whole, its hashes are true, and its own policy lets the page run."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path
from urllib.parse import urljoin

import brotli
import pytest

from fieldapp.web import minified, shell

STATIC = Path(__file__).resolve().parents[2] / "static"
IMPORTED = re.compile(r"""^import\b[^;"']*["']([^"']+)["']""", re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:function|const|class) (\w+)", re.MULTILINE)


def kept(app):
    text = app.test_client().get("/phone/sw.js").text
    return json.loads(re.search(r"self\.PRECACHE = (\[.*?\]);\n", text)[1])


def test_every_file_on_the_list_is_served_with_the_promised_bytes(app):
    client = app.test_client()
    for address, begins, _bytes in kept(app):
        answer = client.get(address)
        assert answer.status_code == 200 and hashlib.sha256(answer.data).hexdigest().startswith(begins), address
        assert len(begins) == shell.DIGEST_LETTERS


def test_the_pack_is_what_the_list_says_one_after_another(app):
    client = app.test_client()
    whole, end = client.get("/phone/pack").data, 0
    for address, _begins, length in kept(app):
        assert whole[end : (end := end + length)] == (client.get(address).data if length else b""), address
    assert len(whole) == end


def test_what_the_page_loads_before_a_worker_stands_behind_it_is_not_in_the_pack(app):
    """It would travel twice; and anything else that main.js imported would, at the first visit."""
    single = {address for address, _begins, length in kept(app) if not length}
    page = app.test_client().get("/phone/").text
    reached, found = set(), set(re.findall(r'(?:href|src)="([^"]+)"', page))
    while found - reached:
        address = (found - reached).pop()
        reached.add(address)
        text = (STATIC.parent / address[1:]).read_text("utf-8") if address.endswith(".js") else ""
        found |= {urljoin(address, name) for name in IMPORTED.findall(text)}
    assert single == reached | {"/phone/", shell.SCANNER, "/phone/words.en.js"}


def test_the_list_holds_the_page_its_modules_its_libraries_and_its_tables(app):
    addresses = {address for address, *_ in kept(app)}
    imports = json.loads(re.search(r'importmap">(.*?)</script>', app.test_client().get("/phone/").text)[1])["imports"]
    tables = {"/phone/", "/phone/words.en.js", "/phone/questionnaires/household-1.js", "/static/phone/words.js"}
    assert tables | set(imports.values()) <= addresses


def test_the_worker_may_serve_the_phone_and_is_never_stale(app):
    headers = app.test_client().get("/phone/sw.js").headers
    assert headers["Service-Worker-Allowed"] == "/phone/" and headers["Cache-Control"] == "no-cache"


def test_the_version_changes_with_any_file(app, tmp_path, monkeypatch):
    for part in ("phone", "vendor"):
        (tmp_path / part).mkdir()
    (tmp_path / "phone" / "sw.js").write_text("// worker")
    (tmp_path / "phone" / "main.js").write_text("one")
    (tmp_path / "vendor" / "importmap.json").write_text('{"imports": {}}')
    before = shell.worker(tmp_path, [])
    (tmp_path / "phone" / "main.js").write_text("two")
    assert shell.worker(tmp_path, []).splitlines()[0] != before.splitlines()[0]


def test_the_import_map_is_allowed_by_its_hash_and_nothing_else_inline(app):
    answer = app.test_client().get("/phone/")
    inline = re.search(r'<script type="importmap">(.*?)</script>', answer.text)[1]
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]


def test_the_pages_of_the_phone_set_no_cookie(app):
    assert "Set-Cookie" not in app.test_client().get("/phone/").headers


@pytest.mark.parametrize("encoding, opened", [("gzip", gzip.decompress), ("gzip, br", brotli.decompress)])
def test_files_travel_compressed(app, encoding, opened):
    answer = app.test_client().get("/static/vendor/preact/dist/preact.mjs", headers={"Accept-Encoding": encoding})
    assert answer.headers["Content-Encoding"] == encoding[-4:].strip(", ") and b"export" in opened(answer.data)


def test_what_did_not_change_is_not_sent_again(app):
    client, accepts = app.test_client(), {"Accept-Encoding": "br"}
    etag = client.get("/static/phone/words.js", headers=accepts).headers["ETag"]
    assert client.get("/static/phone/words.js", headers={**accepts, "If-None-Match": etag}).status_code == 304


@pytest.mark.skipif(minified.minify is None, reason="no minifier is made for this machine: requirements.in")
def test_the_phones_files_are_served_minified(app):
    client = app.test_client()
    written = [*STATIC.glob("phone/**/*.js"), STATIC / "phone/phone.css"]
    served = {path: client.get(f"/static/{path.relative_to(STATIC).as_posix()}").text for path in written}
    assert [path for path, text in served.items() if "/*" in text or "\n * " in text] == []
    assert sum(map(len, served.values())) < 0.8 * sum(path.stat().st_size for path in written)


def test_a_minified_module_still_has_all_its_names(app):
    client = app.test_client()
    for path in STATIC.glob("phone/**/*.js"):
        served = client.get(f"/static/{path.relative_to(STATIC).as_posix()}").text
        assert [name for name in EXPORTED.findall(path.read_text("utf-8")) if not re.search(rf"\b{name}\b", served)] == [], path


@pytest.mark.skipif(minified.minify is None, reason="no minifier is made for this machine: requirements.in")
def test_a_minified_function_does_its_things_in_the_order_in_which_they_are_written():
    written = b"async function look() {\n  const from = store;\n  const [who] = await asked();\n  if (store === from) show(who);\n}\n"
    served = minified.minified.__wrapped__(written, ".js").decode()
    assert served.index("=store") < served.index("await")


@pytest.mark.parametrize("value", ["(await made(first)) ?? {}", "{ a: first }", "made({ a: 1 })", "await first.made() ?? null", "one + other"])
def test_what_is_declared_first_stays_first(value):
    """A minifier that puts a pattern before what it reads, to save a blank, breaks the app, or changes it unseen."""
    written = f"export async function f() {{ const first = store; const {{ a }} = {value}; return [first, a]; }}"
    served = minified.minified(written.encode(), ".js").decode()
    assert 0 < served.replace(" ", "").index("=store") < served.replace(" ", "").index("}=")


def test_large_numbers_and_none_stay_what_they_are():
    """Math.trunc(a) is not a|0: a moment in milliseconds has more than 31 bits."""
    written = "export const f = (a) => [Math.trunc(a), Math.abs(a), isNaN(a)];"
    served = minified.minified(written.encode(), ".js").decode()
    assert all(f"{call}(" in served for call in ("Math.trunc", "Math.abs", "isNaN"))


def test_where_no_minifier_is_made_for_the_machine_only_lines_of_comments_are_left_out(monkeypatch):
    monkeypatch.setattr(minified, "minify", None)
    written = b'/* Why. */\nconst a = 1; // kept\n// gone\n/** Two\n  lines */\nconst b = "/* text */";\n'
    assert minified.minified.__wrapped__(written, ".js").split() == b'const a = 1; // kept const b = "/* text */";'.split()


def test_a_file_that_is_no_script_or_style_is_served_with_every_byte(app):
    svg = STATIC / "phone/icons/icon.svg"
    assert app.test_client().get("/static/phone/icons/icon.svg").data == svg.read_bytes()


@pytest.mark.parametrize("path", ["/static/../run.py", "/static/%2e%2e/run.py", "/static/phone", "/static/nothing.js"])
def test_nothing_outside_the_static_folder_is_served(app, path):
    assert app.test_client().get(path).status_code == 404


def test_icons_of_the_manifest_are_there(app):
    client = app.test_client()
    manifest = json.loads(client.get("/phone/manifest.webmanifest").text)
    assert manifest["scope"] == "/phone/" and [client.get(icon["src"]).status_code for icon in manifest["icons"]] == [200] * 3
