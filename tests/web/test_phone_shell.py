"""What the phone keeps to start offline: the list is whole, its hashes are true, and its own policy lets the page run."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import brotli
import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"


def kept(app):
    text = app.test_client().get("/phone/sw.js").text
    return json.loads(re.search(r"self\.PRECACHE = (\[.*?\]);\n", text, re.DOTALL)[1])


def test_every_file_on_the_list_is_served_with_the_promised_bytes(app):
    client = app.test_client()
    for address, sha256 in kept(app):
        answer = client.get(address)
        assert answer.status_code == 200 and hashlib.sha256(answer.data).hexdigest() == sha256, address


def test_the_list_holds_the_page_its_modules_its_libraries_and_its_tables(app):
    addresses = {address for address, _ in kept(app)}
    imports = json.loads(re.search(r'importmap">(.*?)</script>', app.test_client().get("/phone/").text)[1])["imports"]
    tables = {"/phone/", "/phone/words.en.js", "/phone/questionnaires/household-1.js", "/static/phone/words.js"}
    assert tables | set(imports.values()) <= addresses


def test_the_worker_may_serve_the_phone_and_is_never_stale(app):
    headers = app.test_client().get("/phone/sw.js").headers
    assert headers["Service-Worker-Allowed"] == "/phone/" and headers["Cache-Control"] == "no-cache"


def test_the_version_changes_with_any_file(app, tmp_path, monkeypatch):
    from fieldapp.web import shell

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


def test_the_phones_modules_are_served_without_comments_and_otherwise_as_they_are(app):
    """Line by line: what a phone says of an error leads to the source."""
    client = app.test_client()
    for path in sorted(STATIC.glob("phone/**/*.js")):
        written = path.read_text(encoding="utf-8").split("\n")
        served = client.get(f"/static/{path.relative_to(STATIC).as_posix()}").text.split("\n")
        assert len(served) == len(written), path
        assert served == ["" if comment else line for line, comment in zip(written, in_comments(written), strict=True)], path


def in_comments(lines):
    """Whether each line is one of a comment, and nothing else."""
    inside = False
    for line in map(str.strip, lines):
        begins = line.startswith("/*")
        yield inside or begins or line.startswith("//")
        inside = (inside or begins) and not line.endswith("*/")


def test_a_library_is_served_with_every_byte(app):
    assert app.test_client().get("/static/vendor/hpke/index.js").data == (STATIC / "vendor/hpke/index.js").read_bytes()


@pytest.mark.parametrize("path", ["/static/../run.py", "/static/%2e%2e/run.py", "/static/phone", "/static/nothing.js"])
def test_nothing_outside_the_static_folder_is_served(app, path):
    assert app.test_client().get(path).status_code == 404


def test_icons_of_the_manifest_are_there(app):
    client = app.test_client()
    manifest = json.loads(client.get("/phone/manifest.webmanifest").text)
    assert manifest["scope"] == "/phone/" and [client.get(icon["src"]).status_code for icon in manifest["icons"]] == [200] * 3
