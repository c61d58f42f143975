"""The tests' own Chromium: keeps what it stored through a SIGKILL, runs the vendored modules and axe under a strict CSP."""

import base64
import hashlib
import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from fieldapp.soak.node import node_binary
from tests.browser import axe, kill, launch

ROOT = Path(__file__).resolve().parent.parent
IMPORT_MAP = (ROOT / "static/vendor/importmap.json").read_text(encoding="utf-8")
MAP_HASH = base64.b64encode(hashlib.sha256(IMPORT_MAP.encode()).digest()).decode()
CSP = f"default-src 'none'; script-src 'self' 'sha256-{MAP_HASH}'; connect-src 'self'"
PAGE = f"""<!doctype html><html lang="vi"><title>Từng Nhà</title>
<script type="importmap">{IMPORT_MAP}</script><script type="module" src="/page.js"></script>
<main id="here"></main><img src="/x.png"></html>"""
MODULE = """
import { render } from "preact";
import { html, useState } from "/static/phone/html.js";
import { signal } from "/static/phone/signals.js";
import { transactions } from "/static/phone/database.js";
const opened = signal("…");
function Screen() { const [name] = useState("Hường"); return html`<h1>${name}</h1><p>${opened.value}</p>`; }
render(html`<${Screen} />`, document.getElementById("here"));
const transact = transactions({ name: "visits", version: 1, stores: ["visit"] });
const times = await transact(["visit"], "readwrite", async ({ store }) => {
  const before = (await store.get("times")) ?? 0;
  await store.put(before + 1, "times");
  return before + 1;
});
opened.value = `opened ${times}`;
"""


@pytest.fixture
def address():
    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            name = self.path.split("?")[0]
            vendored = ROOT / name.lstrip("/")
            ours = {"/": PAGE, "/page.js": MODULE}.get(name, "")
            body = vendored.read_text(encoding="utf-8") if vendored.is_file() else ours
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8" if name == "/" else "text/javascript; charset=utf-8")
            self.send_header("Content-Security-Policy", CSP)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_said):
            pass

    site = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}/"
    site.shutdown()
    site.server_close()


@pytest.mark.browser
def test_vendored_modules_run_under_a_strict_csp_and_a_durable_write_outlives_sigkill(address, tmp_path):
    page = launch(tmp_path).pages[0]
    page.goto(address)
    expect(page.get_by_role("heading", name="Hường")).to_be_visible()
    expect(page.get_by_text("opened 1")).to_be_visible()
    kill(tmp_path)
    again = launch(tmp_path)
    again.pages[0].goto(address)
    expect(again.pages[0].get_by_text("opened 2")).to_be_visible()
    again.close()


@pytest.mark.browser
def test_axe_reads_a_page_under_a_strict_csp_and_names_what_is_wrong(address, tmp_path):
    context = launch(tmp_path)
    context.pages[0].goto(address)
    assert [line.split(":")[0] for line in axe(context.pages[0])] == ["critical image-alt"]
    assert axe(context.pages[0], without=("image-alt",)) == []
    context.close()


def test_playwrights_node_runs_tests():
    asked = "JSON.stringify([typeof crypto.subtle, 'ờ'.normalize('NFD').length])"
    said = subprocess.run([node_binary(), "-p", asked], capture_output=True)
    assert json.loads(said.stdout) == ["object", 3]


DRAWING = """async () => {
  const { html, useEffect, useMemo, useState } = await import("/static/phone/html.js");
  const { signal } = await import("/static/phone/signals.js");
  const { render } = await import("preact");
  const done = [], name = signal("Hường"), shown = signal(true), of = signal(1);
  const note = (what) => { done.push(what); };
  let press;
  function Person({ id }) {
    const [open, set] = useState(false);
    const reckoned = useMemo(() => { note(`reckoned ${id}`); return id * 2; }, [id]);
    useEffect(() => { note(`acted ${id}`); return () => note(`undone ${id}`); }, [id]);
    press = () => set((was) => !was);
    note(`person ${id} ${reckoned} ${open}`);
    return html`<p>${name.value}</p>`;
  }
  function House() {
    note("house");
    return shown.value && html`<b>${of.value}</b><${Person} id=${of.value < 3 ? 1 : 2} />`;
  }
  const drawn = async (change) => {
    done.length = 0;
    change();
    await new Promise((resolve) => setTimeout(resolve));
    return [...done];
  };
  return [
    await drawn(() => render(html`<${House} />`, document.getElementById("here"))),
    await drawn(() => { name.value = "Lan"; name.value = "Minh"; }), await drawn(() => { of.value = 2; }), await drawn(() => press()),
    await drawn(() => { of.value = 3; }), await drawn(() => { shown.value = false; }), await drawn(() => { name.value = "Tuấn"; }),
  ];
}"""


@pytest.mark.browser
def test_a_component_is_drawn_again_for_what_it_shows_and_undoes_what_it_did_when_it_leaves(address, tmp_path):
    page = launch(tmp_path).pages[0]
    page.goto(address)
    first, its_signals, same_properties, its_state, other_properties, gone, after = page.evaluate(DRAWING)
    assert first == ["house", "reckoned 1", "person 1 2 false", "acted 1"]
    assert its_signals == ["person 1 2 false"]
    assert same_properties == ["house"]
    assert its_state == ["person 1 2 true"]
    assert other_properties == ["house", "reckoned 2", "person 2 4 true", "undone 1", "acted 2"]
    assert gone == ["house", "undone 2"] and after == []
    page.context.close()
