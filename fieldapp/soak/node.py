"""The process of Node in which the phones live, and its lines of JSON."""

import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

from fieldapp.web.files import content_of

ROOT = Path(__file__).parents[2]
PHONES = Path(__file__).with_name("phones.mjs")
# What the phone asks of its server: {url, headers, body}; comes back: {status, headers, body}, or None when nothing came.
Fetch = Callable[[dict[str, Any]], dict[str, Any] | None]


class Stopped(Exception):
    """Node ended, with what it said last."""


def node_binary() -> str:
    """Path of the Node inside playwright's wheel: nobody has to install one."""
    return str(compute_driver_executable()[0])


class Node:
    """The phones' process; `close` ends it. served: address → text of the modules that the server makes."""

    def __init__(self, fetch: Fetch, served: dict[str, str]) -> None:
        self.fetch = fetch
        self.folder = tempfile.TemporaryDirectory()
        self.said = (Path(self.folder.name) / "said").open("w+", encoding="utf-8")
        self._serve()
        command = [node_binary(), str(PHONES), str(ROOT), self.folder.name, json.dumps(self._files(served))]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.said, text=True, encoding="utf-8", bufsize=1
        )

    def ask(self, **what: Any) -> dict[str, Any]:
        """Let a phone do something; its requests go through `fetch` meanwhile. {result, shown, problems} comes back."""
        self._say(what)
        while True:
            line = self.process.stdout.readline()  # type: ignore[union-attr]
            if not line:
                self.said.seek(0)
                raise Stopped(self.said.read()[-4000:])
            heard = json.loads(line)
            if "done" in heard:
                return dict(heard["done"])
            self._say(self.fetch(heard["fetch"]))

    def close(self) -> None:
        self.process.stdin.close()  # type: ignore[union-attr]
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()  # type: ignore[union-attr]
        self.said.close()
        self.folder.cleanup()

    def _say(self, line: Any) -> None:
        self.process.stdin.write(json.dumps(line) + "\n")  # type: ignore[union-attr]
        self.process.stdin.flush()  # type: ignore[union-attr]

    def _serve(self) -> None:
        """The phone's modules and their libraries as the server serves them, under the same addresses."""
        for path in (each for room in ("phone", "vendor") for each in (ROOT / "static" / room).rglob("*") if each.is_file()):
            copy = Path(self.folder.name) / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content_of(path))

    def _files(self, served: dict[str, str]) -> dict[str, str]:
        paths = {address: Path(self.folder.name) / f"{number}.mjs" for number, address in enumerate(served)}
        for address, path in paths.items():
            path.write_text(served[address], encoding="utf-8")
        return {address: str(path) for address, path in paths.items()}
