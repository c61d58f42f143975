"""A server whose files of the phone can change while it serves, and of which one can fail: how a new version of the app comes out."""

import shutil
from pathlib import Path
from urllib.request import urlopen

from fieldapp.browsing.site import ROOT
from fieldapp.web.shell import version_in

CHANGED = "phone/phone.css"
# Run first in the server's process: another folder of files, and a file "fault" beside it that says what becomes of CHANGED.
BEFORE = """
import time
from pathlib import Path
from flask import Response
from fieldapp.web import files

FOLDER = Path({folder!r})
install, static_file = files.install, files.static_file

def served(filename):
    fault = (FOLDER / "fault").read_text() if (FOLDER / "fault").exists() else ""
    if filename == {changed!r} and fault:
        (FOLDER / "asked").touch()
        if fault == "500":
            return Response(status=500)
        if fault == "other bytes":
            return files.shared(b"body {{ color: red }}", "text/css")
        time.sleep(60)
    return static_file(filename)

files.static_file = served
files.install = lambda app, static: install(app, FOLDER / "static")
"""


class Releases:
    """folder: where the served files are; the first version is this repository's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "static", folder / "static")
        self.before = BEFORE.format(folder=str(folder), changed=CHANGED)

    def publish(self, fault: str = "") -> None:
        """A new version; fault: "500", "other bytes", "slow": what becomes of its changed file, until the next one is published."""
        (self.folder / "asked").unlink(missing_ok=True)
        (self.folder / "fault").write_text(fault)
        with (self.folder / "static" / CHANGED).open("a") as file:
            file.write("\n/* newer */\n")

    def mend(self) -> None:
        """The file that failed does not fail any more."""
        (self.folder / "fault").unlink()

    @property
    def is_asked_for(self) -> bool:
        """Whether a phone asked for the file that fails."""
        return (self.folder / "asked").exists()


def version_at(address: str) -> str:
    """The version that the server hands out now."""
    with urlopen(f"{address}/phone/sw.js") as answer:
        return version_in(answer.read())
