"""A server of a bench's own, as a commune's runs: a process, a port, and phones' calls to it over loopback."""

import gzip
import http.client
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldapp.demo.phone import Post

SERVER = """
import sys
from pathlib import Path
from fieldapp import serving
from fieldapp.config import Settings
from fieldapp.store.engine import open_engine
settings = Settings(data_folder=Path(sys.argv[1]), database_url=sys.argv[2], port=0)
with serving.listening(settings, 0) as listener:
    serving.run(settings, open_engine(settings.database_url), listener)
"""
# The least that serves: bytes that lie ready, by the same server and as many threads.
RAW = """
import select
import sys
from pathlib import Path
from waitress.server import create_server
body = Path(sys.argv[1]).read_bytes()
def app(request, start):
    request["wsgi.input"].read()
    start("200 OK", [("Content-Type", "application/json"), ("Content-Encoding", "gzip")])
    return [body]
server = create_server(app, host="127.0.0.1", port=0, threads=8, connection_limit=900, asyncore_use_poll=hasattr(select, "poll"))
print(f":{server.effective_port}", flush=True)
server.run()
"""


@contextmanager
def serving(folder: Path, url: str) -> Iterator[int]:
    """The port of the real server over this database while the block runs."""
    with _running(SERVER, str(folder), url) as port:
        yield port


@contextmanager
def serving_raw(body: Path) -> Iterator[int]:
    """The port of a server that answers everything with these bytes, which are gzip."""
    with _running(RAW, str(body)) as port:
        yield port


@contextmanager
def _running(code: str, *arguments: str) -> Iterator[int]:
    server = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield int(re.findall(r":([0-9]+)", server.stdout.readline())[0])
    finally:
        server.terminate()
        server.wait()


def posting(port: int) -> Post:
    """Calls over one connection that stays open."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def post(path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        connection.request("POST", path, body, {**headers, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        sent = answer.read()
        return answer.status, gzip.decompress(sent) if answer.headers.get("Content-Encoding") == "gzip" else sent

    return post
