"""The launcher: from a bare machine with Python to a running command, with nothing but the standard library.

`python3 run.py [command …]` (Windows: `py run.py …`) makes `.venv` beside this file from the hash-locked requirements.txt and
hands over to `fieldapp.cli` in it. `python3 run.py test [pytest arguments]` adds test tools and a Chromium and runs every test.

`.venv` counts as made only when its stamp says so. The stamp is taken away before anything is installed and written after, so a
killed download is noticed the next time; with the stamp in order, nothing is written and no network is needed.
Keep the syntax parsable by Python 3.6: an old Python must get as far as saying that it is too old.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "made-from"
LOCKS = {"runtime": ROOT / "requirements.txt", "test": ROOT / "requirements-test.txt"}
NEEDS = (3, 11)

WORDS = {
    "old": (
        "Cần Python {needs} trở lên; đây là Python {version}. Tải ở python.org, hoặc trên Debian 12+: apt install python3",
        "Python {needs} or later is needed; this is {version}. Get it at python.org, or on Debian 12+: apt install python3",
    ),
    "venv": (
        "Python này thiếu venv/ensurepip. Trên Debian, Ubuntu: apt install python3-venv; rồi chạy lại.",
        "This Python lacks venv/ensurepip. On Debian, Ubuntu: apt install python3-venv; then run this again.",
    ),
    "network": (
        "Không tải được các gói. Lần chạy đầu cần có mạng; có mạng rồi, chạy lại lệnh này.",
        "The packages could not be downloaded. The first run needs a network; run this again when there is one.",
    ),
    "hashes": ("Gói tải về không đúng với tệp khoá nên đã bị từ chối.", "A downloaded package does not match the lock file and was refused."),
    "space": ("Ổ đĩa đã đầy.", "The disk is full."),
    "install": ("Cài đặt không thành công; lý do ở trên.", "The installation failed; the reason stands above."),
    "folder": (
        "Không ghi được vào thư mục {folder}: {reason}. Hãy chuyển sang thư mục được phép ghi.",
        "The folder {folder} can't be written to: {reason}. Move to one that can.",
    ),
    "making": (
        "Đang chuẩn bị (chỉ lần đầu hoặc sau khi cập nhật, khoảng một phút)…",
        "Preparing (only the first time or after an update, about a minute)…",
    ),
    "remaking": ("Thư mục .venv chưa hoàn chỉnh: làm lại từ đầu.", "The folder .venv is incomplete: making it again."),
    "chromium": (
        "Kiểm thử cần Chromium và không cài được. Hãy cài chromium, google-chrome hoặc msedge rồi chạy lại.",
        "The tests need a Chromium and none could be installed. Install chromium, google-chrome or msedge, then run this again.",
    ),
}
NETWORK_SIGNS = ("Retrying (", "NewConnectionError", "Failed to fetch", "error sending request", "dns error")
HASH_SIGNS = ("DO NOT MATCH THE HASHES", "Hash mismatch")
BROWSING = ("test", "gallery", "training-pictures", "kills", "bench")  # these need the test tools and a browser
TESTING = (*BROWSING, "soak")  # these the test tools only
CHROMIUMS = (
    *("chromium", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def main(arguments, version=sys.version_info, windows=os.name == "nt"):
    """Hands over to the asked command in `.venv`; comes back (with its exit code) only on Windows."""
    if tuple(version[:2]) < NEEDS:
        stop("old", needs=".".join(map(str, NEEDS)), version=".".join(map(str, version[:3])))
    command = "".join(arguments[:1])
    make_ready("test" if command in TESTING else "runtime")
    if command in BROWSING:
        make_sure_of_chromium()
    if command != "test":
        return hand_over([str(python()), "-P", "-m", "fieldapp.cli", *arguments], environment_for(command), windows)
    os.chdir(str(ROOT))
    return hand_over([str(python()), "-m", "pytest", *arguments[1:]], environment_for(command), windows)


def environment_for(command):
    # Found from any folder, without the caller's folder shadowing our modules (-P); UTF-8 whatever Windows thinks.
    environment = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1")
    # Tests start hundreds of Pythons, each of which would compile everything anew: where nothing may lie beside the sources, in here.
    if command == "test" and environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        environment["PYTHONPYCACHEPREFIX"] = str(VENV / "bytecode")
    return environment


def hand_over(command, environment, windows):
    """Becomes the command; on Windows, which can't, waits for it and gives its exit code."""
    if not windows:
        sys.stdout.flush()
        os.execve(command[0], command, environment)
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C reaches the child as well: it decides how to end, we only pass its answer on
    return subprocess.call(command, env=environment)


def make_ready(kind):
    """Makes `.venv` hold the kind of lock ("runtime" or "test"), if the stamp does not say that it does."""
    try:
        if is_ready(kind):
            return
        with alone():
            if not is_ready(kind):  # somebody else may have made it meanwhile
                make(kind)
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            stop("space")
        if problem.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        stop("folder", folder=ROOT, reason=problem.strerror)


def is_ready(kind):
    stamp = read_stamp()
    return stamp.get("python") == base_python() and stamp.get(kind) == hash_of(LOCKS[kind])


def make(kind):
    say("making")
    stamp = read_stamp()
    if "python" in stamp and stamp["python"] == base_python():
        STAMP.unlink()
    else:  # never finished, or the system's Python was replaced under it
        if VENV.exists():
            say("remaking")
            shutil.rmtree(str(VENV))
        create()
    install(LOCKS[kind])
    # The test lock contains the runtime lock.
    made = {"python": base_python(), **{lock: hash_of(LOCKS[lock]) for lock in ("runtime", kind)}}
    STAMP.write_text("".join(f"{name} {value}\n" for name, value in made.items()), encoding="utf-8")


def create():
    uv = shutil.which("uv")
    if uv:
        return call([uv, "venv", "--quiet", "--no-project", "--python", sys.executable, str(VENV)])
    try:
        import ensurepip  # noqa: F401  # Debian ships Python without it
        import venv  # noqa: F401
    except ImportError:
        stop("venv")
    return call([sys.executable, "-m", "venv", str(VENV)])


def install(lock):
    uv = shutil.which("uv")
    with_uv = [uv, "pip", "install", "--quiet", "--python", str(python())]
    with_pip = [str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    call([*(with_uv if uv else with_pip), "--require-hashes", "-r", str(lock)])


def call(command):
    """Runs one step quietly; when it fails, shows what it said, then says it in plain words and stops."""
    # From the root: a lock may name a wheel beside it. Our own PYTHONPATH must not leak into an installer.
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(command, cwd=str(ROOT), env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        said = done.stdout.decode("utf-8", "replace")
        sys.stderr.write(said[-4000:] + "\n")
        stop(reason_of(said))


def reason_of(said):
    """Which of WORDS an installer's output amounts to."""
    if any(sign in said for sign in HASH_SIGNS):
        return "hashes"
    if "No space left" in said:
        return "space"
    return "network" if any(sign in said for sign in NETWORK_SIGNS) else "install"


def python():
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def base_python():
    """The interpreter that `.venv` really runs, None when it has none (any more)."""
    return os.path.realpath(str(python())) if python().exists() else None


def hash_of(lock):
    # Line ends aside: git on Windows may rewrite them.
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def read_stamp():
    """What `.venv` was made from: {"python": path, "runtime": hash, "test": hash}, as far as it was finished."""
    if not STAMP.exists():
        return {}
    return dict(line.split(" ", 1) for line in STAMP.read_text(encoding="utf-8").splitlines() if " " in line)


@contextlib.contextmanager
def alone():
    """One maker at a time; the operating system's lock, which a killed process can't leave behind."""
    with open(str(ROOT / ".venv.lock"), "w") as held:
        if os.name == "nt":
            import msvcrt

            while True:  # gives up after ten seconds each time
                with contextlib.suppress(OSError):
                    msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)
                    break
                time.sleep(0.1)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def chromium():
    """Path of the Chromium, Chrome or Edge that the tests may drive, None when this system has none."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def make_sure_of_chromium():
    if chromium():
        return
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") and is_debian():
        unasked = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.run("apt-get update && apt-get install -y chromium", shell=True, env=unasked, stdout=sys.stderr)
        if chromium():
            return
    if subprocess.run([str(python()), "-m", "playwright", "install", "chromium"], stdout=sys.stderr).returncode:
        stop("chromium")


def is_debian(release=Path("/etc/os-release")):
    # Ubuntu's chromium package is a snap, which can't read profiles in temporary folders.
    return release.exists() and "ID=debian" in release.read_text(encoding="utf-8").splitlines()


def say(code, **values):
    print("\n".join(WORDS[code]).format(**values), file=sys.stderr, flush=True)


def stop(code, **values):
    say(code, **values)
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
