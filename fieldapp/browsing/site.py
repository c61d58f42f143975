"""The server as a commune runs it: a process of its own, on a port, which can be stopped like a machine that loses its power.

Started again it stands at the same address over the same database, so that a phone finds it where it was."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from fieldapp.browsing import warm

ROOT = Path(__file__).resolve().parents[2]
READY = "Ready: "


class Site:
    """A server over this database. Not started yet. before: Python that its process runs first, to make it suffer."""

    def __init__(self, engine: Any, folder: Path, before: str = "") -> None:
        self.before = before
        self.process: psutil.Process | None = None
        self.terminal: Any = None
        self.address, self.port = "", 0
        self.told: list[str] = []  # what its terminal showed before it was ready
        self.environment = dict(
            os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1", FIELDAPP_DATA=str(folder),
            DATABASE_URL=engine.url.render_as_string(hide_password=False),
            FIELDAPP_ARGON2_ROUNDS="1", FIELDAPP_ARGON2_MEMORY_KIB="8",
        )  # fmt: skip

    def start(self) -> str:
        """Its address, once it listens: the same one each time."""
        self.process, self.terminal = self._started("serve", "--port", str(self.port))
        self.told = []
        for line in self.terminal:
            self.told.append(line)
            if READY in line:
                self.address = line.split(READY)[1].split()[0]
                self.port = int(self.address.rpartition(":")[2])
                return self.address
        raise AssertionError(f"the server ended: {self.process.wait()}")

    def _started(self, *arguments: str) -> tuple[psutil.Process, Any]:
        """Its process and its terminal. What has to suffer begins cold: its Python may have to run before all is loaded."""
        if warm.CAN_FORK and not self.before:
            return warm.shared(str(ROOT)).start(self.environment, arguments)
        process = psutil.Popen(
            self.command(*arguments), env=self.environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        return process, process.stdout

    def command(self, *arguments: str) -> list[str]:
        """The command line of `run.py` with these arguments, once the launcher has handed over."""
        code = f"{self.before}\nimport sys\nfrom fieldapp.cli import main\nsys.exit(main(sys.argv[1:]))"
        return [sys.executable, "-P", "-c", code, *arguments] if self.before else [sys.executable, "-P", "-m", "fieldapp.cli", *arguments]

    def stop(self) -> None:
        """Its power is cut."""
        if self.process is not None:
            with suppress(psutil.NoSuchProcess):
                self.process.kill()
            self.process.wait()
            self.terminal.close()
            self.process = None
