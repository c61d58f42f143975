"""Serving the application on this machine: the port first, then the database in its newest shape, then waitress.

The port is taken before anything else is done: nobody should wait for a demo only to hear that the port is in use."""

import errno
import gc
import logging
import select
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from waitress.server import create_server

from fieldapp import create_app
from fieldapp.commands import Impossible
from fieldapp.config import Settings, from_environment
from fieldapp.store import areas, shape
from fieldapp.store.engine import open_engine, reading
from fieldapp.store.migrate import upgrade
from fieldapp.web import recounting
from fieldapp.web.office import founding
from fieldapp.web.printing import made_job
from fieldapp.web.roster import rostering

SQLITE = b"SQLite format 3\x00"
UNREACHABLE = ("OperationalError", "DatabaseError", "ArgumentError", "NoSuchModuleError")
# What a server without our limits would still take to disk; the application refuses far less, with words.
BODY_LIMITS = 8
# Phones keep their connection for a while: a hundred, waitress's own limit, let the hundred-and-first wait for two minutes. Each is a file,
# of which systems give a process 1,024; Windows can't poll, and its select takes 512.
CAN_POLL = hasattr(select, "poll")
MOST_CONNECTIONS = 900 if CAN_POLL else 400

MADE_AGAIN = "Đã tính lại số liệu theo bản mới: {done}/{communes} xã. · Figures were made again for the new version: {done}/{communes}."
EMPTY = (
    "Máy chủ mới, chưa có xã nào. Mở trang bên dưới để lập xã, với mã: {code}",
    "A new server without a commune. Open the page below to set one up, with this code: {code}",
    "(Chỉ xem thử với dữ liệu mẫu · Only to try it with sample data: python3 run.py demo)\n",
)


def serve(data: Path | None, port: int | None) -> int:
    """Serves until it is stopped. data: the folder, None: as the settings say; port likewise."""
    settings = settings_of(data)
    with listening(settings, port) as listener:
        engine = reached(settings)
        with reading(engine) as connection:
            empty = not areas.commune_ids(connection)
        if empty:
            _tell_the_way_in(settings)
        run(settings, engine, listener)
    return 0


def _tell_the_way_in(settings: Settings) -> None:
    with making(settings.data_folder):
        code = founding.new_code(settings.data_folder)
    print("\n".join(EMPTY).format(code=code))


def settings_of(data: Path | None) -> Settings:
    """The environment's settings; with a folder given, the SQLite database in it, whatever DATABASE_URL says."""
    settings = from_environment()
    return settings if data is None else replace(settings, data_folder=data, database_url="")


def opened(settings: Settings) -> Any:
    """The engine of the settings' database, with every figure as this version makes it: for whoever serves nobody meanwhile."""
    engine = reached(settings)
    with reading(engine) as connection:
        waiting = shape.unmade(connection)
    for done, commune_id in enumerate(waiting, start=1):
        recounting.work(engine, commune_id, pause_s=0)
        print(MADE_AGAIN.format(done=done, communes=len(waiting)), flush=True)
    return engine


def reached(settings: Settings) -> Any:
    """The engine of the settings' database, its tables as this version has them; the data folder is made when it is not there. What an older
    version made of the journal is made again beside the pages (web/recounting.py)."""
    with making(settings.data_folder):
        settings.data_folder.mkdir(parents=True, exist_ok=True)
    refuse_foreign_file(settings)
    with reaching():
        engine = open_engine(settings.database_address)
        upgrade(engine)
    return engine


@contextmanager
def reaching() -> Iterator[None]:
    """Says plainly why a database can't be reached."""
    try:
        yield
    except Exception as why:
        # Named, not imported: only the store knows the library whose errors these are.
        if type(why).__name__ not in UNREACHABLE:
            raise
        reason = str(getattr(why, "orig", None) or why).splitlines()[0]
        raise Impossible(
            f"Không mở được cơ sở dữ liệu (DATABASE_URL, docs/settings.md): {reason}", f"The database can't be opened: {reason}"
        ) from None


@contextmanager
def making(folder: Path) -> Iterator[None]:
    """Says plainly why a folder can't be written to."""
    try:
        yield
    except OSError as why:
        raise Impossible(
            f"Không dùng được thư mục {folder}: {why.strerror}. Vui lòng chọn thư mục khác: --data DIR",
            f"The folder {folder} can't be used: {why.strerror}. Choose another: --data DIR",
        ) from None


def database_file(settings: Settings) -> Path | None:
    """The file of the SQLite database in the data folder; None when the database is elsewhere."""
    return None if settings.database_url else Path(settings.database_address.removeprefix("sqlite:///"))


def refuse_foreign_file(settings: Settings) -> None:
    """Raises Impossible when what lies in the database's place is something else."""
    file = database_file(settings)
    if file is not None and file.exists() and file.stat().st_size and file.open("rb").read(len(SQLITE)) != SQLITE:
        raise Impossible(f"Tệp {file} không phải là cơ sở dữ liệu.", f"The file {file} is not a database.")


@contextmanager
def listening(settings: Settings, port: int | None) -> Iterator[socket.socket]:
    """The server's socket, bound; it listens once `run` is called. port: None: the settings'; 0: any free one."""
    wanted = settings.port if port is None else port
    with in_use(settings.host, wanted):
        family, kind, protocol, _, address = socket.getaddrinfo(settings.host, wanted, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        if sys.platform != "win32":  # there it would let two servers share one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    with listener:
        yield listener


@contextmanager
def in_use(host: str, port: int) -> Iterator[None]:
    """Says plainly why a port can't be listened at."""
    try:
        yield
    except socket.gaierror:
        raise Impossible(f"Không có địa chỉ {host} (FIELDAPP_HOST).", f"There is no address {host} (FIELDAPP_HOST).") from None
    except OSError as why:
        if why.errno == errno.EADDRINUSE:
            raise Impossible(
                f"Cổng {port} đang có chương trình khác dùng. Hãy tắt chương trình đó, hoặc chọn cổng khác: --port {port + 1}",
                f"Port {port} is in use by another program. Stop that one, or choose another port: --port {port + 1}",
            ) from None
        if why.errno in (errno.EACCES, errno.EADDRNOTAVAIL):
            raise Impossible(
                f"Không được dùng cổng {port} ở địa chỉ {host}: {why.strerror}. Hãy chọn cổng khác: --port 8000",
                f"Port {port} at {host} can't be used: {why.strerror}. Choose another port: --port 8000",
            ) from None
        raise


def address_of(listener: socket.socket) -> str:
    """Where a browser on this machine finds the server; by this name, as a service worker runs only there without HTTPS."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def spare_the_collector() -> None:
    """What was loaded stays for good, and a sync makes thousands of small things that go by themselves: walking through all of them again
    and again took an eighth of a batch's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def run(settings: Settings, engine: Any, listener: socket.socket) -> None:
    """Serves until Ctrl-C, and says when it listens."""
    serve_app(create_app(settings, engine), settings, listener)


def serve_app(app: Any, settings: Settings, listener: socket.socket) -> None:
    """As `run`, with an application that is there already."""
    engine = app.extensions["fieldapp"].engine
    # It tells of every request that waits a moment: at an evening's peak that is all of them, and nobody can help it.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with in_use(settings.host, listener.getsockname()[1]):
        server = create_server(
            app, sockets=[listener], threads=settings.threads, ident=None,
            connection_limit=MOST_CONNECTIONS, asyncore_use_poll=CAN_POLL,
            max_request_body_size=BODY_LIMITS * settings.body_limit_bytes,
            # Else waitress takes the headers away that ProxyFix reads.
            clear_untrusted_proxy_headers=not settings.proxies,
        )  # fmt: skip
    rostering.cut_off(engine)
    made_job.cut_off(app.extensions["fieldapp"], app.extensions["jobs"])
    app.extensions["jobs"].run_beside()
    spare_the_collector()
    print(f"Sẵn sàng · Ready: {address_of(listener)}  (Ctrl-C: dừng · stop)", flush=True)
    server.run()
