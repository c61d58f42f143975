"""Servers that start at once: a process that has loaded all there is to load makes a server of itself whenever it is told.

To load it takes longer than everything else that a start is, and tests and kills start servers by the hundred. Not on Windows,
which forks no process."""

import functools
import gc
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import psutil

CAN_FORK = hasattr(os, "fork")
PID_BYTES = 8
MOST_BYTES = 1 << 20
CODE = "from fieldapp.browsing.warm import serve_whoever_asks; serve_whoever_asks({})"


class Warm:
    """The process that becomes servers. It ends when nobody holds this any more."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.asking, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-c", CODE.format(theirs.fileno())]
            self.process = subprocess.Popen(command, env=environment, pass_fds=[theirs.fileno()])

    def start(self, environment: Mapping[str, str], arguments: Sequence[str]) -> tuple[psutil.Process, Any]:
        """A command line's process, and what it says on its terminal, to be read."""
        reading, writing = os.pipe()
        socket.send_fds(self.asking, [json.dumps([dict(environment), list(arguments)]).encode() + b"\n"], [writing])
        os.close(writing)
        pid = int.from_bytes(self.asking.recv(PID_BYTES, socket.MSG_WAITALL), "big")
        return psutil.Process(pid), open(reading, encoding="utf-8")  # whoever started it closes it


@functools.cache
def shared(root: str) -> Warm:
    """The one of this process. root: the folder of the product."""
    return Warm({**os.environ, "PYTHONPATH": root, "PYTHONUTF8": "1"})


def serve_whoever_asks(descriptor: int) -> None:
    """What the process does: a child for each asked command, until whoever asks is gone."""
    import fieldapp.serving
    import fieldapp.web.application  # noqa: F401  # all of it, before anybody waits

    gc.freeze()  # what is loaded no child looks through again
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with whoever asks, not before
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # its children leave nothing behind
    with socket.socket(fileno=descriptor) as asked:
        while True:
            text, files, _, _ = socket.recv_fds(asked, MOST_BYTES, 1)
            while text and not text.endswith(b"\n"):
                text += asked.recv(MOST_BYTES)
            if not text:
                return
            child = os.fork()
            if not child:
                asked.close()
                environment, arguments = json.loads(text)
                _become(environment, arguments, files[0])
            os.close(files[0])
            asked.sendall(child.to_bytes(PID_BYTES, "big"))


def _become(environment: dict[str, str], arguments: list[str], terminal: int) -> None:
    from fieldapp.cli import main

    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(environment)
        os.dup2(terminal, sys.stdout.fileno())
        os.close(terminal)
        code = main(arguments)
        sys.stdout.flush()
    finally:
        os._exit(code)
