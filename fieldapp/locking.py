"""Makes the two lock files from the two `.in` files: `python3 run.py lock`, or `lock --upgrade` for the newest versions.

A lock holds every version and every file's hash for Python 3.11 and later, on Linux, macOS and Windows at once, so that
every commune runs the very same code. It names no registry: where packages come from is the machine's own business.
The test lock is bounded by the runtime lock: what is tested is what is shipped.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (
    ("requirements.in", "requirements.txt", ()),
    ("requirements-test.in", "requirements-test.txt", ("-c", "requirements.txt")),
)
HOW_TO_GET_UV = "Cần uv để khoá phiên bản: chạy run.py test một lần là có.\nLocking needs uv: running run.py test once brings it."


def compile_command(uv: str, wanted: str, lock: str, bounds: tuple[str, ...], upgrade: bool) -> list[str]:
    """The uv command line that turns one `.in` file into its lock."""
    return [
        *(uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.11"),
        *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"),
        *(["--upgrade"] if upgrade else []),
        *bounds,
        *("--output-file", lock, wanted),
    ]


def lock(upgrade: bool = False, root: Path = ROOT) -> int:
    """Writes both lock files; the exit code. Without --upgrade, versions that still fit stay as they are."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is None:
        print(HOW_TO_GET_UV, file=sys.stderr)
        return 1
    for wanted, locked, bounds in LOCKS:
        made = subprocess.run(compile_command(uv, wanted, locked, bounds, upgrade), cwd=root)
        if made.returncode:
            return made.returncode
    return 0


if __name__ == "__main__":
    sys.exit(lock("--upgrade" in sys.argv[1:]))
