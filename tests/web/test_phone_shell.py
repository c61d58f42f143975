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

from fieldapp.web import minified
from fieldapp.web.phone import pack, shell

STATIC = Path(__file__).resolve().parents[2] / "static"
IMPORTED = re.compile(r"""^import\b[^;"']*["']([^"']+)["']""", re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:function|const|class) (\w+)", re.MULTILINE)


def kept(app):
    """{pack: (digest, {address: how its digest begins})} and {address: digest}, as the worker's text lists them."""
    return shell.listed(app.test_client().get("/phone/sw.js").data)


def is_promised(content, digest, letters=pack.DIGEST_LETTERS):
    return len(digest) == letters and hashlib.sha256(content).hexdigest().startswith(digest)


def test_every_file_on_the_lists_is_served_with_the_promised_bytes(app):
    client = app.test_client()
    packs, single = kept(app)
    promised = [(*each, pack.DIGEST_LETTERS) for each in single.items()]
    promised += [(*each, shell.HINT_LETTERS) for _digest, hints in packs.values() for each in hints.items()]
    assert [address for address, digest, letters in promised if not is_promised(client.get(address).data, digest, letters)] == []


def unpacked(travelling):
    """The files of a pack as it travels: its texts are put back into their gaps, as the worker does."""
    texts, _end, files = travelling.decode().partition(pack.BETWEEN)
    following = iter(texts.split(pack.TEXT_HERE))
    return re.sub(pack.TEXT_HERE, lambda _gap: next(following), files).encode().split(pack.BETWEEN.encode())


def test_a_pack_is_its_files_in_the_lists_order_and_one_digest_vouches_for_them_all(app):
    client = app.test_client()
    packs, _single = kept(app)
    for address, (digest, hints) in packs.items():
        files = unpacked(client.get(address).data)
        assert is_promised(b"\0".join(files), digest) and files == [client.get(each).data for each in hints]
    assert list(packs) == [shell.APP, shell.SCANNER] and set(packs[shell.SCANNER][1]) == shell.OF_THE_SCANNER


def test_what_is_alike_stands_together_in_a_pack():
    one, other, like_one, like_other = (pack.Kept(text[:1], text.encode()) for text in ("a b c d", "w x y", "a b c e", "w x z"))
    assert pack.in_order((one, other, like_one, like_other)) == (one, like_one, other, like_other)


@pytest.mark.parametrize("character", [pack.BETWEEN, pack.TEXT_HERE])
def test_a_file_that_a_worker_could_not_put_together_again_is_not_packed(tmp_path, character):
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "importmap.json").write_text('{"imports": {}}')
    with pytest.raises(ValueError, match="/phone/odd"):
        shell.pack(shell.APP, tmp_path, [pack.Kept("/phone/odd.js", f'"Tuấn{character}"'.encode())])


def test_what_the_page_loads_before_a_worker_stands_behind_it_is_not_in_the_pack(app):
    """It would travel twice; and anything else that main.js imported would, at the first visit."""
    _packs, single = kept(app)
    page = app.test_client().get("/phone/").text
    reached, found = set(), set(re.findall(r'(?:href|src)="([^"]+)"', page))
    while found - reached:
        address = (found - reached).pop()
        reached.add(address)
        text = (STATIC.parent / address[1:]).read_text("utf-8") if address.endswith(".js") else ""
        found |= {urljoin(address, name) for name in IMPORTED.findall(text)}
    assert set(single) == reached | {"/phone/", "/phone/words.en.js"}


def test_the_list_holds_the_page_its_modules_its_libraries_and_its_tables(app):
    packs, single = kept(app)
    addresses = {address for _digest, hints in packs.values() for address in hints} | set(single)
    imports = json.loads(re.search(r'importmap">(.*?)</script>', app.test_client().get("/phone/").text)[1])["imports"]
    tables = {"/phone/", "/phone/words.en.js", "/phone/questionnaires/household-1.js", "/static/phone/words.js"}
    assert tables | set(imports.values()) <= addresses


def test_what_only_a_browser_without_the_app_shows_is_not_kept(app):
    assert "screens/gate" not in app.test_client().get("/phone/sw.js").text


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


@pytest.mark.skipif(minified.minifier() is None, reason="no minifier is made for this machine: requirements.in")
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


@pytest.mark.skipif(minified.minifier() is None, reason="no minifier is made for this machine: requirements.in")
def test_a_minified_function_does_its_things_in_the_order_in_which_they_are_written():
    written = b"async function look() {\n  const from = store;\n  const [who] = await asked();\n  if (store === from) show(who);\n}\n"
    served = minified.minified.__wrapped__(written, ".js").decode()
    assert served.index("=store") < served.index("await")


@pytest.mark.skipif(minified.minifier() is None, reason="no minifier is made for this machine: requirements.in")
def test_markup_is_served_without_its_indentation_and_texts_with_every_blank():
    written = "export const a = html`<p class=${b}\n    id=${c}>\n    <b>x  y</b>\n  </p>\n  ${d}\n  text`;\nexport const e = `1\n2`;\n"
    served = minified.minified(written.encode(), ".js").decode()
    assert "html`<p class=${b}\nid=${c}><b>x  y</b></p>${d}\ntext`" in served and "`1\n2`" in served.replace("\\n", "\n").replace('"', "`")


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
    monkeypatch.setattr(minified, "minifier", lambda: None)
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
