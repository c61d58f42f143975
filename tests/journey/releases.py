"""A server whose files of the phone can change while it serves, and of which one can fail: how a new version of the app comes out."""

import shutil
from pathlib import Path
from urllib.request import urlopen

from fieldapp.browsing.site import ROOT
from fieldapp.web.phone.shell import version_in

CHANGED = "phone/phone.css"
# So many that a phone takes them all as one pack.
ALL_SCREENS = "phone/screens/*.js"
# Run first in the server's process: another folder of files, and a file "fault" beside it that says what becomes of CHANGED, or of
# the pack.
BEFORE = """
import time
from pathlib import Path
from flask import Response
from fieldapp.web import files
from fieldapp.web.phone import shell

FOLDER = Path({folder!r})
install, static_file, whole_pack = files.install, files.static_file, shell.pack

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

def pack(*arguments):
    if (FOLDER / "fault").exists() and (FOLDER / "fault").read_text() == "pack cut short":
        (FOLDER / "asked").touch()
        return whole_pack(*arguments)[:50_000]
    return whole_pack(*arguments)

files.static_file, shell.pack = served, pack
files.install = lambda app, static: install(app, FOLDER / "static")
"""


class Releases:
    """folder: where the served files are; the first version is this repository's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.published = 0
        shutil.copytree(ROOT / "static", folder / "static")
        self.before = BEFORE.format(folder=str(folder), changed=CHANGED)

    def publish(self, fault: str = "") -> None:
        """A new version; fault: what becomes of its changed file ("500", "other bytes", "slow") or, when much has changed, of the
        pack ("pack cut short"), until it is mended."""
        (self.folder / "asked").unlink(missing_ok=True)
        (self.folder / "fault").write_text(fault)
        self.change(CHANGED, "\n.newer {{ --release: {0} }}\n")
        if fault.startswith("pack"):
            self.change(ALL_SCREENS, "\nexport const newer = {0};\n")

    def change(self, files: str, text: str) -> None:
        """Something that no minifier takes away is added to these files; {0} is another number each time."""
        self.published += 1
        for path in (self.folder / "static").glob(files):
            with path.open("a") as file:
                file.write(text.format(self.published))

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
